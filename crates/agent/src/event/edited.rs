//! A person changes what they are asked to approve.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::revise;
use crate::writer::Writer;
use crate::{Actor, Digest, Key, Private, Stage, State};

/// Another input for a call that waits for approval. The question is asked anew with a text that fits it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edited {
    /// Which activity.
    pub key: Key,
    /// The digest of the text that the person saw.
    pub digest: Digest,
    /// What the tool is to be given instead.
    pub input: Private,
    /// Who.
    pub by: Actor,
}

impl Incoming for Edited {
    fn is_news(&self, state: &State) -> bool {
        let activity = state.activities.get(&self.key);
        activity.is_some_and(|activity| matches!(activity.stage, Stage::AwaitingApproval { .. }))
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        revise(writer, self.key, &self.digest, &self.input, &self.by);
    }
}
