//! Google Merchant product data as RSS or Atom XML.

use crate::output::Output;
use crate::text::Text;

/// Reads the whole feed.
pub(crate) fn read(_text: &mut Text<'_>, _output: &mut Output<'_>) {}
