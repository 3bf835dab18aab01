//! A seeded world that breaks: fake clock, fake callees (keyed, forgetful, deaf to questions), lost and late answers, nodes
//! that crash between append, act and record or fight for a lease, slow disks, and somebody of the staff who is left with the rest.
//!
//! [`run`] plays one seed and says which invariant did not hold; [`run_with`] lets a [`Trade`] of somebody else's be what is
//! called, with invariants of its own. It is pure, so a seed gives the same run everywhere. A
//! [`Breakage`] makes one part of the shell wrong on purpose, to show that the invariants would notice.

mod advisers;
mod callee;
mod cast;
mod disk;
mod happening;
mod node;
mod people;
mod random;
mod staff;
mod trade;
mod verdict;
mod world;

pub use callee::Callees;
pub use cast::settings;
pub use disk::Disk;
pub use random::Random;
pub use trade::{Asked, Ledger, Says, Trade};
pub use verdict::Violation;
pub use world::{Outcome, run, run_with};

/// A mistake that is made on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breakage {
    /// None.
    None,
    /// Effects are acted on before they are in the journal.
    ActBeforeAppend,
    /// An answer that does not come is taken for a refusal to look at it, so the call is made again.
    LostMeansNotDone,
    /// The journal takes entries of a node that has lost its lease.
    NoFencing,
    /// After a crash nobody looks into what was under way, and no timer goes off.
    NoTimers,
    /// What was recorded as under way is sent again under another key when the session changes hands.
    NewKeyAfterCrash,
    /// Whoever is left with a call says what became of it without having looked.
    StaffGuesses,
}
