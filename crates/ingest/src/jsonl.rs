//! Russet's own feed: one JSON object on each line, whose `type` says what it is.

use serde_json::Value;

use crate::output::Output;
use crate::text::Text;

/// The JSON Schema of one line.
pub fn jsonl_schema() -> Value {
    Value::Null
}

/// Reads all lines.
pub(crate) fn read(_text: &mut Text<'_>, _output: &mut Output<'_>) {}
