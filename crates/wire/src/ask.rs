//! What a question gives back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Cart, Claim, Confirm, Constraint, Evidence, Hit, MemoryNote, Order, Pick, ReviewSummary, Step, Table,
};

/// The reply of `russet ask --json` and, for those that accept `application/json`, of `POST /api/ask`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AskReply {
    /// The conversation that it belongs to.
    pub session: String,
    /// The language of the answer, a BCP 47 tag.
    pub language: String,
    /// What kind of question it was, such as `answer`, `find`, `compare`, `decide` or `suit`.
    pub intent: String,
    /// The answer as prose.
    pub text: String,
    /// What it states; every clause of `text` about a product or the shop is one of these.
    pub claims: Vec<Claim>,
    /// What the claims rest on, each row once.
    pub evidence: Vec<Evidence>,
    /// Products that the answer shows, best first.
    pub products: Vec<Recommended>,
    /// Products side by side, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<Table>,
    /// A decision between products, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pick: Option<Pick>,
    /// The reasoning on what suits, step by step; only where that was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Whether the shop's data does not say what was asked.
    pub abstained: bool,
    /// What was asked and not found.
    pub missing: Vec<String>,
    /// Where it was looked for, such as `8 attributes`.
    pub looked_at: Vec<String>,
    /// What had to be given up to find anything.
    pub relaxed: Vec<String>,
    /// Questions that could come next.
    pub follow_ups: Vec<String>,
    /// What reviewers say, in numbers; only where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<ReviewSummary>,
    /// The language model that phrased it.
    pub model: ModelUse,
    /// How long it took.
    pub timings_ms: AskTimings,
    /// The cart, where the reply is about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cart: Option<Cart>,
    /// Orders that the reply is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<Order>,
    /// What the shopper is asked before it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm: Option<Confirm>,
    /// What holds for the goods that are looked for, until the shopper takes it away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Chip>,
    /// What the shopper has to say first, where any answer would be a guess.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clarify: Option<String>,
    /// What was remembered, used or erased of what the shopper told of themself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<MemoryNote>,
}

/// Something that holds for the goods that are looked for in a conversation. Its id in `drop` of the next request takes it away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Chip {
    /// The same as long as it is about the same field.
    pub id: String,
    /// In the shopper's words.
    pub label: String,
    /// Why it holds, where it was not said for this search: the day on which the shopper told it of themself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// What it is read as.
    #[serde(flatten)]
    pub constraint: Constraint,
}

/// A product that an answer shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recommended {
    /// The product.
    #[serde(flatten)]
    pub hit: Hit,
    /// Why it is shown; empty where it is the product asked about.
    pub reason: String,
}

/// What a language model did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelUse {
    /// Its name in the registry or at its server; `none` where none was used.
    pub name: String,
    /// Tokens that it read.
    pub tokens_in: u64,
    /// Tokens that it wrote.
    pub tokens_out: u64,
}

/// Milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AskTimings {
    /// From the question to the first part of the answer.
    pub first_part: f64,
    /// From the question to the end of the answer.
    pub total: f64,
}

impl ModelUse {
    /// No model.
    pub fn none() -> Self {
        Self { name: "none".to_owned(), tokens_in: 0, tokens_out: 0 }
    }
}
