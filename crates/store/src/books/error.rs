//! Why a request was not carried out, by what the caller does next.

use checkout::Refusal;

use crate::StoreError;

/// Why a request was not carried out. Nothing of it was written, except that after [`StoreError::Unknown`] the caller asks
/// [`crate::Books::fate`].
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    /// Tell the shopper: the shop does not do this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Try again with the same key, or tell whoever runs the shop.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for BooksError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl BooksError {
    /// Whether the same request may go through when it is tried again at once: somebody else was faster.
    pub(super) fn is_busy(&self) -> bool {
        matches!(self, Self::Store(StoreError::Busy(_)))
    }
}
