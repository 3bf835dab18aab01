//! A person says yes.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::{Verdict, answer};
use crate::writer::Writer;
use crate::{Actor, Digest, Key, MessageId, Stage, State};

/// Somebody wants it done, as the text says it. Whether they may say so is decided when it comes in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Approved {
    /// Which activity.
    pub key: Key,
    /// The digest of the text that the person saw.
    pub digest: Digest,
    /// Who.
    pub by: Actor,
    /// The message that said so, where it had a name: the same name twice is the same message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
}

impl Incoming for Approved {
    fn is_news(&self, state: &State) -> bool {
        if self.message.as_ref().is_some_and(|message| state.recent.contains(message)) {
            return false;
        }
        let activity = state.activities.get(&self.key);
        activity.is_some_and(|activity| matches!(activity.stage, Stage::AwaitingApproval { .. }))
    }

    fn apply(&self, state: &mut State) {
        if let Some(message) = &self.message {
            state.note_message(message);
        }
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        answer(writer, self.key, &self.digest, &self.by, Verdict::Yes);
    }
}
