//! Settings that many sessions run under: in memory once, and in a store once.
//!
//! An entry that says the settings whole is as long as all tools together. So a store keeps their text under its digest, and
//! an entry there names the digest. The digest is of the text as it was written, so a later version, which would write the
//! same settings differently, still finds and checks them.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Settings;
use crate::digest::canonical;
use crate::{Digest, JournalError};

/// How many settings a [`Shelf`] holds: the same shop has others only after its policy or the program has changed.
const MAX_SHELVED: usize = 64;

/// Settings with the digest of their text. Clones share them.
#[derive(Clone, Debug)]
pub struct SharedSettings(Arc<Known>);

#[derive(Debug)]
struct Known {
    digest: Digest,
    settings: Settings,
}

/// In the place of settings that stand elsewhere. It does not leave this crate.
static APART: LazyLock<SharedSettings> = LazyLock::new(|| SharedSettings::from(Settings::default()));

impl SharedSettings {
    /// The digest of their text.
    pub fn digest(&self) -> Digest {
        self.0.digest
    }

    /// Their text, as it is kept under the digest. Settings that were read from a text of another version are written anew
    /// nowhere: they are kept already.
    pub fn to_line(&self) -> String {
        serde_json::to_string(&self.0.settings).expect("settings have text keys and no failing serialisers")
    }

    pub(crate) fn apart() -> Self {
        APART.clone()
    }

    pub(crate) fn is_apart(&self) -> bool {
        Arc::ptr_eq(&self.0, &APART.0)
    }
}

impl From<Settings> for SharedSettings {
    fn from(settings: Settings) -> Self {
        let digest = Digest::of(&[&canonical(&settings)]);
        Self(Arc::new(Known { digest, settings }))
    }
}

impl Deref for SharedSettings {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        &self.0.settings
    }
}

impl PartialEq for SharedSettings {
    fn eq(&self, other: &Self) -> bool {
        self.0.digest == other.0.digest
    }
}

impl Serialize for SharedSettings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.settings.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SharedSettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Settings::deserialize(deserializer).map(Self::from)
    }
}

/// Settings by digest, for reading entries and snapshots that name them.
#[derive(Clone, Debug, Default)]
pub struct Shelf(BTreeMap<Digest, SharedSettings>);

impl Shelf {
    /// Puts settings on it.
    pub fn put(&mut self, settings: &SharedSettings) {
        if self.0.len() >= MAX_SHELVED {
            self.0.clear();
        }
        self.0.insert(settings.digest(), settings.clone());
    }

    /// Puts on it what was kept under a digest. A text that has another digest is damaged.
    pub fn put_line(&mut self, digest: Digest, line: &str) -> Result<(), JournalError> {
        let unreadable = |why: String| JournalError::Unreadable { why };
        if Digest::of(&[line.as_bytes()]) != digest {
            return Err(unreadable(format!("what is kept as the settings {digest} is something else")));
        }
        let settings: Settings = serde_json::from_str(line).map_err(|error| unreadable(error.to_string()))?;
        self.put(&SharedSettings(Arc::new(Known { digest, settings })));
        Ok(())
    }

    /// Whether these are on it.
    pub fn has(&self, digest: &Digest) -> bool {
        self.0.contains_key(digest)
    }

    /// Those that a stored line names, or that stand in it.
    pub(crate) fn find(
        &self,
        named: Option<Digest>,
        within: &SharedSettings,
    ) -> Result<SharedSettings, JournalError> {
        match named {
            Some(digest) => self.0.get(&digest).cloned().ok_or(JournalError::NoSettings { digest }),
            None if within.is_apart() => {
                Err(JournalError::Unreadable { why: "there are no settings in it".to_owned() })
            }
            None => Ok(within.clone()),
        }
    }
}
