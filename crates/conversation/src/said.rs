//! A message as it stands among the contents of a session.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What somebody said, and where they were.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    /// The words.
    pub(crate) text: String,
    /// The source id of the product whose page they were looking at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) product: Option<String>,
    /// Source ids of products that they chose.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) products: Vec<String>,
    /// Ids of conditions that they took away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) drop: Vec<String>,
    /// How much things count for them in a decision, by key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) weights: BTreeMap<String, f64>,
    /// Their language and units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) locale: Option<String>,
    /// Whether they answered a question that was not open any more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_late: bool,
    /// Which one that was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) question: Option<String>,
    /// What came along from before they signed in, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) moved: Option<String>,
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
