//! A thought came to nothing.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Key, Phase, Seq, State};

/// The decider failed or did not answer in time. What was set aside for a lost answer counts as spent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lapse {
    /// The thought.
    pub key: Key,
}

impl Outgoing for Lapse {
    fn apply(&self, state: &mut State, _: Seq) {
        if let Some(turn) = &mut state.turn {
            turn.phase = Phase::Deciding;
            turn.tries = turn.tries.saturating_add(1);
        }
    }
}
