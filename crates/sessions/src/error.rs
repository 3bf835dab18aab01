//! What can go wrong, by what the caller does next.

use std::sync::Arc;

use agent::JournalError;
use store::StoreError;

/// Why a node did not do what was asked. Nothing of it was done, but where it says otherwise.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NodeError {
    /// Name a session that there is.
    #[error("there is no such session")]
    Unknown,
    /// Only the owner of a session and the staff may do this.
    #[error("the session belongs to somebody else")]
    NotYours,
    /// Open another session: this one takes no messages any more.
    #[error("the session is closed")]
    Closed,
    /// Try again at another node, or here in a few seconds.
    #[error("another node works on the session")]
    Elsewhere,
    /// Try again later: too much is under way.
    #[error("too much is under way; try again")]
    Overloaded,
    /// Try again: whether it was taken is not known. A message that was taken is known again by its name.
    #[error("it is not known whether this was taken; try again")]
    Unsettled,
    /// Ask another node: this one ends.
    #[error("the node has stopped")]
    Stopped,
    /// Restore a backup, or use a newer version.
    #[error("the session cannot be read: {0}")]
    Damaged(#[from] JournalError),
    /// What the store says.
    #[error(transparent)]
    Store(Arc<StoreError>),
}

impl From<StoreError> for NodeError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(_) => Self::Elsewhere,
            StoreError::Unknown { .. } => Self::Unsettled,
            StoreError::Crowded | StoreError::Busy(_) => Self::Overloaded,
            other => Self::Store(Arc::new(other)),
        }
    }
}
