//! A decider says which facts its reply repeats.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::{FactId, Key, Phase, State};

/// What is about to be replied tells of these facts, or passes them on to later turns. Erasing one of them erases what was said in
/// this turn as well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repeated {
    /// Which thought.
    pub key: Key,
    /// Which facts.
    pub facts: Vec<FactId>,
}

impl Incoming for Repeated {
    fn is_news(&self, state: &State) -> bool {
        let Some(turn) = &state.turn else { return false };
        let is_thinking = matches!(&turn.phase, Phase::Thinking(thinking) if thinking.key == self.key);
        is_thinking && self.facts.iter().any(|fact| !turn.repeats.contains(fact))
    }

    fn apply(&self, state: &mut State) {
        if let Some(turn) = &mut state.turn {
            turn.repeats.extend(self.facts.iter().cloned());
        }
    }
}
