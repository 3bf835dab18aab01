//! Something under way is not wanted any more.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Key, Seq, State};

/// Tell the decider or callee that it may stop. That it has stopped is not relied on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cancel {
    /// The thought or activity.
    pub key: Key,
}

impl Outgoing for Cancel {
    fn apply(&self, state: &mut State, _: Seq) {
        if let Some(activity) = state.activities.get_mut(&self.key) {
            activity.is_cancelled = true;
        }
    }
}
