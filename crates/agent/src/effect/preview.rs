//! A callee is asked what it would do.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Key, Private, Seq, State, Time, ToolName};

/// Ask the callee for the text that a person will be asked to approve; [`crate::Previewed`] brings it. Nothing may be
/// done for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// The activity.
    pub key: Key,
    /// The tool.
    pub tool: ToolName,
    /// What it would be given.
    pub input: Private,
    /// Until when to wait.
    pub until: Time,
}

impl Outgoing for Preview {
    fn apply(&self, state: &mut State, _: Seq) {
        if let Some(activity) = state.activities.get_mut(&self.key) {
            activity.preview_until = Some(self.until);
        }
    }
}
