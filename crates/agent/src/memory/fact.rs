//! One fact.

use serde::{Deserialize, Serialize};

use crate::{FactId, MessageId, OwnerId, Private, SessionId, Time};

/// Something that is remembered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Its name.
    pub id: FactId,
    /// Whose it is; for a fact of the shop, who wrote it down.
    pub owner: OwnerId,
    /// How far it reaches.
    pub scope: FactScope,
    /// What it is about, such as "shoe size". Facts of the same topic contradict each other; the newest holds.
    pub topic: Private,
    /// What it says.
    pub content: Private,
    /// Where it comes from.
    pub provenance: Provenance,
    /// How sure it is, in thousandths.
    pub confidence_permille: u16,
    /// When it was learned.
    pub learned_at: Time,
    /// When it stops holding.
    pub expires_at: Option<Time>,
    /// Whether it holds.
    pub status: FactStatus,
}

/// How far a fact reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactScope {
    /// This session only.
    Session,
    /// All sessions of its owner.
    Shopper,
    /// All sessions of the shop. Only staff teaches such facts.
    Shop,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// In which session it was said.
    pub session: SessionId,
    /// In which message.
    pub message: Option<MessageId>,
    /// The words.
    pub words: Private,
}

/// Whether a fact holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactStatus {
    /// It does.
    Current,
    /// A later one of the same topic says otherwise. It stays listed.
    Superseded {
        /// By which.
        by: FactId,
    },
    /// Its words are gone; that there was one stays known.
    Erased,
    /// It is another session's now, which its owner goes on in.
    Moved {
        /// Which.
        to: SessionId,
    },
}

impl Fact {
    /// Whether it holds at this moment.
    pub fn holds_at(&self, now: Time) -> bool {
        self.status == FactStatus::Current && self.expires_at.is_none_or(|end| end > now)
    }

    /// All contents that it refers to.
    pub fn privates(&self) -> [&Private; 3] {
        [&self.topic, &self.content, &self.provenance.words]
    }
}
