//! What happens in a simulated world, one after the other.

use super::Asked;
use crate::{Batch, Contents, Effect, EventKind, Key};

/// One thing that happens at a moment.
#[derive(Debug)]
pub(super) enum Happening {
    /// A device sends a message, again and again until it is in the journal.
    Say(u64),
    /// An event reaches a node.
    Deliver { to: Process, kind: EventKind, contents: Contents },
    /// The disk gets to a batch.
    Append { by: Process, batch: Box<Batch>, effects: Vec<Effect> },
    /// A node gets to an effect.
    Act { by: Process, effect: Box<Effect> },
    /// A request reaches a callee.
    Arrive { from: Process, request: Request },
    /// Somebody looks at what waits for approval.
    Look(Key),
    /// Somebody of the staff looks into what was left to them.
    LookInto(Key),
    /// A node gets the lease.
    TakeOver(usize),
    /// A node dies.
    Crash(usize),
    /// The timer of the session, if it was not set anew meanwhile.
    Timer(u32),
    /// Somebody stops something.
    Stop,
    /// Somebody wants a fact remembered, or erased.
    Memory,
    /// What goes on at the callees by itself goes on.
    GoOn,
}

/// A node between two crashes; what was meant for it before is lost on it after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) node: usize,
    pub(super) life: u32,
}

/// What a callee is sent.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) key: Key,
    pub(super) asked: Asked,
    /// Which attempt; none for a question about the key.
    pub(super) attempt: Option<u32>,
}
