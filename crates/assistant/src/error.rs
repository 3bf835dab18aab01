//! Why a question could not be answered at all.

use search::SearchError;

/// The index could not be read. A question that the data does not answer is no error but an abstention.
#[derive(Debug, thiserror::Error)]
#[error("the search index cannot be read")]
pub struct AskError(#[from] SearchError);
