//! Judged comparisons: is every cell right, is what is not stated left so, and is nobody ahead where nobody is?

use std::time::{Duration, Instant};

use assistant::{Ask, Cell, Reply, Row, Table};
use commerce::Locale;

use super::Failure;
use crate::catalog::Catalog;
use crate::judged::{self, JudgedComparison};
use crate::metric::{percentile, share};
use crate::shop::Shop;

/// The scores of a store's comparisons.
#[derive(Clone, Debug, Default)]
pub struct ComparisonScores {
    /// Comparisons.
    pub count: usize,
    /// Share of them with the products that are meant.
    pub sets: f64,
    /// Judged cells.
    pub cells: usize,
    /// Share of the cells that state something and are right.
    pub stated: f64,
    /// Share of the cells where nothing is stated and nothing is shown.
    pub not_stated: f64,
    /// Share of the shown cells that are judged whose evidence is a row of their own product.
    pub evidence: f64,
    /// Share of the rows with the right ones ahead.
    pub ahead: f64,
    /// Median and 99th percentile of the time of one answer.
    pub latency: [Duration; 2],
    /// What is wrong.
    pub failures: Vec<Failure>,
}

#[derive(Default)]
struct Count {
    right: usize,
    all: usize,
}

impl Count {
    fn add(&mut self, is_right: bool) {
        self.all += 1;
        self.right += usize::from(is_right);
    }
}

/// Asks for all comparisons of a store.
pub fn run(catalog: Catalog, shop: &Shop) -> anyhow::Result<ComparisonScores> {
    let (mut sets, mut stated, mut silent, mut evidence, mut ahead) =
        (Count::default(), Count::default(), Count::default(), Count::default(), Count::default());
    let (mut times, mut failures) = (Vec::new(), Vec::new());
    for judged in judged::comparisons(catalog)? {
        let started = Instant::now();
        let reply = assistant::ask(&shop.view, &ask(&judged))?;
        times.push(started.elapsed());
        let mut fail = |what: String, expected: String, got: String| {
            failures.push(Failure { what: format!("{} ({what})", judged.question), expected, got });
        };
        let columns: Vec<String> = columns(&reply);
        let is_set = columns == judged.columns;
        sets.add(is_set);
        if !is_set {
            fail(
                "products".to_owned(),
                judged.columns.join(", "),
                format!("{}: {}", columns.join(", "), reply.text()),
            );
        }
        for cell in &judged.cells {
            let shown = reply.answer.table.as_ref().and_then(|table| find(table, &cell.row, &cell.product));
            let text = shown.and_then(|(_, cell)| cell.text.clone());
            let is_right = match &text {
                Some(text) => {
                    cell.any_of.iter().any(|part| text.to_lowercase().contains(&part.to_lowercase()))
                }
                None => cell.any_of.is_empty(),
            };
            if cell.any_of.is_empty() {
                silent.add(is_right)
            } else {
                stated.add(is_right)
            }
            if let Some((_, cell)) = shown.filter(|(_, cell)| cell.text.is_some()) {
                evidence.add(is_own(&reply, cell, shown.map(|(column, _)| column)));
            }
            if !is_right {
                fail(
                    format!("{} of {}", cell.row, cell.product),
                    format!("{:?}", cell.any_of),
                    text.unwrap_or_else(|| "not stated".to_owned()),
                );
            }
        }
        for row in &judged.ahead {
            let got = first(&reply, &row.row);
            ahead.add(got == row.products);
            if got != row.products {
                fail(format!("{} ahead", row.row), row.products.join(", "), got.join(", "));
            }
        }
    }
    Ok(ComparisonScores {
        count: sets.all,
        sets: share(sets.right, sets.all),
        cells: stated.all + silent.all,
        stated: share(stated.right, stated.all),
        not_stated: share(silent.right, silent.all),
        evidence: share(evidence.right, evidence.all),
        ahead: share(ahead.right, ahead.all),
        latency: [percentile(&times, 0.5), percentile(&times, 0.99)],
        failures,
    })
}

fn ask(judged: &JudgedComparison) -> Ask {
    Ask {
        text: judged.question.clone(),
        products: judged.chosen.clone(),
        shown: judged.shown.clone(),
        locale: judged.locale.as_deref().map(Locale::parse).unwrap_or_default(),
        now: Shop::now(),
        ..Ask::default()
    }
}

/// The source ids of the columns.
pub(crate) fn columns(reply: &Reply) -> Vec<String> {
    let columns = reply.answer.table.iter().flat_map(|table| &table.columns);
    columns.map(|column| column.source_id.clone()).collect()
}

fn row<'a>(table: &'a Table, name: &str) -> Option<&'a Row> {
    let is_named = |row: &&Row| row.label.eq_ignore_ascii_case(name) || row.key == name;
    table.rows.iter().find(is_named)
}

/// A cell with the place of its column.
fn find<'a>(table: &'a Table, name: &str, product: &str) -> Option<(usize, &'a Cell)> {
    let column = table.columns.iter().position(|column| column.source_id == product)?;
    row(table, name).map(|row| (column, &row.cells[column]))
}

/// Whether all evidence of a cell is there and about the product of its column.
fn is_own(reply: &Reply, cell: &Cell, column: Option<usize>) -> bool {
    let product = column.and_then(|column| Some(&reply.answer.table.as_ref()?.columns.get(column)?.product));
    let is_there = |id: &commerce::EvidenceId| {
        reply.answer.evidence.iter().any(|row| row.id == *id && row.product.as_ref() == product)
    };
    !cell.evidence.is_empty() && cell.evidence.iter().all(is_there)
}

/// The source ids of those ahead in a row.
fn first(reply: &Reply, name: &str) -> Vec<String> {
    let Some(table) = &reply.answer.table else { return Vec::new() };
    let verdict = row(table, name).and_then(|row| row.verdict.as_ref());
    let best = verdict.iter().flat_map(|verdict| &verdict.best);
    best.map(|place| table.columns[*place].source_id.clone()).collect()
}
