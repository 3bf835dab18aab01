//! Tables and decisions as they cross the wire.

use super::reply::word;

/// Products side by side.
pub(super) fn table(table: &assistant::Table) -> wire::Table {
    let column = |column: &assistant::Column| wire::TableColumn {
        product: column.product.clone(),
        source_id: column.source_id.clone(),
        title: column.title.clone(),
    };
    wire::Table {
        columns: table.columns.iter().map(column).collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

fn row(row: &assistant::Row) -> wire::TableRow {
    let cell = |cell: &assistant::Cell| wire::TableCell {
        text: cell.text.clone(),
        value: cell.value,
        unit: cell.unit.clone(),
        evidence: cell.evidence.clone(),
    };
    let verdict = |verdict: &assistant::RowVerdict| wire::RowVerdict {
        best: verdict.best.iter().map(|place| *place as u32).collect(),
        text: verdict.text.clone(),
    };
    wire::TableRow {
        key: row.key.clone(),
        label: row.label.clone(),
        kind: word(&row.kind),
        needed: row.is_needed,
        better: row.better.as_ref().map(word),
        cells: row.cells.iter().map(cell).collect(),
        verdict: row.verdict.as_ref().map(verdict),
    }
}

/// A decision.
pub(super) fn pick(pick: &assistant::Pick) -> wire::Pick {
    let choice = |choice: &assistant::Choice| wire::Choice {
        role: word(&choice.role),
        product: choice.product.clone(),
        title: choice.title.clone(),
        gains: choice.gains.clone(),
        losses: choice.losses.clone(),
    };
    let weight = |weight: &assistant::Weight| wire::PickWeight {
        key: weight.key.clone(),
        label: weight.label.clone(),
        weight: weight.weight,
        origin: word(&weight.origin),
    };
    let standing = |standing: &assistant::Standing| wire::Standing {
        product: standing.product.clone(),
        title: standing.title.clone(),
        value: standing.value,
        doubt: standing.doubt,
        beaten_by: standing.beaten_by.clone(),
        buyable: standing.is_buyable,
    };
    let sensitivity = |line: &assistant::Sensitivity| wire::Sensitivity {
        key: line.key.clone(),
        from_weight: line.from_weight,
        product: line.product.clone(),
        text: line.text.clone(),
    };
    wire::Pick {
        choices: pick.choices.iter().map(choice).collect(),
        weights: pick.weights.iter().map(weight).collect(),
        standings: pick.standings.iter().map(standing).collect(),
        sensitivity: pick.sensitivity.iter().map(sensitivity).collect(),
        tie: pick.is_tie,
    }
}
