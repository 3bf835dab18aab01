//! A message as it stands among the contents of a session.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What somebody said, and where they were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    /// The words.
    pub(crate) text: String,
    /// The source id of the product whose page they were looking at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) product: Option<String>,
    /// Their language and units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) locale: Option<String>,
    /// Whether they answered a question that was not open any more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_late: bool,
}

impl Said {
    /// A message that was stored; other programs may send a bare text.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::String(text) => Self { text: text.clone(), ..Self::default() },
            other => serde_json::from_value(other.clone()).unwrap_or_default(),
        }
    }
}
