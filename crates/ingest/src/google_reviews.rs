//! Google product review feeds, versions 2.3 and 2.4.

use crate::output::Output;
use crate::text::Text;

/// Reads the whole feed.
pub(crate) fn read(_text: &mut Text<'_>, _output: &mut Output<'_>) {}
