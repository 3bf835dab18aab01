//! What people said and what tools answered, held outside of the journal so that it can be erased.
//!
//! The journal and the state carry references; what they refer to stands in [`Contents`], which the store keeps in a
//! table of its own, each content under its own key. When a content is shredded, every journal, snapshot and context
//! that mentions it stays readable and replays to the same state, without the words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Estimator, SessionId};

/// The name of a content, unique among all sessions: `ses_…/…`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrivateId(String);

impl PrivateId {
    /// The content of this name within a session.
    pub fn of(session: &SessionId, name: impl std::fmt::Display) -> Self {
        Self(format!("{session}/{name}"))
    }

    /// A name that was stored.
    pub fn stored(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A reference to something personal. Two references are the same when they name the same content, whether or not it
/// has been erased.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Private {
    /// Which content.
    pub id: PrivateId,
    /// What it costs to show it to a model, so that a context can be built without reading it.
    pub tokens: u32,
}

/// Contents by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents(BTreeMap<PrivateId, Value>);

impl Contents {
    /// Keeps a content and returns the reference to it.
    pub fn hold(&mut self, id: PrivateId, value: Value, estimator: &Estimator) -> Private {
        let tokens = match &value {
            Value::String(text) => estimator.tokens(text),
            other => estimator.tokens(&other.to_string()),
        };
        self.0.insert(id.clone(), value);
        Private { id, tokens }
    }

    /// Puts back a content that was stored.
    pub fn restore(&mut self, id: PrivateId, value: Value) {
        self.0.insert(id, value);
    }

    /// A content; `None` once it has been shredded.
    pub fn value(&self, private: &Private) -> Option<&Value> {
        self.0.get(&private.id)
    }

    /// A content that is a text.
    pub fn text(&self, private: &Private) -> Option<&str> {
        self.value(private).and_then(Value::as_str)
    }

    /// All contents by name.
    pub fn iter(&self) -> impl Iterator<Item = (&PrivateId, &Value)> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes over what is not held yet: a content never changes under its name.
    pub(crate) fn absorb(&mut self, other: &Contents) {
        for (id, value) in &other.0 {
            self.0.entry(id.clone()).or_insert_with(|| value.clone());
        }
    }

    pub(crate) fn shred(&mut self, id: &PrivateId) {
        self.0.remove(id);
    }
}
