//! A comparison and the weights of a decision on a terminal.

use wire::{Pick, Table, TableRow};

use crate::output::{Style, tame};

/// Characters of a label and of a cell.
const LABEL: usize = 22;
const CELL: usize = 26;

/// The table, a line for each row, with who comes first in it.
pub(super) fn text(table: &Table, style: Style) -> String {
    let titles = table.columns.iter().map(|column| fitted(&column.title, CELL)).collect::<String>();
    let mut text = format!("\n{}{}\n", " ".repeat(LABEL + 1), style.strong(&titles));
    for row in &table.rows {
        text.push_str(&line(row, style));
    }
    text
}

fn line(row: &TableRow, style: Style) -> String {
    let best = row.verdict.iter().flat_map(|verdict| &verdict.best).collect::<Vec<_>>();
    let cell = |(place, cell): (usize, &wire::TableCell)| {
        let text = fitted(cell.text.as_deref().unwrap_or("not stated"), CELL);
        match (cell.text.is_some(), best.contains(&&(place as u32))) {
            (false, _) => style.faint(&text),
            (true, true) => style.strong(&text),
            (true, false) => text,
        }
    };
    let cells = row.cells.iter().enumerate().map(cell).collect::<String>();
    format!("{} {cells}\n", style.faint(&fitted(&row.label, LABEL)))
}

/// How much counts, and what would change the pick.
pub(super) fn weights(pick: &Pick, style: Style) -> String {
    let weight = |weight: &wire::PickWeight| format!("{}={:.2}", weight.key, weight.weight);
    let all = pick.weights.iter().map(weight).collect::<Vec<_>>().join("  ");
    let mut text = format!("\n{}\n", style.faint(&tame(&format!("Weights: {all}"))));
    for line in &pick.sensitivity {
        text.push_str(&format!("{}\n", style.faint(&tame(&line.text))));
    }
    text
}

/// A text in exactly so many characters, with a space behind it.
fn fitted(text: &str, width: usize) -> String {
    let text = tame(text);
    let cut: String = match text.chars().count() > width {
        true => text.chars().take(width - 1).chain(std::iter::once('…')).collect(),
        false => text,
    };
    format!("{cut:<width$} ")
}

/// The reasoning on what suits, step by step; what is only taken to be so is marked.
pub(super) fn steps(steps: &[wire::Step], style: Style) -> String {
    let mut text = String::new();
    for (place, step) in steps.iter().enumerate() {
        if place == 0 {
            text.push_str(&format!("\n{}\n", style.faint("How this follows:")));
        }
        let mark = if step.uncertain { " (not certain)" } else { "" };
        text.push_str(&format!("{}\n", style.faint(&tame(&format!("{}. {}{mark}", place + 1, step.text)))));
    }
    text
}
