//! Products side by side, and a decision between them.

use commerce::{EvidenceId, ProductId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Products set side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// One for each product.
    pub columns: Vec<TableColumn>,
    /// What matters for the need first.
    pub rows: Vec<TableRow>,
}

/// One product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableColumn {
    /// The product.
    pub product: ProductId,
    /// The id that the feed gave it.
    pub source_id: String,
    /// Its title.
    pub title: String,
}

/// One thing that products state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableRow {
    /// The key of the attribute, or `price`, `unit_price`, `rating`, `need:` or `aspect:` with a word of the need.
    pub key: String,
    /// As a shopper reads it.
    pub label: String,
    /// `price`, `unit_price`, `rating`, `need`, `aspect` or `attribute`.
    pub kind: String,
    /// Whether the need asks for it.
    pub needed: bool,
    /// `less` or `more`, whichever is better; `null` where neither is.
    pub better: Option<String>,
    /// One for each column.
    pub cells: Vec<TableCell>,
    /// Who comes first; `null` where nobody does, or where nothing says which way is better.
    pub verdict: Option<RowVerdict>,
}

/// What one product states of one thing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableCell {
    /// As a shopper reads it; `null` where it is not stated.
    pub text: Option<String>,
    /// The number, in `unit`; `null` where it is none or several.
    pub value: Option<f64>,
    /// The unit of `value`, the same in the whole row; a currency's code for prices.
    pub unit: Option<String>,
    /// Rows of the reply's `evidence`; empty where it is not stated.
    pub evidence: Vec<EvidenceId>,
}

/// Who comes first in a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowVerdict {
    /// Places of columns, from 0.
    pub best: Vec<u32>,
    /// As a sentence.
    pub text: String,
}
