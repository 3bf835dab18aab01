//! Tags and text of HTML, read leniently in one pass over the bytes: whatever stands there, the cost is linear and
//! nothing fails. Only what the readable text and the structured data of a page need is told apart.

use std::borrow::Cow;

use html_escape::NAMED_ENTITIES;

/// One piece of HTML.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    /// The start of an element.
    Open(Tag<'a>),
    /// The end of an element, its name in lower case.
    Close(Cow<'a, str>),
    /// Text between tags, entities not decoded yet.
    Text(&'a str),
    /// What stands in a `script` or `style`, as it is.
    Raw(&'a str),
}

/// The start of an element.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tag<'a> {
    /// In lower case.
    pub(crate) name: Cow<'a, str>,
    /// Everything between the name and `>`.
    attributes: &'a str,
}

/// The tokens of a text.
pub(crate) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose text runs to its end tag, tags inside it being text.
    raw_element: Option<Cow<'a, str>>,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(html: &'a str) -> Self {
        Self { rest: html, raw_element: None }
    }

    /// The text of the element that was just opened, up to its end tag.
    fn raw(&mut self, element: &str) -> Token<'a> {
        let end = find_end_tag(self.rest, element).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        match element {
            "title" | "textarea" => Token::Text(text),
            _ => Token::Raw(text),
        }
    }

    /// What follows a `<`: a tag, or `None` for what is skipped (comments, declarations).
    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = self.rest;
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(comment.len(), |end| end + 3);
            self.rest = &comment[end..];
            return None;
        }
        let inner = &rest[1..];
        let end = tag_end(inner);
        let body = &inner[..end];
        self.rest = inner.get(end + 1..).unwrap_or("");
        if let Some(name) = body.strip_prefix('/') {
            return Some(Token::Close(lower(tag_name(name))));
        }
        if body.starts_with(['!', '?']) {
            return None;
        }
        let name = tag_name(body);
        let tag = Tag { name: lower(name), attributes: &body[name.len()..] };
        if matches!(
            &*tag.name,
            "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes"
        ) && !tag.attributes.ends_with('/')
        {
            self.raw_element = Some(tag.name.clone());
        }
        Some(Token::Open(tag))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(element) = self.raw_element.take() {
            return Some(self.raw(&element));
        }
        while !self.rest.is_empty() {
            match markup_start(self.rest) {
                Some(0) => {
                    if let Some(token) = self.markup() {
                        return Some(token);
                    }
                }
                start => {
                    let (text, rest) = self.rest.split_at(start.unwrap_or(self.rest.len()));
                    self.rest = rest;
                    return Some(Token::Text(text));
                }
            }
        }
        None
    }
}

impl<'a> Tag<'a> {
    /// The value of an attribute, entities decoded; an attribute without a value is empty.
    pub(crate) fn attribute(&self, wanted: &str) -> Option<Cow<'a, str>> {
        self.attributes().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| decode(value))
    }

    /// Names and values, entities not decoded.
    fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let after_space = after.trim_start();
            let Some(value) = after_space.strip_prefix('=') else {
                rest = after;
                return (!name.is_empty()).then_some((name, ""));
            };
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            rest = after;
            Some((name, value))
        })
    }
}

/// Text with its entities decoded. Numbers that name a control character of Latin-1 are read as Windows-1252, as
/// browsers do.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = &rest[start..];
        let entity = entity_name(rest).and_then(|name| Some((name.len() + 2, resolve(name)?)));
        match entity {
            Some((length, value)) => {
                decoded.push_str(&value);
                rest = &rest[length..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The name between `&` and `;`, if there is one.
fn entity_name(text: &str) -> Option<&str> {
    const MAX_NAME: usize = 40;
    let end = text.bytes().take(MAX_NAME).position(|byte| byte == b';')?;
    let name = &text[1..end];
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#').then_some(name)
}

fn resolve(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        let place = NAMED_ENTITIES.binary_search_by_key(&name.as_bytes(), |(known, _)| known).ok()?;
        return Some(Cow::Borrowed(NAMED_ENTITIES[place].1));
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) {
        return Some(Cow::Owned(
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned(),
        ));
    }
    char::from_u32(code).filter(|c| *c != '\0').map(|c| Cow::Owned(c.to_string()))
}

/// Where the next `<` that starts a tag, a comment or a declaration stands.
fn markup_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(place) = text[from..].find('<') {
        let start = from + place;
        match bytes.get(start + 1) {
            Some(b'!' | b'?' | b'/') => return Some(start),
            Some(byte) if byte.is_ascii_alphabetic() => return Some(start),
            _ => from = start + 1,
        }
    }
    None
}

/// Where the `>` that ends a tag stands, those in quoted values left aside; the end of the text where there is none.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    let mut follows_equals = false;
    for (place, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return place,
            (None, b'"' | b'\'') if follows_equals => quote = Some(byte),
            (None, _) => {}
        }
        follows_equals = byte == b'=' || follows_equals && byte.is_ascii_whitespace();
    }
    text.len()
}

/// Where the end tag of an element starts, looking from the left.
fn find_end_tag(text: &str, element: &str) -> Option<usize> {
    text.match_indices("</").map(|(place, _)| place).find(|place| {
        let after = &text.as_bytes()[place + 2..];
        after.get(..element.len()).is_some_and(|name| name.eq_ignore_ascii_case(element.as_bytes()))
            && after.get(element.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric())
    })
}

fn tag_name(text: &str) -> &str {
    let end =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':'))).unwrap_or(text.len());
    &text[..end]
}

fn lower(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Borrowed(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        Tokens::new(html)
            .map(|token| match token {
                Token::Open(tag) => format!("<{}", tag.name),
                Token::Close(name) => format!("/{name}"),
                Token::Text(text) => format!("text {text}"),
                Token::Raw(text) => format!("raw {text}"),
            })
            .collect()
    }

    #[test]
    fn reads_tags_text_and_scripts() {
        let html = "<P class='a>b'>1 < 2<!-- <b> --><br/></p><script>if (a<b) {}</SCRIPT>end";
        let expected = ["<p", "text 1 < 2", "<br", "/p", "<script", "raw if (a<b) {}", "/script", "text end"];
        assert_eq!(shown(html), expected);
    }

    #[test]
    fn ends_what_is_cut_off() {
        assert_eq!(shown("a<b class=\"x"), ["text a", "<b"]);
        assert_eq!(shown("a<!-- b"), ["text a"]);
        assert_eq!(shown("<script>x"), ["<script", "raw x"]);
        assert_eq!(shown("a <"), ["text a <"]);
    }

    #[test]
    fn reads_attributes_in_any_quotes() {
        let html = r#"<a href = 'x?a=1&amp;b' data-x=7 hidden title="a 'b' >">"#;
        let Some(Token::Open(tag)) = Tokens::new(html).next() else { panic!("no tag") };
        assert_eq!(tag.attribute("HREF").as_deref(), Some("x?a=1&b"));
        assert_eq!(tag.attribute("data-x").as_deref(), Some("7"));
        assert_eq!(tag.attribute("hidden").as_deref(), Some(""));
        assert_eq!(tag.attribute("title").as_deref(), Some("a 'b' >"));
        assert_eq!(tag.attribute("id"), None);
    }

    #[test]
    fn decodes_entities_by_name_and_number() {
        assert!(NAMED_ENTITIES.is_sorted());
        assert_eq!(decode("&Omega;&ohm;&OElig;&Scaron;&scaron;&alpha;&omega;&Prime;&frac12;"), "ΩΩŒŠšαω″½");
        assert_eq!(
            decode("&bull; 5&mdash;7 &#8217;&#x2019;&#146; &amp;amp; AT&T &nope; &"),
            "• 5—7 ’’’ &amp; AT&T &nope; &"
        );
    }
}
