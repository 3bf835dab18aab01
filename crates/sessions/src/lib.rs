//! The node: runs sessions of agents on a store. The only place where their time, names and randomness come from.
//!
//! A [`Node`] keeps a mailbox for each session that is at work. What is put into it goes through `event -> step -> append ->
//! act`, one letter after the other, and comes back as further letters: answers of [`Callee`]s, decisions of
//! [`Decider`]s. A session at rest has no mailbox and costs no memory; its timer and its outbox stand in the store, where
//! any node finds them.
//!
//! **Invariants**
//! - Nothing is acted on before it is in the journal, and nothing is told to a caller before it is there.
//! - A session has one writer. A node that has lost a session finds out when it writes, drops it, and stores nothing.
//! - After an error of unknown outcome the node takes the session anew, so that what was under way is looked into.
//! - Every mailbox, batch and page has a cap; what does not fit is refused at once.

mod actor;
mod callee;
mod clock;
mod courier;
mod decider;
mod error;
mod letter;
mod listen;
mod live;
mod names;
mod node;
mod options;

pub use callee::{CallRequest, Callee, Fate, Foreseen, NoCallee, Said};
pub use clock::{Clock, SystemClock};
pub use courier::{Courier, NoCourier, Undelivered};
pub use decider::{Asked, Decider, Decision, Voice, Wish};
pub use error::NodeError;
pub use letter::Receipt;
pub use listen::{Listening, Told};
pub use names::new_id;
pub use node::{Heir, Legacy, NewFact, Node, Opening, Outside, Untold, Words};
pub use options::Options;
