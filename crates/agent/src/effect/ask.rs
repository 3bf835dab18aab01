//! A callee is asked what became of a key.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Key, Seq, Stage, State, Time, ToolName};

/// Ask what became of this key; [`crate::Told`] brings the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// The activity.
    pub key: Key,
    /// The key as the callee knows it.
    pub idempotency_key: String,
    /// The tool.
    pub tool: ToolName,
    /// How often it has been asked, with this time.
    pub nth: u32,
    /// When it is asked again.
    pub next_at: Time,
}

impl Outgoing for Ask {
    fn apply(&self, state: &mut State, _: Seq) {
        if let Some(activity) = state.activities.get_mut(&self.key) {
            activity.stage = Stage::Asking { next_at: self.next_at };
            activity.asks = self.nth;
            activity.is_unsure = true;
        }
    }
}
