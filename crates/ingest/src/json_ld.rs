//! schema.org data as JSON-LD.

use crate::html_page::Page;
use crate::output::Output;

/// Reads the structured data of a page; gives the source ids of its products.
pub(crate) fn read(_scripts: &[&str], _page: &Page, _output: &mut Output<'_>) -> Vec<String> {
    Vec::new()
}
