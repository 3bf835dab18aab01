//! What can go wrong at the desk, by what the caller does next.

use sessions::NodeError;
use store::StoreError;

/// Why somebody was not heard.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// See what the node says.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// Look into the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Sign in again: the token is not one of this shop.
    #[error(transparent)]
    Token(#[from] crate::TokenError),
    /// Give the message a shorter name.
    #[error("the name of the message is longer than {most} bytes")]
    LongName {
        /// The longest name, in bytes.
        most: usize,
    },
    /// Give the call another input: this one would not be carried out, for this reason.
    #[error("{why}")]
    BadEdit {
        /// In the words that a shopper would read.
        why: String,
    },
}
