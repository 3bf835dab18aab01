//! What is remembered of a shopper.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The reply of `GET /api/memory` and `russet memory list --json`: all that is remembered of one shopper.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Memory {
    /// Whether it is of somebody who signed in; what is known of others ends with their conversation.
    pub signed_in: bool,
    /// Newest first; what does not hold any more stays among them until it is erased.
    pub facts: Vec<Fact>,
}

/// Something that a shopper told of themself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Its name, `fct_…`.
    pub id: String,
    /// What it is about, such as `size`. Facts of one topic contradict each other, and the newest holds.
    pub topic: String,
    /// What it says, such as `M`.
    pub content: String,
    /// As a sentence to the shopper.
    pub text: String,
    /// The message that said so, letter by letter.
    pub words: String,
    /// When it was said, RFC 3339.
    pub said_at: String,
    /// The conversation in which it was said.
    pub session: String,
    /// How far it reaches.
    pub scope: FactScope,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// When it stops holding, RFC 3339; absent where it holds until it is erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Whether it holds.
    pub status: FactStatus,
    /// The later fact that says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<String>,
}

/// How far a fact reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactScope {
    /// Its conversation only.
    Session,
    /// All conversations of the shopper.
    Shopper,
    /// All conversations of the shop.
    Shop,
}

/// Whether a fact holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactStatus {
    /// It does.
    Current,
    /// A later one says otherwise.
    Superseded,
    /// Its time has run out.
    Expired,
}

/// What a reply has to do with what is remembered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MemoryNote {
    /// What was learned from the message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub learned: Vec<Fact>,
    /// What counted in the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<Fact>,
    /// What the shopper asked to see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<Fact>,
    /// The ids of what was erased.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<String>,
}

/// The body of `PUT /api/memory/{id}`: what a fact should have said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FactEdit {
    /// What it says from here on, such as `L`, or as a sentence, such as `I wear size L`.
    pub content: String,
}

impl MemoryNote {
    /// The note, where there is anything in it.
    pub fn some(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}
