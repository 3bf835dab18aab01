//! Products side by side: a column for each product, a row for each thing that they state, and the evidence of each cell.

use commerce::{EvidenceId, ProductId};
use serde::{Deserialize, Serialize};

/// Products set side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The products, in the order in which they were named.
    pub columns: Vec<Column>,
    /// What matters for the need first.
    pub rows: Vec<Row>,
}

/// One product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The product.
    pub product: ProductId,
    /// The id that the feed gave it.
    pub source_id: String,
    /// Its title.
    pub title: String,
}

/// One thing that products state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The key of the attribute, or `price`, `unit_price`, `rating`, `need:` with the word that asked for it.
    pub key: String,
    /// As a shopper reads it.
    pub label: String,
    /// What stands in it.
    pub kind: RowKind,
    /// Whether the need asks for it.
    pub is_needed: bool,
    /// Which way is better; `None` where neither is.
    pub better: Option<Better>,
    /// One for each column.
    pub cells: Vec<Cell>,
    /// Who comes first in it; `None` where nobody does, or where nothing says which way is better.
    pub verdict: Option<RowVerdict>,
}

/// What stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// What is paid now.
    Price,
    /// What one kilogram, litre or piece costs.
    UnitPrice,
    /// What buyers rated it.
    Rating,
    /// What is stated on a word of the need.
    Need,
    /// What reviewers say of one aspect, counted.
    Aspect,
    /// A stated attribute.
    Attribute,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// The smaller number.
    Less,
    /// The larger number.
    More,
}

/// What one product states of one thing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// As a shopper reads it; `None` where it is not stated.
    pub text: Option<String>,
    /// The number, in `unit`, of a price the least, of several or a range the middle; `None` where it is none.
    pub value: Option<f64>,
    /// The unit of `value`, the same in the whole row; a currency's code for prices.
    pub unit: Option<String>,
    /// The rows that it rests on, of a rating the first ones; empty where it is not stated.
    pub evidence: Vec<EvidenceId>,
}

/// Who comes first in a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowVerdict {
    /// Places of columns.
    pub best: Vec<usize>,
    /// As a sentence, such as `Halden 1 is lighter: 780 g against 1.32 kg.`
    pub text: String,
}

impl Table {
    /// The evidence of all cells of some columns of a row.
    pub(crate) fn evidence(row: &Row, columns: &[usize]) -> Vec<EvidenceId> {
        columns.iter().filter_map(|column| row.cells.get(*column)).flat_map(|c| c.evidence.clone()).collect()
    }
}
