//! Calls of which nobody could say what became of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One call that somebody of the shop has to look into, or has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unsettled {
    /// How it is named: `ses_….12`.
    pub id: String,
    /// The shopper's id; left out for a guest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shopper: Option<String>,
    /// The tool that was used.
    pub tool: String,
    /// What it was given; `null` where that was erased.
    pub input: Value,
    /// Since when nobody knows, RFC 3339.
    pub since: String,
    /// What the call is, as the shopper said yes to it where they had to.
    pub text: String,
    /// The digest of the text. Whoever settles the call repeats it.
    pub digest: String,
    /// What the shop's books say of it now.
    pub books: BooksSay,
    /// Whether there is a tool that takes it back.
    pub can_take_back: bool,
    /// How far it is.
    pub status: UnsettledStatus,
    /// Who said what became of it; left out while nobody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settled>,
    /// What the shopper reads of it; empty while nobody knows.
    pub outcome: String,
}

/// What books say of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BooksSay {
    /// It was carried out.
    Done,
    /// They have not seen it.
    NotSeen,
    /// They cannot be asked just now.
    Nothing,
}

/// How far such a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnsettledStatus {
    /// Nobody knows.
    Unknown,
    /// It was done.
    Happened,
    /// It was not done and will not be.
    NotHappened,
    /// It is being taken back.
    BeingTakenBack,
    /// It was taken back.
    TakenBack,
}

/// Who settled a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Settled {
    /// `staff:NAME`.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
    /// What they said.
    pub verdict: SettledAs,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettledAs {
    /// It was done.
    Happened,
    /// It was not done and will not be.
    NotHappened,
    /// It was taken back by hand, whether or not it was done.
    TakenBack,
    /// It is to be taken back by the tool that does so.
    TakeBack,
}

/// What has to be looked into.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UnsettledList {
    /// The oldest first.
    pub calls: Vec<Unsettled>,
}

/// What somebody of the shop says of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// The digest of the text that was read.
    pub digest: String,
    /// What became of it.
    pub verdict: SettledAs,
    /// What the shopper is told besides; may be left out.
    #[serde(default)]
    pub result: String,
}
