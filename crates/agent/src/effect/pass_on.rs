//! The next decider has the turn.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Seq, State};

/// The decider passed, or failed as often as it may.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassOn {
    /// Who is next, by place in the settings.
    pub to: usize,
}

impl Outgoing for PassOn {
    fn apply(&self, state: &mut State, _: Seq) {
        if let Some(turn) = &mut state.turn {
            turn.decider = self.to;
            turn.tries = 0;
        }
    }
}
