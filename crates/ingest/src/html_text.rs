//! Plain text out of HTML: for fields that carry a little of it and, line by line, for whole pages.

use std::borrow::Cow;

use crate::html_token::{Tag, Token, Tokens, decode};

mod fact;
mod prose;
mod table;

use fact::listed_facts;
pub(crate) use fact::{Fact, facts, state};
pub(crate) use prose::{Line, LineKind, Prose};

/// The text of a field that may hold tags and entities: paragraphs and list items on lines of their own, list items
/// behind `- `, the rows of a table as `Column: cell; Column: cell`. Line breaks count only where there are no tags.
pub(crate) fn plain(text: &str) -> String {
    let text = text.trim();
    match is_plain(text) {
        true => text.to_owned(),
        false => joined(&lines(text)),
    }
}

/// The text with the facts of its tables, definition lists and lists of names and values.
pub(crate) fn plain_with_facts(text: &str) -> (String, Vec<Fact>) {
    let text = text.trim();
    if is_plain(text) {
        let line = Line { kind: LineKind::Paragraph, text: text.to_owned() };
        let facts = listed_facts(std::slice::from_ref(&line));
        return (line.text, facts);
    }
    let lines = lines(text);
    let facts = facts(&lines).into_iter().chain(listed_facts(&lines)).collect();
    (joined(&lines), facts)
}

fn joined(lines: &[Line]) -> String {
    lines.iter().map(Line::shown).collect::<Vec<_>>().join("\n")
}

fn lines(text: &str) -> Vec<Line> {
    if !has_markup(text) {
        return plain_lines(text);
    }
    let text = without_placeholders(text);
    let mut prose = Prose::default();
    let mut skipped: Option<Cow<'_, str>> = None;
    for token in Tokens::new(&text) {
        match token {
            Token::Open(tag) if skipped.is_none() => {
                if is_unreadable(&tag.name) || is_role(&tag.name) {
                    skipped = Some(tag.name);
                } else {
                    prose.open(&tag);
                }
            }
            Token::Close(name) => match &skipped {
                Some(open) if *open == name => skipped = None,
                Some(_) => {}
                None => prose.close(&name),
            },
            Token::Text(text) if skipped.is_none() => prose.text(&decode(text)),
            Token::Open(_) | Token::Text(_) | Token::Raw(_) => {}
        }
    }
    prose.finish()
}

/// Whether the text is one line of words as it should be, which most fields are.
fn is_plain(text: &str) -> bool {
    let is_word_like = |byte: u8| byte > b' ' && !matches!(byte, b'<' | b'&' | b'{' | 0x7f..);
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(place, byte)| match byte {
        b' ' => bytes[place - 1] != b' ',
        _ => is_word_like(*byte),
    }) && !text.starts_with("- ")
}

/// Whether there is a tag in it.
fn has_markup(text: &str) -> bool {
    Tokens::new(text).any(|token| !matches!(token, Token::Text(_)))
}

/// Text without tags keeps its lines.
fn plain_lines(text: &str) -> Vec<Line> {
    let decoded = decode(text);
    let mut prose = Prose::default();
    for line in decoded.lines() {
        prose.text(line);
        prose.end_line();
    }
    prose.finish()
}

/// Elements whose content nobody reads.
pub(crate) fn is_unreadable(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "head"
            | "template"
            | "svg"
            | "math"
            | "object"
            | "iframe"
            | "noembed"
            | "noframes"
            | "video"
            | "audio"
            | "canvas"
            | "select"
            | "textarea"
            | "button"
            | "datalist"
            | "map"
    )
}

/// Elements of no document that name who speaks to a language model: a text that holds one was written for a model.
fn is_role(name: &str) -> bool {
    matches!(name, "system" | "assistant" | "user" | "developer" | "tool" | "instructions" | "prompt")
}

/// The text without what a shop's template engine would have filled in, such as `{{store url="contact"}}` or
/// `{% if x %}`. It is taken out before tags are read because it carries quotes of its own.
pub(crate) fn without_placeholders(text: &str) -> Cow<'_, str> {
    const MARKS: [(&str, &str); 2] = [("{{", "}}"), ("{%", "%}")];
    const MAX_PLACEHOLDER_BYTES: usize = 4096;
    let mut text = Cow::Borrowed(text);
    for (open, close) in MARKS {
        if !text.contains(open) {
            continue;
        }
        let mut kept = String::with_capacity(text.len());
        let mut rest: &str = &text;
        while let Some(start) = rest.find(open) {
            let inner = &rest[start + open.len()..];
            let window = &inner[..inner.floor_char_boundary(MAX_PLACEHOLDER_BYTES)];
            kept.push_str(&rest[..start]);
            rest = match window.find(close) {
                Some(end) => &inner[end + close.len()..],
                None => {
                    kept.push_str(open);
                    inner
                }
            };
        }
        kept.push_str(rest);
        text = Cow::Owned(kept);
    }
    text
}

impl Prose {
    /// Takes in the start of an element.
    pub(crate) fn open(&mut self, tag: &Tag<'_>) {
        match &*tag.name {
            "br" | "hr" => self.break_line(),
            "li" => self.start(LineKind::Item),
            "dt" => self.start(LineKind::Term),
            "dd" => self.start(LineKind::Definition),
            "summary" => self.start(LineKind::Heading(6)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.start(LineKind::Heading(tag.name.as_bytes()[1] - b'0'));
            }
            "table" => self.open_table(),
            "tr" => self.open_row(),
            "td" => self.open_cell(tag, table::CellKind::Data),
            "th" => self.open_cell(tag, table::CellKind::Header),
            "thead" => self.open_head(),
            name if is_block(name) => self.end_line(),
            _ => {}
        }
    }

    /// Takes in the end of an element.
    pub(crate) fn close(&mut self, name: &str) {
        match name {
            "table" => self.close_table(),
            "td" | "th" => self.close_cell(),
            "tr" | "thead" => self.close_row(),
            _ if is_block(name) => self.end_line(),
            _ => {}
        }
    }
}

/// Elements that start on a line of their own.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "aside"
            | "header"
            | "footer"
            | "nav"
            | "ul"
            | "ol"
            | "dl"
            | "li"
            | "dt"
            | "dd"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
            | "form"
            | "fieldset"
            | "address"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "caption"
            | "center"
            | "body"
            | "hgroup"
            | "legend"
    )
}

#[cfg(test)]
mod tests;
