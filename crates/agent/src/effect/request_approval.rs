//! A person is asked.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Approval, Digest, Key, Private, Review, Role, Seq, Stage, State, Time};

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
    /// Who is asked after this one has said yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Review>,
    /// Whether somebody else has said yes to it already. The shopper hears that it waits.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub follows: bool,
}

impl Outgoing for RequestApproval {
    fn apply(&self, state: &mut State, _: Seq) {
        let requested_at = state.now;
        if let Some(activity) = state.activities.get_mut(&self.key) {
            let Self { by, text, digest, expires_at, then, .. } = self.clone();
            activity.stage = Stage::AwaitingApproval { expires_at };
            let asked = Approval { by, text, digest, requested_at, expires_at, verdict: None, then };
            let before = activity.approval.replace(asked);
            activity.earlier.extend(before.filter(|_| self.follows));
            if self.follows || activity.is_revised {
                state.news.insert(self.key);
            }
        }
    }
}
