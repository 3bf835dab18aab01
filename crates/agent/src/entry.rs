//! One entry of a journal, and the text in which it is stored.

use serde::{Deserialize, Serialize};

use crate::{Digest, Effect, Epoch, EventKind, JournalError, Seq, SharedSettings, Shelf, State, Time};

/// The newest version of the format that this program writes. It reads all up to this.
pub const FORMAT: u32 = 2;
/// The version of what has everything in it.
pub(crate) const WHOLE: u32 = 1;
/// The version of what names settings that are kept elsewhere.
pub(crate) const SLIM: u32 = 2;

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

/// An entry as it is stored. `settings` names those that are not in the body.
#[derive(Serialize, Deserialize)]
struct Stored<B> {
    v: u32,
    seq: Seq,
    at: Time,
    epoch: Epoch,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    settings: Option<Digest>,
    body: B,
}

/// What every version has.
#[derive(Deserialize)]
struct Versioned {
    v: u32,
}

impl Entry {
    /// The entry as one line of JSON with everything in it.
    pub fn to_line(&self) -> String {
        self.write(WHOLE, None, &self.body)
    }

    /// The entry as one line of JSON that names its settings, for a store that keeps them once.
    pub fn to_slim_line(&self) -> String {
        let Some(settings) = self.settings() else { return self.to_line() };
        self.write(SLIM, Some(settings.digest()), &self.body.with_settings(SharedSettings::apart()))
    }

    fn write(&self, v: u32, settings: Option<Digest>, body: &Body) -> String {
        let Self { seq, at, epoch, .. } = *self;
        let stored = Stored { v, seq, at, epoch, settings, body };
        serde_json::to_string(&stored).expect("entries have text keys and no failing serialisers")
    }

    /// The settings that the entry brings.
    pub fn settings(&self) -> Option<&SharedSettings> {
        match &self.body {
            Body::Event(EventKind::Opened(opened)) => Some(&opened.settings),
            Body::Event(EventKind::Configured(configured)) => Some(&configured.settings),
            _ => None,
        }
    }

    /// Reads a line of any version up to [`FORMAT`] that has everything in it.
    pub fn parse(line: &str) -> Result<Self, JournalError> {
        Self::parse_slim(line, &Shelf::default())
    }

    /// Reads a line of any version up to [`FORMAT`]; settings that it names are taken from the shelf.
    pub fn parse_slim(line: &str, shelf: &Shelf) -> Result<Self, JournalError> {
        let (mut entry, named) = Self::read(line)?;
        if let Some(within) = entry.settings() {
            let settings = shelf.find(named, within)?;
            entry.body = entry.body.with_settings(settings);
        }
        Ok(entry)
    }

    fn read(line: &str) -> Result<(Self, Option<Digest>), JournalError> {
        let unreadable = |error: serde_json::Error| JournalError::Unreadable { why: error.to_string() };
        match serde_json::from_str::<Stored<Body>>(line) {
            Ok(Stored { v: WHOLE | SLIM, seq, at, epoch, settings, body }) => {
                Ok((Self { seq, at, epoch, body }, settings))
            }
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

impl Body {
    /// The same body with other settings, where it has any.
    fn with_settings(&self, settings: SharedSettings) -> Self {
        let mut body = self.clone();
        match &mut body {
            Self::Event(EventKind::Opened(opened)) => opened.settings = settings,
            Self::Event(EventKind::Configured(configured)) => configured.settings = settings,
            _ => {}
        }
        body
    }
}
