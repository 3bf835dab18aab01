//! What a commit says of itself: written with the commit of each half, so that halves of two commits are told apart.

use serde::{Deserialize, Serialize};

use crate::schema::VERSION;
use crate::{Language, SearchError};

/// The payload of a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    version: u32,
    /// The number that the caller gave.
    pub(crate) generation: i64,
    /// The language of the catalog.
    #[serde(default)]
    pub(crate) language: Language,
    /// Names of the vector files, oldest first.
    #[serde(default)]
    pub(crate) vectors: Vec<String>,
}

impl State {
    /// The state of a new commit.
    pub(crate) fn new(generation: i64, language: Language, vectors: Vec<String>) -> Self {
        Self { version: VERSION, generation, language, vectors }
    }

    /// Reads the payloads of both halves; an index without any commit is at generation 0.
    pub(crate) fn read(products: Option<&str>, evidence: Option<&str>) -> Result<Self, SearchError> {
        if products != evidence {
            return Err(SearchError::outdated("a commit was interrupted between its two halves"));
        }
        let Some(payload) = products else { return Ok(Self::new(0, Language::default(), Vec::new())) };
        let state: Self = serde_json::from_str(payload)
            .map_err(|_| SearchError::outdated("the commit says nothing of its version"))?;
        match state.version == VERSION {
            true => Ok(state),
            false => Err(SearchError::outdated("it was written by another version")),
        }
    }

    /// The payload.
    pub(crate) fn payload(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
