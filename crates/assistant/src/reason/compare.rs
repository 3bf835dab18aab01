//! Products side by side: what they state and differ in, in one unit for each row, with the evidence of every cell; who
//! comes first in what; and no winner where nothing says which way is better.

use search::EvidenceRow;

use crate::claim::{Answer, Clarify, Recommended};
use crate::table::{Better, Cell, Column, Row, RowKind, Table};
use crate::voice::Voice;
use crate::{Ask, AskError, Request, Snapshot};

mod attributes;
pub(super) mod gather;
mod need;
mod needed;
mod offers;
mod opinions;
mod side;
mod summary;
pub(super) mod unit_price;
mod units;
mod verdicts;

pub(super) use need::{Emphasis, Need};
pub(super) use side::Side;
pub(super) use summary::{cited, compared};
pub(super) use verdicts::{Gain, gains, losses};

/// Rows shown at most.
const MAX_ROWS: usize = 24;

/// A row with what the value model has to know of it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) row: Row,
    /// How one is told that has less, and one that has more.
    pub(super) told: (String, String),
    /// Whether half of a number is half as much; degrees are not so.
    pub(super) is_ratio: bool,
    /// How much it usually counts beside a price of 1.
    pub(super) weight: f64,
    /// How many spoke, where it is counted.
    pub(super) counts: Vec<u32>,
    /// The concept that it states, where one way of it can be better.
    pub(super) concept: Option<&'static str>,
    /// The least and the most of each cell, where its variants differ or a range is stated; empty where each is one number.
    pub(super) spans: Vec<Option<Span>>,
}

/// The least and the most of something.
pub(super) type Span = (f64, f64);

/// Everything about a set that can be set side by side.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) sides: Vec<Side>,
    /// Rows in which the products differ, what matters first.
    pub(super) lines: Vec<Line>,
    pub(super) need: Need,
    /// Words of the need that nothing is stated on.
    pub(super) unmet: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) voice: Voice,
}

/// Compares the products of a request.
pub(crate) fn compare(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let sides = gather::sides(snapshot, ask, request, gather::WANTED_TO_COMPARE)?;
    if sides.len() < 2 {
        return too_few(snapshot, request, &sides);
    }
    let sheet = Sheet::new(snapshot, ask, request, sides)?;
    let mut answer = begin(snapshot, &sheet)?;
    summary::state(&mut answer, &sheet);
    finish(answer, sheet)
}

impl Sheet {
    /// Sets products side by side.
    pub(super) fn new(
        snapshot: &Snapshot,
        ask: &Ask,
        request: &Request,
        sides: Vec<Side>,
    ) -> Result<Self, AskError> {
        let voice = Voice::of(&ask.locale);
        let need = Need::read(request, &sides);
        let mut notes = request.set.notes.clone();
        let mut lines = offers::lines(ask, &sides, &mut notes);
        lines.extend(opinions::rating(snapshot, voice, &sides)?);
        lines.extend(needed::lines(request, &need, &sides));
        lines.extend(attributes::lines(ask, &need, &sides));
        lines.extend(opinions::aspects(request, voice, &need, &sides));
        notes.extend(gather::kinds_differ(voice, &sides, &lines));
        for line in &mut lines {
            line.row.verdict = verdicts::verdict(voice, line, &sides);
        }
        // In what all state the same, nothing is to be chosen.
        lines.retain(|line| !is_alike(line));
        lines.sort_by_key(|line| std::cmp::Reverse(importance(line)));
        lines.truncate(MAX_ROWS);
        let unmet = needed::terms(request, &need)
            .into_iter()
            .map(|term| term.text)
            .filter(|text| !lines.iter().any(|line| line.row.key.ends_with(&format!(":{text}"))))
            .map(|text| request.own_words(&text))
            .collect();
        Ok(Self { sides, lines, need, unmet, notes, voice })
    }

    /// How much a row matters by the shopper's words; `None` where they do not name it.
    pub(super) fn emphasis(&self, line: &Line) -> Option<Emphasis> {
        self.need.of(line)
    }

    /// The table that is shown.
    pub(super) fn table(&self) -> Table {
        let column = |side: &Side| Column {
            product: side.product.id.clone(),
            source_id: side.product.source_id.clone(),
            title: side.product.title.clone(),
        };
        let row = |line: &Line| Row { label: self.voice.label(&line.row.label), ..line.row.clone() };
        Table { columns: self.sides.iter().map(column).collect(), rows: self.lines.iter().map(row).collect() }
    }

    /// All rows of evidence.
    pub(super) fn evidence(&self) -> Vec<&EvidenceRow> {
        self.sides.iter().flat_map(|side| &side.rows).collect()
    }
}

/// An answer with its products and what has to be said of the set.
pub(super) fn begin(snapshot: &Snapshot, sheet: &Sheet) -> Result<Answer, AskError> {
    let mut answer = Answer { notes: sheet.notes.clone(), ..Answer::default() };
    for side in &sheet.sides {
        if let Some(hit) = snapshot.index.hit(&side.product.id)? {
            answer.products.push(Recommended { hit, reason: String::new() });
        }
    }
    Ok(answer)
}

/// The answer with its table, and with the evidence of each cell.
pub(super) fn finish(mut answer: Answer, sheet: Sheet) -> Result<Answer, AskError> {
    let table = sheet.table();
    let cited: std::collections::BTreeSet<_> = table
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .flat_map(|cell| &cell.evidence)
        .filter(|id| !answer.evidence.iter().any(|known| known.id == **id))
        .collect();
    let rows: Vec<EvidenceRow> =
        sheet.evidence().into_iter().filter(|row| cited.contains(&row.id)).cloned().collect();
    answer.evidence.extend(rows);
    answer.table = Some(table);
    Ok(answer)
}

/// Asks for more products where there are not two.
pub(super) fn too_few(snapshot: &Snapshot, request: &Request, sides: &[Side]) -> Result<Answer, AskError> {
    let mut answer = Answer { is_abstention: true, notes: request.set.notes.clone(), ..Answer::default() };
    answer.clarify = Some(if sides.len() == 1 { Clarify::Another } else { Clarify::Several });
    answer.missing.push("the products to set side by side".to_owned());
    for side in sides {
        if let Some(hit) = snapshot.index.hit(&side.product.id)? {
            answer.products.push(Recommended { hit, reason: String::new() });
        }
    }
    Ok(answer)
}

fn is_alike(line: &Line) -> bool {
    let mut texts = line.row.cells.iter().map(|cell| &cell.text);
    let first = texts.next().cloned().flatten();
    first.is_some() && texts.all(|text| *text == first) && line.row.kind == RowKind::Attribute
}

/// The price first, then what the need asks for, what has a better way, and what more of the products state.
fn importance(line: &Line) -> (u8, usize) {
    let row = &line.row;
    let class = match row.kind {
        RowKind::Price => 6,
        RowKind::UnitPrice => 5,
        _ if row.is_needed => 4,
        RowKind::Rating => 3,
        _ if row.better.is_some() => 2,
        _ => 1,
    };
    (class, row.cells.iter().filter(|cell| cell.text.is_some()).count())
}

impl Line {
    /// A row of this key without a direction.
    pub(super) fn plain(key: &str, label: &str, kind: RowKind, cells: Vec<Cell>) -> Self {
        let row = Row {
            key: key.to_owned(),
            label: label.to_owned(),
            kind,
            is_needed: false,
            better: None,
            cells,
            verdict: None,
        };
        Self {
            row,
            told: (String::new(), String::new()),
            is_ratio: true,
            weight: 0.0,
            counts: Vec::new(),
            concept: None,
            spans: Vec::new(),
        }
    }

    /// The same with a direction.
    pub(super) fn toward(mut self, better: Better, less: &str, more: &str, weight: f64) -> Self {
        self.row.better = Some(better);
        self.told = (less.to_owned(), more.to_owned());
        self.weight = weight;
        self
    }

    /// The least and the most of a cell.
    pub(super) fn span(&self, place: usize) -> Option<Span> {
        let one = || self.row.cells[place].value.map(|value| (value, value));
        self.spans.get(place).copied().flatten().or_else(one)
    }

    /// The numbers of the cells.
    pub(super) fn values(&self) -> Vec<Option<f64>> {
        self.row.cells.iter().map(|cell| cell.value).collect()
    }
}
