//! The product export of Shopify.

use crate::output::Output;
use crate::text::Text;

/// Whether a table with these columns is of this format.
pub(crate) fn is_header(columns: &[&str]) -> bool {
    let has = |name: &str| columns.iter().any(|column| column.eq_ignore_ascii_case(name));
    (has("Handle") || has("URL handle")) && has("Title")
}

/// Reads the whole table.
pub(crate) fn read(_text: &mut Text<'_>, _output: &mut Output<'_>) {}
