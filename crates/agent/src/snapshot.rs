//! The state at one place of the journal, so that a long session need not be replayed from its beginning.

use serde::{Deserialize, Serialize};

use crate::entry::FORMAT;
use crate::{JournalError, Seq, State};

/// A state with the version of its format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    v: u32,
    state: State,
}

impl Snapshot {
    /// The state as it is now.
    pub fn of(state: &State) -> Self {
        Self { v: FORMAT, state: state.clone() }
    }

    /// The last entry that is in it.
    pub fn seq(&self) -> Seq {
        self.state.seq
    }

    /// The state in it; its `seq` says which entries follow.
    pub fn into_state(self) -> State {
        self.state
    }

    /// The snapshot as one line of JSON.
    pub fn to_line(&self) -> String {
        serde_json::to_string(self).expect("states have text keys and no failing serialisers")
    }

    /// Reads a snapshot. One that cannot be read is no loss: the journal gives the same state.
    pub fn parse(line: &str) -> Result<Self, JournalError> {
        let snapshot: Self = serde_json::from_str(line)
            .map_err(|error| JournalError::Unreadable { why: error.to_string() })?;
        if snapshot.v > FORMAT {
            return Err(JournalError::Newer { found: snapshot.v, known: FORMAT });
        }
        Ok(snapshot)
    }
}
