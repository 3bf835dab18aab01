//! A span as a value.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Digest, SessionId, Time};

/// One span.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// 32 hexadecimal digits, the same for all spans of a turn.
    pub trace_id: String,
    /// 16 hexadecimal digits.
    pub span_id: String,
    /// The span around it.
    pub parent_span_id: Option<String>,
    /// The operation and what it is about.
    pub name: String,
    /// Where it runs.
    pub kind: SpanKind,
    /// When it began.
    pub start: Time,
    /// When it ended; nothing while it runs.
    pub end: Option<Time>,
    /// How it ended.
    pub status: SpanStatus,
    /// What is known about it, by name.
    pub attributes: BTreeMap<String, Value>,
}

/// Where a span runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanKind {
    /// In the runtime.
    Internal,
    /// Outside.
    Client,
}

/// How a span ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanStatus {
    /// It has not, or nothing is known against it.
    Unset,
    /// Not as it was meant.
    Error,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(u64),
    /// A text.
    Text(String),
}

impl Span {
    /// A span that begins, at a place of a trace that both follow from names alone.
    pub(crate) fn begin(session: &SessionId, turn: u64, own: u64, name: String, start: Time) -> Self {
        let id = |kind: &str, number: u64| {
            Digest::of(&[kind.as_bytes(), session.as_str().as_bytes(), &number.to_be_bytes()]).to_string()
        };
        let root = id("span", turn)[..16].to_owned();
        let span_id = id("span", own)[..16].to_owned();
        Self {
            trace_id: id("trace", turn)[..32].to_owned(),
            parent_span_id: (own != turn).then_some(root),
            span_id,
            name,
            kind: SpanKind::Internal,
            start,
            end: None,
            status: SpanStatus::Unset,
            attributes: BTreeMap::new(),
        }
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.attributes.insert(name.to_owned(), value.into());
    }

    /// Marks it as failed, by a word for what went wrong.
    pub(crate) fn fail(&mut self, word: &str) {
        self.status = SpanStatus::Error;
        self.set(super::ERROR_TYPE, word.to_owned());
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
