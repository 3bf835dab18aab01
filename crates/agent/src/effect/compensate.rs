//! A call is taken back.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Activity, CallRules, Key, Private, Seq, Stage, State, ToolName};

/// Another activity takes a call back, or bars its key if it has not arrived. The place of this entry is the key of that one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compensate {
    /// What is taken back.
    pub key: Key,
    /// The activity that does so.
    pub by: Key,
    /// Its tool.
    pub tool: ToolName,
    /// What it is given: the input of what is taken back; the key goes with the call.
    pub input: Private,
    /// How it is called.
    pub rules: CallRules,
}

impl Outgoing for Compensate {
    fn apply(&self, state: &mut State, _: Seq) {
        let now = state.now;
        let Some(undone) = state.activities.get_mut(&self.key) else { return };
        undone.is_undo_tried = true;
        undone.stage = Stage::Compensating { by: self.by };
        let (call, called) = ((undone.turn, undone.call.clone()), (self.tool.clone(), self.input.clone()));
        let activity =
            Activity { undoes: Some(self.key), ..Activity::proposed(call, called, self.rules.clone(), now) };
        state.activities.insert(self.by, activity);
    }
}
