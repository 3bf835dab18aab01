//! What the shells must offer, as plain types.
//!
//! # The journal store
//!
//! - **append**([`Batch`]) -> `Result<(), AppendRefusal>`. One durable transaction: it checks that the session's last entry
//!   is `expected` and its lease's epoch is `epoch`, inserts the entries and the new contents, deletes the `shredded`
//!   contents with their keys, sets the timer to `due`, and adds a row to the outbox for each effect in `outbox`. Batches of several sessions may share one commit. After a refusal or an error of
//!   unknown outcome the node drops the session from memory and loads it again: what is in the journal is the truth.
//! - **begin**([`Batch`], [`Lease`]): the same for the first batch of a new session, whose row and lease it makes; a name that is
//!   known is refused.
//! - Settings that entries and snapshots name by digest ([`crate::Entry::to_slim_line`]) are kept once, before what names them.
//! - **load**(session) -> [`Loaded`]: the newest snapshot that can be read, the entries after it, the contents. To go on with a session
//!   those that its state refers to are enough ([`crate::State::privates`]), but for [`crate::Forgotten`], which erases all
//!   ([`crate::Session::restore`]).
//! - **snapshot**(session, [`crate::Snapshot`]): at any time, of a state that is stored; the newest few are kept.
//!
//! # Leases
//!
//! - **acquire**(session, node, until) -> [`Lease`]: given when nobody holds one or the last has run out; its `epoch` is one
//!   more than any before, also after the row was deleted. The node then hands in a [`crate::LeaseTaken`] with that epoch.
//! - **renew**(lease, until): refused when another node has taken over.
//! - **release**(lease): so that the next node need not wait.
//!
//! A lease keeps nodes from working in vain; what keeps the journal right is the epoch that is checked by append. A node
//! whose lease has run out may still call a callee with a key that is in the journal. That is no fault: the callee does
//! each key once.
//!
//! # The worker
//!
//! `event -> step -> append -> act -> event …`, for one session at a time. Only the node that holds the lease acts on
//! calls, questions and thoughts. It never repeats them by itself: the session does, when a deadline passes or when it
//! changes hands. What is
//! repeatable is taken from the outbox by any node, at least once.
//!
//! # Timers
//!
//! When the time of a session's timer has come, any node that gets its lease hands in a [`crate::Woke`].

use crate::{Contents, Entry, Epoch, NodeId, OwnerId, PrivateId, Seq, SessionId, Snapshot, Time};

/// What is to be stored in one transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub owner: OwnerId,
    /// The last entry that must be in the journal already; 0 for a new session.
    pub expected: Seq,
    /// The fencing token that must still hold.
    pub epoch: Epoch,
    /// What is appended.
    pub entries: Vec<Entry>,
    /// Contents that came with it.
    pub contents: Contents,
    /// Contents that are gone for good.
    pub shredded: Vec<PrivateId>,
    /// Places of the effects that any node may act on, at least once: all that are [`crate::Effect::is_repeatable`]. A shell
    /// takes out those that nobody there wants.
    pub outbox: Vec<Seq>,
    /// What the session's timer is set to; `None` stops it.
    pub due: Option<Time>,
}

/// Why a batch was not stored. Nothing of it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendRefusal {
    /// Another node holds the session: drop it.
    #[error("the session is held under epoch {}", held.0)]
    Fenced {
        /// Its epoch.
        held: Epoch,
    },
    /// The journal is longer or shorter than the node believes: load it again.
    #[error("the journal ends at {}", found.0)]
    Moved {
        /// The last entry.
        found: Seq,
    },
}

/// What is loaded to go on with a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The newest snapshot.
    pub snapshot: Option<Snapshot>,
    /// The entries after it, or all.
    pub tail: Vec<Entry>,
    /// The contents that are left.
    pub contents: Contents,
}

/// The right to write to a session for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The session.
    pub session: SessionId,
    /// Who holds it.
    pub node: NodeId,
    /// The fencing token.
    pub epoch: Epoch,
    /// Until when.
    pub until: Time,
}

impl Loaded {
    /// The session as it was stored.
    pub fn session(self) -> Result<crate::Session, crate::JournalError> {
        match self.snapshot {
            Some(snapshot) => crate::Session::resume(snapshot, self.tail, self.contents),
            None => crate::Session::replay(self.tail, self.contents),
        }
    }
}
