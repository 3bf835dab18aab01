//! What is to be approved is another thing now.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Key, Private, Seq, Stage, State};

/// Somebody changed the input of a call before it was approved. The question is asked anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revise {
    /// The activity.
    pub key: Key,
    /// What the tool is given now.
    pub input: Private,
    /// Whether somebody else than the one who is asked anew has changed it, so that they have to hear of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_news: bool,
}

impl Outgoing for Revise {
    fn apply(&self, state: &mut State, _: Seq) {
        let ready_at = state.now;
        if let Some(activity) = state.activities.get_mut(&self.key) {
            activity.input = self.input.clone();
            activity.approval = None;
            activity.earlier.clear();
            activity.is_revised |= self.is_news;
            activity.preview_until = None;
            activity.stage = Stage::Proposed { ready_at };
        }
    }
}
