//! `Meta: …` columns: fields that plugins and shops keep with a product. Those that a shop shows are stated like
//! attributes; what plugins keep for themselves says nothing of the goods.

use commerce::Attribute;

use crate::csv_rows::{Column, CsvRow, CsvRows};
use crate::html_text::plain;
use crate::row::{attribute, list_values};

/// Longer texts are no property but content that some plugin places on the page.
const MAX_VALUE_BYTES: usize = 200;

/// How the names of fields start that well-known plugins keep for themselves, in alphabetical order.
const PLUGINS: &[&str] = &[
    "amazons3",
    "avada",
    "elementor",
    "et_",
    "fb_",
    "fusion",
    "inline_featured_image",
    "jetpack",
    "klaviyo",
    "litespeed",
    "mailchimp",
    "pinterest",
    "product_page_",
    "rank_math",
    "rs_page",
    "seopress",
    "site-",
    "slide_template",
    "total_sales",
    "wc_",
    "wcml",
    "woo",
    "wp_",
    "wpml",
    "wpseo",
    "yoast",
];

/// The columns of a table whose fields may be shown, with their names.
pub(super) fn columns(rows: &CsvRows<'_, '_>) -> Vec<(String, Column)> {
    let shown = |(place, name): (usize, &String)| {
        let key = name.strip_prefix("Meta:").or_else(|| name.strip_prefix("meta:"))?.trim();
        is_shown(key).then(|| (key.to_owned(), Column::at(place)))
    };
    rows.names().iter().enumerate().filter_map(shown).collect()
}

/// WordPress hides fields whose name starts with `_`.
fn is_shown(key: &str) -> bool {
    let lower = key.to_lowercase();
    !key.is_empty() && !key.starts_with('_') && !PLUGINS.iter().any(|start| lower.starts_with(start))
}

/// What a row states in these columns.
pub(super) fn attributes(columns: &[(String, Column)], cells: &CsvRow<'_>) -> Vec<Attribute> {
    let read = |(name, column): &(String, Column)| {
        let text = cells.text(*column);
        let text = if is_value(text) { plain(text) } else { String::new() };
        attribute(name, list_values(&text))
    };
    columns.iter().filter_map(read).collect()
}

/// Whether this is a property and not an address or data of a program (PHP's serialised form, JSON).
fn is_value(text: &str) -> bool {
    let is_serialised =
        matches!(text.as_bytes(), [b'a' | b'O' | b's', b':', digit, ..] if digit.is_ascii_digit());
    text.len() <= MAX_VALUE_BYTES
        && !text.starts_with(['{', '[', '<'])
        && !text.contains("://")
        && !text.contains('\n')
        && !is_serialised
        && !text.starts_with("field_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_fields_that_are_not_for_programs() {
        assert!(PLUGINS.is_sorted());
        assert!(is_shown("burn_time") && !is_shown("_edit_lock") && !is_shown("Yoast_title"));
        assert!(is_value("40 h") && !is_value("a:1:{i:0;s:1:\"x\";}") && !is_value("{\"a\":1}"));
        assert!(!is_value("https://img.example/1.jpg"));
    }
}
