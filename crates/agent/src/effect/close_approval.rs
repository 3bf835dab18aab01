//! A question to a person is settled.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Actor, ApprovalVerdict, Digest, Key, Seq, Stage, State};

/// Who said yes or no to which text, or that the time ran out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CloseApproval {
    /// The activity.
    pub key: Key,
    /// The digest of the text that was answered.
    pub digest: Digest,
    /// Yes or no.
    pub is_granted: bool,
    /// Who.
    pub by: Actor,
}

impl Outgoing for CloseApproval {
    fn apply(&self, state: &mut State, _: Seq) {
        let at = state.now;
        let Some(activity) = state.activities.get_mut(&self.key) else { return };
        if let Some(approval) = &mut activity.approval {
            approval.verdict = Some(ApprovalVerdict { is_granted: self.is_granted, by: self.by.clone(), at });
        }
        if self.is_granted {
            activity.stage = Stage::Proposed { ready_at: at };
        }
    }
}
