//! A callee says what it would do.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::{ask_person, settle};
use crate::writer::Writer;
use crate::{Failure, Fate, Key, Private, Review, Stage, State};

/// The text that a person is asked to approve, from the callee that would act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Previewed {
    /// Which activity.
    pub key: Key,
    /// The text; nothing where the callee would refuse or could not say.
    pub text: Option<Private>,
    /// Who else must say yes to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
}

impl Incoming for Previewed {
    fn is_news(&self, state: &State) -> bool {
        state.activities.get(&self.key).is_some_and(|activity| {
            // What somebody has said yes to stands, however late the callee says once more what it would do.
            let is_sought = activity.preview_until.is_some() && !activity.is_granted();
            is_sought && matches!(activity.stage, Stage::Proposed { .. })
        })
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        match self.text.as_ref().filter(|text| writer.contents().text(text).is_some()) {
            Some(text) => ask_person(writer, self.key, text.clone(), self.review),
            None => settle(writer, self.key, Fate::Failed(Failure::NoPreview)),
        }
    }
}
