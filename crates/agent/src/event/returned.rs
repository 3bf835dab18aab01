//! A callee answers a call.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::{again, done, settle, uncertain};
use crate::writer::Writer;
use crate::{Failure, Fate, Key, Private, Stage, State};

/// The answer to a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Returned {
    /// Which activity.
    pub key: Key,
    /// Which attempt was answered.
    pub attempt: u32,
    /// What the callee says.
    pub answer: Answer,
}

/// What a callee says to a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is done.
    Done {
        /// What it gives.
        output: Private,
    },
    /// It is not done and will not be, under this key.
    Refused {
        /// Why, in words that a shopper understands.
        why: Private,
    },
    /// It was not looked at; try again.
    Busy,
    /// Nobody knows: the connection broke, or the answer made no sense.
    Unclear,
}

impl Incoming for Returned {
    fn is_news(&self, state: &State) -> bool {
        let Some(activity) = state.activities.get(&self.key) else { return false };
        let is_current = self.attempt == activity.attempt;
        if activity.stage == Stage::Abandoned && activity.is_undo_tried {
            return false;
        }
        match (&activity.stage, &self.answer) {
            (Stage::Issued { .. }, Answer::Done { .. }) => true,
            (Stage::Issued { .. }, _) => is_current,
            (Stage::Asking { .. } | Stage::Abandoned, Answer::Done { .. }) => true,
            (Stage::Asking { .. } | Stage::Abandoned, Answer::Refused { .. }) => is_current,
            (Stage::Proposed { .. }, Answer::Done { .. }) => activity.attempt > 0,
            _ => false,
        }
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        match &self.answer {
            Answer::Done { output } => done(writer, self.key, Some(output)),
            Answer::Refused { why } => {
                settle(writer, self.key, Fate::Failed(Failure::Refused { why: why.clone() }));
            }
            Answer::Busy => again(writer, self.key),
            Answer::Unclear => uncertain(writer, self.key),
        }
    }
}
