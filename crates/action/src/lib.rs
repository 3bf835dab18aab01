//! What shoppers ask to be done: "add the second one in medium", "cancel it", "return the jacket, it is too small, send me an
//! L". [`read`] makes an [`Action`] of words by a grammar, [`resolve`] finds what the words mean in the conversation and
//! makes a tool call of it, [`proposal`] and [`reply`] are the question before it and the yes to it.
//!
//! **Invariant**: the grammar covers a message as a whole or not at all, so that a question about a policy is never taken for
//! an order to act. What it does not cover may be read by a language model ([`Inquiry`]), which chooses and copies and writes nothing
//! of its own. Nothing here acts: what comes out is a call, which the tool's own rules decide. The same words in the
//! same conversation give the same call.

mod action;
mod condition;
mod condition_table;
mod inquire;
mod propose;
mod read;
mod resolve;
mod ways_table;

pub use action::{Action, Amount, Bound, OrderReference, Reference, Span, Until, Which, Wished};
pub use condition::condition_of;
pub use inquire::{Ask, Form, Inquiry};
pub use propose::{Reply, proposal, reply, reply_to};
pub use read::{MAX_MESSAGE_BYTES, choice, listed, pointed, read};
pub use resolve::{MandateWish, Scene, Step, Subject, ToolCall, Waiting, reason_of, refund_method, resolve};
pub use ways_table::WAYS_TO_PAY;
