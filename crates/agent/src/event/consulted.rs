//! A language model is about to be asked.

use serde::{Deserialize, Serialize};

use super::{Incoming, Usage};
use crate::{Advice, Consultation, Key, Phase, Private, State};

/// A decider has a language model asked within a thought. The model is asked once this is in the journal, and not at all where the
/// budgets have no room for it. [`crate::Advised`] brings the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consulted {
    /// Which thought.
    pub key: Key,
    /// The model, by its name.
    pub model: String,
    /// All that it is shown.
    pub prompt: Private,
    /// What it may use at most; it is set aside.
    pub reserved: Usage,
}

impl Incoming for Consulted {
    fn is_news(&self, state: &State) -> bool {
        let Some(turn) = &state.turn else { return false };
        let is_thinking = matches!(&turn.phase, Phase::Thinking(thinking) if thinking.key == self.key);
        is_thinking && state.afford(turn.id, self.reserved.spent()).is_ok()
    }

    fn apply(&self, state: &mut State) {
        let (key, reserved) = (Key(state.seq.0), self.reserved.spent());
        let Some(turn) = &mut state.turn else { return };
        let advice = Advice::Awaited { reserved };
        turn.consulted.insert(key, Consultation { prompt: self.prompt.clone(), advice });
        let id = turn.id;
        state.spend(id, reserved);
    }
}
