//! What is remembered of a shopper: facts with provenance, scope, confidence and expiry.
//!
//! **Invariant**: nothing of one shopper is reachable from another's session. A [`Memory`] belongs to one owner from the
//! moment it is made, takes no fact of another, and what it recalls says whose it is; a session takes a [`Recalled`]
//! of its own owner only.

mod fact;
mod ledger;
mod matching;

pub use fact::{Fact, FactScope, FactStatus, Provenance};
pub use ledger::{Memory, MemoryError, Recalled};
pub(crate) use matching::rivals;
