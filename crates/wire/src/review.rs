//! What somebody of the shop is asked to look at before it is done.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One call that waits for the staff, or that waited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// How it is named: `ses_….12`.
    pub id: String,
    /// The shopper's id; left out for a guest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shopper: Option<String>,
    /// The tool that would be used.
    pub tool: String,
    /// `waiting`, `asked_anew` (the shopper is asked about a changed text), `under_way`, `done`, `refused`, `expired`, `failed`
    /// or `unknown`.
    pub status: String,
    /// What would be done, as the shopper has read it.
    pub text: String,
    /// The digest of the text. An answer repeats it.
    pub digest: String,
    /// What the tool would be given.
    pub input: Value,
    /// When it was asked, RFC 3339.
    pub asked_at: String,
    /// Until when it stands, RFC 3339.
    pub expires_at: String,
    /// What was answered so far, oldest first.
    pub answers: Vec<ReviewAnswer>,
    /// What came of it, as the shopper reads it; empty while it waits.
    pub outcome: String,
}

/// A yes or a no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewAnswer {
    /// Who: `shopper`, `staff:NAME`, or `nobody in time`.
    pub by: String,
    /// Yes or no.
    pub is_yes: bool,
    /// When, RFC 3339.
    pub at: String,
}

/// What waits for the staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewList {
    /// What runs out first stands first.
    pub reviews: Vec<Review>,
}

/// An answer of the staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewVerdict {
    /// The digest of the text that was read.
    pub digest: String,
    /// Another input, for a change.
    #[serde(default)]
    pub input: Value,
}
