//! A decider says a part of its answer.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::{Key, Phase, Private, State};

/// A part of what a decider is about to reply, told before the whole is there. A decider that is asked again, because its
/// node died, is shown the parts that were told and goes on after them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Uttered {
    /// Which thought.
    pub key: Key,
    /// The part.
    pub part: Private,
}

impl Incoming for Uttered {
    fn is_news(&self, state: &State) -> bool {
        matches!(state.turn.as_ref().map(|turn| &turn.phase), Some(Phase::Thinking(t)) if t.key == self.key)
    }

    fn apply(&self, state: &mut State) {
        if let Some(turn) = &mut state.turn {
            turn.uttered.push(self.part.clone());
        }
    }
}
