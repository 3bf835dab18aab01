//! Why a journal could not be replayed.

use crate::{Digest, Seq};

/// What the caller does next decides the variant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// Run a newer version.
    #[error("the journal is of format {found}, this program knows up to {known}: use a newer version")]
    Newer {
        /// The format of the entry.
        found: u32,
        /// The newest that this program reads.
        known: u32,
    },
    /// Restore a backup: an entry or snapshot is damaged.
    #[error("an entry cannot be read: {why}")]
    Unreadable {
        /// What the reader says.
        why: String,
    },
    /// Put the settings of this digest on the shelf and read it again.
    #[error("the settings {digest} are not at hand")]
    NoSettings {
        /// Which.
        digest: Digest,
    },
    /// Load the rest: entries are missing.
    #[error("entry {found} follows where {expected} should")]
    Gap {
        /// The place that should come next.
        expected: Seq,
        /// The place that came.
        found: Seq,
    },
    /// There is no such session, or the journal does not begin at its beginning.
    #[error("the journal does not begin with the opening of a session")]
    NotOpened,
}
