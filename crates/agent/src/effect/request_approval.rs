//! A person is asked.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Approval, Digest, Key, Private, Role, Seq, Stage, State, Time};

/// Show this text to somebody who may say yes. The answer repeats the digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestApproval {
    /// The activity.
    pub key: Key,
    /// Who may answer.
    pub by: Role,
    /// The text.
    pub text: Private,
    /// The digest of the text and the idempotency key.
    pub digest: Digest,
    /// Until when it stands.
    pub expires_at: Time,
}

impl Outgoing for RequestApproval {
    fn apply(&self, state: &mut State, _: Seq) {
        let requested_at = state.now;
        if let Some(activity) = state.activities.get_mut(&self.key) {
            let Self { by, text, digest, expires_at, .. } = self.clone();
            activity.stage = Stage::AwaitingApproval { expires_at };
            activity.approval = Some(Approval { by, text, digest, requested_at, expires_at, verdict: None });
        }
    }
}
