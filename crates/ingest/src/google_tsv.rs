//! Google Merchant product data as a table.

use crate::output::Output;
use crate::text::Text;

/// Whether a table with these columns is of this format.
pub(crate) fn is_header(columns: &[&str]) -> bool {
    let name =
        |column: &str| column.trim().trim_start_matches("g:").to_ascii_lowercase().replace([' ', '-'], "_");
    let has = |wanted: &str| columns.iter().any(|column| name(column) == wanted);
    has("id") && has("title") && (has("price") || has("link") || has("availability") || has("image_link"))
}

/// Reads the whole table.
pub(crate) fn read(_text: &mut Text<'_>, _output: &mut Output<'_>) {}
