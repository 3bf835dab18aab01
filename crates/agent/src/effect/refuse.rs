//! Something that was wanted is not done.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{About, Line, Refusal, Seq, State};

/// What was wanted, and why it is not done. The one who wanted it is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refuse {
    /// What.
    pub about: About,
    /// Why.
    pub refusal: Refusal,
}

impl Outgoing for Refuse {
    fn apply(&self, state: &mut State, _: Seq) {
        if let (About::Call { call, tool, .. }, Some(turn)) = (&self.about, &mut state.turn) {
            let (call, tool, refusal) = (call.clone(), tool.clone(), self.refusal.clone());
            turn.lines.push(Line::Refused { call, tool, refusal });
        }
    }
}
