//! The state at one place of the journal, so that a long session need not be replayed from its beginning.

use serde::{Deserialize, Serialize};

use crate::entry::{FORMAT, SLIM, WHOLE};
use crate::{Digest, JournalError, Seq, SharedSettings, Shelf, State};

/// A state with the version of its format.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    state: State,
}

/// A snapshot as it is stored. `settings` names those that are not in the state.
#[derive(Serialize, Deserialize)]
struct Stored<S> {
    v: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    settings: Option<Digest>,
    state: S,
}

impl Snapshot {
    /// The state as it is now.
    pub fn of(state: &State) -> Self {
        Self { state: state.clone() }
    }

    /// The last entry that is in it.
    pub fn seq(&self) -> Seq {
        self.state.seq
    }

    /// What the session runs under there.
    pub fn settings(&self) -> &SharedSettings {
        &self.state.settings
    }

    /// The state in it; its `seq` says which entries follow.
    pub fn into_state(self) -> State {
        self.state
    }

    /// The snapshot as one line of JSON with everything in it.
    pub fn to_line(&self) -> String {
        write(&Stored { v: WHOLE, settings: None, state: &self.state })
    }

    /// The snapshot as one line of JSON that names its settings, for a store that keeps them once.
    pub fn to_slim_line(&self) -> String {
        let settings = Some(self.state.settings.digest());
        let state = State { settings: SharedSettings::apart(), ..self.state.clone() };
        write(&Stored { v: SLIM, settings, state: &state })
    }

    /// Reads a snapshot that has everything in it. One that cannot be read is no loss: the journal gives the same state.
    pub fn parse(line: &str) -> Result<Self, JournalError> {
        Self::parse_slim(line, &Shelf::default())
    }

    /// Reads a snapshot; settings that it names are taken from the shelf.
    pub fn parse_slim(line: &str, shelf: &Shelf) -> Result<Self, JournalError> {
        let Stored { v, settings, mut state }: Stored<State> = serde_json::from_str(line)
            .map_err(|error| JournalError::Unreadable { why: error.to_string() })?;
        if v > FORMAT {
            return Err(JournalError::Newer { found: v, known: FORMAT });
        }
        state.settings = shelf.find(settings, &state.settings)?;
        Ok(Self { state })
    }
}

fn write(stored: &Stored<&State>) -> String {
    serde_json::to_string(stored).expect("states have text keys and no failing serialisers")
}
