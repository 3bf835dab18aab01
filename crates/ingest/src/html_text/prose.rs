//! Lines of prose, gathered from the blocks of a page or field.

use super::table::Table;

/// One line of plain text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) kind: LineKind,
    pub(crate) text: String,
}

/// What a line was in the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// The first line of a block of text.
    #[default]
    Paragraph,
    /// A line after a line break inside a block.
    Continuation,
    /// A heading and its level.
    Heading(u8),
    /// One entry of a list.
    Item,
    /// One row of a table.
    Row,
    /// A name with its value: a row of a table of facts, or a term with its short definition.
    Fact,
    /// A term whose definition follows.
    Term,
    /// What a term means.
    Definition,
}

/// Marks that authors put before entries of a list that is none in HTML.
const BULLETS: [char; 16] = ['•', '·', '‣', '▪', '●', '◦', '■', '□', '✓', '✔', '➤', '►', '▸', '⁃', '∙', '◆'];

/// Gathers text into lines: runs of white space become one space, blank lines vanish.
#[derive(Default)]
pub(crate) struct Prose {
    lines: Vec<Line>,
    text: String,
    kind: LineKind,
    /// Whether white space stood after the last word.
    has_space: bool,
    /// The tables that are open, the innermost last.
    pub(super) tables: Vec<Table>,
}

/// Whether a sign makes what follows run the other way (Unicode 15, table 23-3): text that a reader sees is the text that is there.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Prose {
    /// Adds running text, entities decoded.
    pub(crate) fn text(&mut self, text: &str) {
        let is_gap = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\0');
        self.has_space |= text.starts_with(is_gap);
        for (place, word) in text.split(is_gap).filter(|word| !word.is_empty()).enumerate() {
            if (self.has_space || place > 0) && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.extend(word.chars().filter(|c| !turns_direction(*c)));
            self.has_space = false;
        }
        self.has_space |= text.ends_with(is_gap);
    }

    /// Ends the line and starts one of this kind.
    pub(crate) fn start(&mut self, kind: LineKind) {
        self.end_line();
        self.kind = kind;
    }

    /// Ends the line within a block.
    pub(crate) fn break_line(&mut self) {
        if matches!(self.kind, LineKind::Heading(_)) {
            self.has_space = true;
        } else if !self.text.is_empty() {
            self.end_line();
            self.kind = LineKind::Continuation;
        }
    }

    /// Ends the line; the next one is a paragraph. A line that nothing stands on yet keeps its kind, so that the
    /// paragraph inside a list item is the item.
    pub(crate) fn end_line(&mut self) {
        self.has_space = false;
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let kind = std::mem::take(&mut self.kind);
        for (kind, text) in split_bullets(kind, text) {
            self.push(Line { kind, text });
        }
    }

    /// Whether the line that is being read is a heading.
    pub(crate) fn is_in_heading(&self) -> bool {
        matches!(self.kind, LineKind::Heading(_))
    }

    /// All lines; open tables are closed.
    pub(crate) fn finish(mut self) -> Vec<Line> {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.end_line();
        self.lines
    }

    /// Puts a line where text goes now: into the open cell of the innermost table, else onto the page.
    pub(super) fn push(&mut self, line: Line) {
        let lines = match self.tables.last_mut().and_then(Table::open_cell) {
            Some(cell) => &mut cell.lines,
            None => &mut self.lines,
        };
        define(lines, line);
    }
}

impl Line {
    /// The line as it stands in a document: headings behind `# `, list items behind `- `.
    pub(crate) fn marked(&self) -> String {
        match self.kind {
            LineKind::Heading(_) => format!("# {}", self.text),
            _ => self.shown(),
        }
    }

    /// The line as it stands in a description: list items behind `- `.
    pub(crate) fn shown(&self) -> String {
        match self.kind {
            LineKind::Item => format!("- {}", self.text),
            _ => self.text.clone(),
        }
    }
}

/// Joins a term with a short definition to one line; else the term heads what follows it.
fn define(lines: &mut Vec<Line>, line: Line) {
    const MAX_TERM: usize = 40;
    const MAX_DEFINITION: usize = 120;
    if let Some(term) = lines.last_mut().filter(|last| last.kind == LineKind::Term) {
        let is_short = term.text.len() <= MAX_TERM && line.text.len() <= MAX_DEFINITION;
        if line.kind == LineKind::Definition && is_short && !term.text.ends_with('?') {
            term.kind = LineKind::Fact;
            term.text = format!("{}: {}", term.text.trim_end_matches([':', ' ']), line.text);
            return;
        }
        term.kind = LineKind::Heading(6);
    }
    lines.push(line);
}

/// A line that starts with a bullet is a list item, or several where the same bullet follows.
fn split_bullets(kind: LineKind, text: String) -> Vec<(LineKind, String)> {
    let dashed = text.strip_prefix("- ").or_else(|| text.strip_prefix("– ")).map(str::trim);
    if let Some(item) = dashed {
        return vec![(LineKind::Item, item.to_owned())];
    }
    match text.chars().next().filter(|first| BULLETS.contains(first)) {
        Some(bullet) => text
            .split(bullet)
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| (LineKind::Item, item.to_owned()))
            .collect(),
        None => vec![(kind, text)],
    }
}
