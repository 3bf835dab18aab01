//! Somebody says what became of a key.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::{again, done, give_up, settle, take_back};
use crate::writer::Writer;
use crate::{Digest, Failure, Fate, Idempotency, Key, Private, StaffId, Stage, State};

/// The answer to the question what became of a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Which activity.
    pub key: Key,
    /// Who says so.
    pub by: Teller,
    /// What became of it.
    pub fate: KeyFate,
    /// What a person had read of it who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
}

/// What somebody read before they said what became of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The text.
    pub text: Private,
    /// Its digest, mixed with the idempotency key: it proves which text it was to somebody who has it.
    pub digest: Digest,
}

impl Seen {
    /// The digest of a text that is shown about a call.
    pub fn digest(idempotency_key: &str, text: &str) -> Digest {
        Digest::of(&[idempotency_key.as_bytes(), text.as_bytes()])
    }
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
    /// Somebody has taken it back by hand, whether or not it was done.
    TakenBack,
    /// It is to be taken back by the tool that does so, whether or not it was done.
    TakeBack,
}

impl Incoming for Told {
    fn is_news(&self, state: &State) -> bool {
        let Some(activity) = state.activities.get(&self.key) else { return false };
        let is_staff = matches!(self.by, Teller::Staff(_));
        match (&activity.stage, &self.fate) {
            (Stage::Abandoned, KeyFate::TakenBack) => is_staff,
            (Stage::Abandoned, KeyFate::TakeBack) => is_staff && state.undo_of(activity).is_some(),
            (_, KeyFate::TakenBack | KeyFate::TakeBack | KeyFate::Running) => false,
            (Stage::Asking { .. }, _) => true,
            (Stage::Abandoned, KeyFate::Done { .. } | KeyFate::Refused { .. }) => {
                is_staff || !activity.is_undo_tried
            }
            _ => false,
        }
    }

    fn apply(&self, state: &mut State) {
        let activity = state.activities.get_mut(&self.key).filter(|_| self.seen.is_some());
        if let Some(activity) = activity {
            activity.is_looked_into = true;
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
            KeyFate::TakenBack => settle(writer, self.key, Fate::Compensated),
            KeyFate::TakeBack => take_back(writer, self.key),
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
