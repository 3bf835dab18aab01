//! A call is to be made again later.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Key, Seq, Stage, State, Time};

/// The callee has not done it, and it will be tried again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Postpone {
    /// The activity.
    pub key: Key,
    /// Not before this.
    pub until: Time,
}

impl Outgoing for Postpone {
    fn apply(&self, state: &mut State, _: Seq) {
        if let Some(activity) = state.activities.get_mut(&self.key) {
            activity.stage = Stage::Proposed { ready_at: self.until };
        }
    }
}
