//! What the caller decides about a reading, and the caps on every buffer.

use commerce::{Currency, Unit};

/// Settings with defaults that suit a feed of millions of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The currency of prices that name none.
    pub default_currency: Option<Currency>,
    /// The unit of weights whose table names none.
    pub weight_unit: Option<Unit>,
    /// The store view that is laid over what a table says for all of them.
    pub store_view: Option<String>,
    /// Bytes kept of one field; the rest is cut off with a warning.
    pub max_field_bytes: usize,
    /// Bytes of one row, XML item or line; a longer one is left out.
    pub max_row_bytes: usize,
    /// Columns of a table, and values or elements of one XML item.
    pub max_columns: usize,
    /// Rows of one product that are gathered before they are handed over.
    pub max_group_rows: usize,
    /// Unpacked bytes for each packed byte, beyond the first [`Options::free_bytes`].
    pub max_ratio: u64,
    /// Unpacked bytes before the ratio is looked at.
    pub free_bytes: u64,
    /// Files in one archive.
    pub max_members: usize,
    /// Bytes of one picture in an archive.
    pub max_picture_bytes: usize,
    /// Bytes of a page that has to be read whole (HTML).
    pub max_page_bytes: usize,
    /// Ids that are remembered to find duplicates.
    pub max_known_ids: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            default_currency: None,
            weight_unit: None,
            store_view: None,
            max_field_bytes: 1 << 20,
            max_row_bytes: 8 << 20,
            max_columns: 4_096,
            max_group_rows: 2_048,
            max_ratio: 200,
            free_bytes: 64 << 20,
            max_members: 200_000,
            max_picture_bytes: 20 << 20,
            max_page_bytes: 16 << 20,
            max_known_ids: 8_000_000,
        }
    }
}
