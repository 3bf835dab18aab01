//! A decider is asked.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Context, DeciderName, Digest, Key, Phase, Seq, Spent, State, Thinking, Time, TurnId};

/// Show this context to this decider; [`crate::Thought`] brings the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Think {
    /// The thought.
    pub key: Key,
    /// The turn.
    pub turn: TurnId,
    /// Who is asked.
    pub decider: DeciderName,
    /// The digest of the context.
    pub context_digest: Digest,
    /// How long the context is.
    pub context_tokens: u32,
    /// How much may be written.
    pub max_output_tokens: u32,
    /// What is set aside for it.
    pub reserved: Spent,
    /// When the answer counts as lost.
    pub deadline: Time,
    /// The context. It is not journalled: [`crate::context_of`] makes the same one from the journal.
    #[serde(skip)]
    pub context: Context,
}

impl Outgoing for Think {
    fn apply(&self, state: &mut State, _: Seq) {
        state.tell_news();
        state.spend(self.turn, self.reserved);
        if let Some(turn) = &mut state.turn {
            let Self { key, deadline, reserved, .. } = *self;
            turn.phase = Phase::Thinking(Thinking { key, deadline, reserved });
        }
    }
}
