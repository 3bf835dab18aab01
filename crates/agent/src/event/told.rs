//! Somebody says what became of a key.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::{again, done, give_up, settle};
use crate::writer::Writer;
use crate::{Failure, Fate, Idempotency, Key, Private, StaffId, Stage, State};

/// The answer to the question what became of a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Which activity.
    pub key: Key,
    /// Who says so.
    pub by: Teller,
    /// What became of it.
    pub fate: KeyFate,
}

/// Who says what became of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Teller {
    /// The callee.
    Callee,
    /// A member of the staff who looked into what was handed over.
    Staff(StaffId),
}

/// What became of a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyFate {
    /// It was done.
    Done {
        /// What it gave, if that is still known.
        output: Option<Private>,
    },
    /// It was refused for good.
    Refused {
        /// Why.
        why: Private,
    },
    /// It has not arrived.
    NotSeen,
    /// It is being worked on.
    Running,
    /// Such an old key is not remembered, or nothing is.
    Forgotten,
}

impl Incoming for Told {
    fn is_news(&self, state: &State) -> bool {
        let Some(activity) = state.activities.get(&self.key) else { return false };
        let is_an_answer = matches!(self.fate, KeyFate::Done { .. } | KeyFate::Refused { .. });
        let is_staff = matches!(self.by, Teller::Staff(_));
        match activity.stage {
            Stage::Asking { .. } => self.fate != KeyFate::Running,
            Stage::Abandoned => is_an_answer && (is_staff || !activity.is_undo_tried),
            _ => false,
        }
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        match &self.fate {
            KeyFate::Done { output } => done(writer, self.key, output.as_ref()),
            KeyFate::Refused { why } => {
                settle(writer, self.key, Fate::Failed(Failure::Refused { why: why.clone() }));
            }
            KeyFate::NotSeen if is_believed(writer.state(), self.key) => again(writer, self.key),
            KeyFate::NotSeen | KeyFate::Forgotten => give_up(writer, self.key),
            KeyFate::Running => {}
        }
    }
}

/// A callee that forgets keys after a while may call an old one not seen.
fn is_believed(state: &State, key: Key) -> bool {
    let Some(activity) = state.activities.get(&key) else { return false };
    match (&activity.rules.idempotency, activity.first_issued_at) {
        (Idempotency::Keyed { remembers_ms, .. }, Some(first)) => state.now.since(first) <= *remembers_ms,
        _ => false,
    }
}
