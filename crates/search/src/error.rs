//! What can go wrong, by what the caller does next.

/// An error of the index or of a search.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The directory could not be read or written.
    #[error("the search index cannot be read or written: {0}")]
    Storage(#[from] tantivy::TantivyError),
    /// The index was written by another version or was interrupted between its two halves. It is derived data: empty
    /// the directories and build it again.
    #[error("the search index must be built again: {reason}")]
    Outdated {
        /// What was found.
        reason: String,
    },
    /// The cursor is no cursor, or belongs to another query. Begin at the first page.
    #[error("the cursor does not belong to this query")]
    Cursor,
    /// More constraints than one query may have.
    #[error("a query has at most {limit} constraints, this one has {found}")]
    TooManyConstraints {
        /// The cap.
        limit: usize,
        /// What was asked.
        found: usize,
    },
    /// A vector has another number of dimensions than the vectors of the index.
    #[error("a vector has {found} dimensions where the index has {expected}")]
    Dimensions {
        /// Those of the index.
        expected: usize,
        /// Those of the vector.
        found: usize,
    },
}

impl SearchError {
    pub(crate) fn outdated(reason: impl Into<String>) -> Self {
        Self::Outdated { reason: reason.into() }
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::Storage(error.into())
    }
}
