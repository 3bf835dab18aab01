//! The stateful runtime as a step machine: sessions, tools as data, journal, budgets, approvals, memory. It knows no
//! commerce.
//!
//! [`step`] takes a [`Session`] and an [`Event`] and returns [`Effect`]s. Events and effects are closed enums and stand
//! in the journal, in one order, before anything acts on an effect. Replay applies what the journal says and decides
//! nothing, so any machine and any later version comes to the same state; [`State::digest`] says so in one number.
//!
//! **Invariants**
//! - Nothing but an [`Entry`] changes a [`State`]; time, names, randomness and words come in with events.
//! - A call has one idempotency key for ever. When its answer is lost its fate is asked for, taken back, or left to a
//!   person; it is never just done again.
//! - The journal holds references to what people said, never the words, so words can be erased and it still replays.
//! - A session has one owner. Nothing that is remembered of anybody else can be brought into it.
//! - Spending is set aside before it happens; what cannot be set aside does not happen.
//!
//! [`shell`] says what stores, workers and timers must offer. [`sim`] is a seeded world that breaks them.

mod actor;
mod advance;
mod budget;
mod context;
mod digest;
mod effect;
mod entry;
mod error;
mod estimator;
mod event;
mod id;
mod jitter;
mod memory;
mod private;
mod rate;
mod refusal;
mod session;
mod settings;
pub mod shell;
pub mod sim;
mod snapshot;
mod state;
mod step;
mod stream;
mod time;
mod tool;
pub mod trace;
mod writer;

pub use actor::{Actor, Role};
pub use budget::{Budget, BudgetKind, BudgetScope, Exhausted, Limits, Spent};
pub use context::{Context, Item, Prompt, PromptRole, Rendered, Standing, context_of, render};
pub use digest::Digest;
pub use effect::*;
pub use entry::{Body, Entry, FORMAT};
pub use error::JournalError;
pub use estimator::Estimator;
pub use event::*;
pub use id::{
    CallId, DeciderName, DeviceId, Epoch, FactId, Key, MessageId, NodeId, OwnerId, Scope, Seq, SessionId,
    StaffId, ToolName, TurnId,
};
pub use memory::{Fact, FactScope, FactStatus, Memory, MemoryError, Provenance, Recalled};
pub use private::{Contents, Private, PrivateId};
pub use rate::Rate;
pub use refusal::{About, Refusal};
pub use session::Session;
pub use settings::{
    BadSettings, Caps, CheckedSettings, Decider, DeciderKind, Settings, SettingsFault, SharedSettings, Shelf,
};
pub use shell::{AppendRefusal, Batch, Lease, Loaded};
pub use snapshot::Snapshot;
pub use state::*;
pub use step::step;
pub use stream::{Part, StreamPart, parts};
pub use time::Time;
pub use tool::{
    ApprovalPolicy, ApprovalText, CallRules, EffectClass, Idempotency, Retry, Review, Tool, visible,
};
