//! HTML pages: their structured data as records, their readable text as a document.

use crate::output::Output;
use crate::text::Text;

/// Reads one page.
pub(crate) fn read(_text: &mut Text<'_>, _output: &mut Output<'_>) {}
