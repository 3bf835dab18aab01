//! Tables as lines: `Column: cell; Column: cell` for each row.

use super::{Line, LineKind, Prose};
use crate::html_token::Tag;

/// Tables inside tables that are told apart; deeper ones flow into the cell around them.
const MAX_DEPTH: usize = 8;
/// Cells of one row that are kept.
const MAX_COLUMNS: usize = 256;
/// Rows that one cell may reach over.
const MAX_ROW_SPAN: usize = 1_000;

/// A table that is being read.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<Vec<Cell>>,
    /// Cells of the rows above that reach into this row.
    hanging: Vec<Hanging>,
    /// Those that reach into the next row.
    hanging_next: Vec<Hanging>,
    is_cell_open: bool,
    is_in_head: bool,
    has_head: bool,
    /// Whether it held a table itself, which only tables made for layout do.
    is_layout: bool,
}

/// One cell.
#[derive(Clone, Default)]
pub(crate) struct Cell {
    pub(super) lines: Vec<Line>,
    kind: CellKind,
    columns: usize,
    rows: usize,
}

/// A cell of a row above.
struct Hanging {
    column: usize,
    /// Rows that it still reaches into, this one included.
    rows: usize,
    cell: Cell,
}

/// What a cell is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum CellKind {
    /// Names a row or a column.
    Header,
    /// Anything else.
    #[default]
    Data,
}

impl Prose {
    pub(super) fn open_table(&mut self) {
        self.end_line();
        if self.tables.len() < MAX_DEPTH {
            self.tables.push(Table::default());
        }
    }

    pub(super) fn open_head(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.is_in_head = true;
        }
    }

    pub(super) fn open_row(&mut self) {
        self.close_row();
        if let Some(table) = self.tables.last_mut() {
            table.start_row();
        }
    }

    pub(super) fn open_cell(&mut self, tag: &Tag<'_>, kind: CellKind) {
        self.close_cell();
        let span =
            |name, cap| tag.attribute(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1).clamp(1, cap);
        if let Some(table) = self.tables.last_mut() {
            if table.rows.is_empty() {
                table.start_row();
            }
            table.fill_hanging();
            if let Some(row) = table.rows.last_mut()
                && row.len() < MAX_COLUMNS
            {
                let (columns, rows) = (span("colspan", MAX_COLUMNS), span("rowspan", MAX_ROW_SPAN));
                row.push(Cell { lines: Vec::new(), kind, columns, rows });
                table.is_cell_open = true;
            }
        }
    }

    pub(super) fn close_cell(&mut self) {
        self.end_line();
        if let Some(table) = self.tables.last_mut() {
            table.end_cell();
        }
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        if let Some(table) = self.tables.last_mut() {
            table.fill_hanging();
            if table.is_in_head {
                table.has_head = true;
                table.is_in_head = false;
            }
        }
    }

    pub(super) fn close_table(&mut self) {
        self.close_cell();
        let Some(table) = self.tables.pop() else { return };
        if let Some(outer) = self.tables.last_mut() {
            outer.is_layout = true;
        }
        for line in table.into_lines() {
            self.push(line);
        }
    }
}

impl Table {
    pub(super) fn open_cell(&mut self) -> Option<&mut Cell> {
        match self.is_cell_open {
            true => self.rows.last_mut().and_then(|row| row.last_mut()),
            false => None,
        }
    }

    fn start_row(&mut self) {
        if self.rows.last().is_none_or(|row| !row.is_empty()) {
            self.rows.push(Vec::new());
            self.hanging = std::mem::take(&mut self.hanging_next);
        }
    }

    /// Puts the cells that hang down from the rows above into the places where they belong.
    fn fill_hanging(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        while let Some(place) = self.hanging.iter().position(|hanging| hanging.column == row.len()) {
            let Hanging { column, rows, cell } = self.hanging.swap_remove(place);
            row.push(cell.clone());
            if rows > 1 {
                self.hanging_next.push(Hanging { column, rows: rows - 1, cell });
            }
        }
    }

    /// Repeats the cell over the columns that it spans, and remembers it for the rows that it spans.
    fn end_cell(&mut self) {
        if !std::mem::take(&mut self.is_cell_open) {
            return;
        }
        let Some(row) = self.rows.last_mut() else { return };
        let Some(cell) = row.last().cloned() else { return };
        let first = row.len() - 1;
        let last = (first + cell.columns).min(MAX_COLUMNS);
        row.extend(std::iter::repeat_n(cell.clone(), last - row.len()));
        if cell.rows > 1 {
            let hang = |column| Hanging { column, rows: cell.rows - 1, cell: cell.clone() };
            self.hanging_next.extend((first..last).map(hang));
        }
    }

    fn into_lines(mut self) -> Vec<Line> {
        self.rows.retain(|row| row.iter().any(|cell| !cell.lines.is_empty()));
        if self.is_layout || self.flows() {
            return self.rows.into_iter().flatten().flat_map(|cell| cell.lines).collect();
        }
        let header = self.header();
        let body = if header.is_empty() { 0 } else { 1 };
        let header = if names_facts(&header) { Vec::new() } else { header };
        self.rows.iter().skip(body).map(|row| row_line(row, &header)).collect()
    }

    /// Whether the cells hold headings, or more lines than cells of a table of facts do.
    fn flows(&self) -> bool {
        const MAX_CELL_LINES: usize = 6;
        let cells = || self.rows.iter().flatten();
        let has_heading =
            |cell: &Cell| cell.lines.iter().any(|line| matches!(line.kind, LineKind::Heading(_)));
        cells().any(has_heading) || cells().any(|cell| cell.lines.len() > MAX_CELL_LINES)
    }

    /// The names of the columns: the first row, where it stands in the head or has only header cells.
    fn header(&self) -> Vec<String> {
        let Some(first) = self.rows.first().filter(|row| self.rows.len() > 1 && row.len() > 1) else {
            return Vec::new();
        };
        let is_header = self.has_head || first.iter().all(|cell| cell.kind == CellKind::Header);
        match is_header {
            true => first.iter().map(|cell| label(&cell.text())).collect(),
            false => Vec::new(),
        }
    }
}

impl Cell {
    fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The text of a header cell without marks of footnotes and a colon of its own.
fn label(text: &str) -> String {
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '†' | '‡' | ':' | '¹' | '²' | '³'))
        .to_owned()
}

/// Whether the header of two columns only says that a name and its value stand below it.
fn names_facts(header: &[String]) -> bool {
    const VALUES: [&str; 9] =
        ["value", "values", "details", "detail", "specification", "wert", "valeur", "valor", "valore"];
    matches!(header, [_, second] if VALUES.contains(&second.to_lowercase().as_str()))
}

fn row_line(row: &[Cell], header: &[String]) -> Line {
    let texts: Vec<String> = row.iter().map(Cell::text).collect();
    let filled = texts.iter().enumerate().filter(|(_, text)| !text.is_empty());
    if row.first().is_some_and(|cell| cell.columns >= row.len()) {
        return Line { kind: LineKind::Paragraph, text: texts[0].clone() };
    }
    if let ([], [name, value]) = (header, texts.as_slice())
        && !name.is_empty()
        && !value.is_empty()
    {
        return Line { kind: LineKind::Fact, text: format!("{}: {value}", label(name)) };
    }
    let text = match (header, texts.as_slice()) {
        ([], [name, value]) => format!("{}: {value}", label(name)),
        ([], [name, values @ ..]) if row[0].kind == CellKind::Header => {
            let values: Vec<&str> =
                values.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            format!("{}: {}", label(name), values.join("; "))
        }
        ([], _) => filled.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("; "),
        _ => filled
            .map(|(column, text)| match header.get(column).filter(|name| !name.is_empty()) {
                Some(name) => format!("{name}: {text}"),
                None => text.clone(),
            })
            .collect::<Vec<_>>()
            .join("; "),
    };
    Line { kind: LineKind::Row, text }
}
