//! One entry of a journal, and the text in which it is stored.

use serde::{Deserialize, Serialize};

use crate::{Effect, Epoch, EventKind, JournalError, Seq, State, Time};

/// The version of the format that this program writes. It reads all up to this.
pub const FORMAT: u32 = 1;

/// An event or an effect at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place; the first is 1 and there are no gaps.
    pub seq: Seq,
    /// When.
    pub at: Time,
    /// The fencing token of the node that wrote it.
    pub epoch: Epoch,
    /// What.
    pub body: Body,
}

/// An event or an effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Something came in.
    Event(EventKind),
    /// Something was decided.
    Effect(Effect),
}

/// An entry as it is stored, in version 1.
#[derive(Serialize, Deserialize)]
struct Stored<B> {
    v: u32,
    seq: Seq,
    at: Time,
    epoch: Epoch,
    body: B,
}

/// What every version has.
#[derive(Deserialize)]
struct Versioned {
    v: u32,
}

impl Entry {
    /// The entry as one line of JSON.
    pub fn to_line(&self) -> String {
        let Self { seq, at, epoch, body } = self;
        let stored = Stored { v: FORMAT, seq: *seq, at: *at, epoch: *epoch, body };
        serde_json::to_string(&stored).expect("entries have text keys and no failing serialisers")
    }

    /// Reads a line of any version up to [`FORMAT`].
    pub fn parse(line: &str) -> Result<Self, JournalError> {
        let unreadable = |error: serde_json::Error| JournalError::Unreadable { why: error.to_string() };
        match serde_json::from_str::<Stored<Body>>(line) {
            Ok(Stored { v: FORMAT, seq, at, epoch, body }) => Ok(Self { seq, at, epoch, body }),
            // An entry of a newer program may have kinds that this one does not know, so its version is looked at first.
            read => match (serde_json::from_str::<Versioned>(line), read) {
                (Ok(Versioned { v }), _) if v > FORMAT => {
                    Err(JournalError::Newer { found: v, known: FORMAT })
                }
                (_, Err(error)) => Err(unreadable(error)),
                (_, Ok(stored)) => Err(JournalError::Unreadable { why: format!("version {}", stored.v) }),
            },
        }
    }

    /// What the entry changes. Live steps and replay both come through here, and nothing else changes a state.
    pub(crate) fn apply(&self, state: &mut State) {
        state.seq = self.seq;
        state.now = state.now.max(self.at);
        match &self.body {
            Body::Event(event) => event.incoming().apply(state),
            Body::Effect(effect) => effect.outgoing().apply(state, self.seq),
        }
    }
}
