//! An answer as it streams: parts of the Vercel AI SDK's UI message stream, one server-sent event each, so that
//! front ends built on `useChat` work.
//!
//! The order is `start`; products; for each clause a `text-delta`, the claims and evidence that are new with it, and a
//! `data-citation`; the evidence of a table, `data-table`, `data-pick` and `data-steps` where there are such; `data-finding`; `finish`; and the line `[DONE]`.

use commerce::EvidenceId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    AskTimings, Cart, Chip, Claim, Confirm, Evidence, MemoryNote, ModelUse, Order, Pick, Recommended,
    ReviewSummary, Step, Table,
};

/// The header that tells front ends what the body is, and its value.
pub const STREAM_HEADER: (&str, &str) = ("x-vercel-ai-ui-message-stream", "v1");

/// The data of the last event.
pub const STREAM_DONE: &str = "[DONE]";

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Part {
    /// The answer begins.
    Start {
        /// The id of the message.
        message_id: String,
        /// What holds for the whole message: `session`, `language`, `intent`.
        message_metadata: MessageMetadata,
    },
    /// Prose begins.
    TextStart {
        /// The id of the prose.
        id: String,
    },
    /// One clause more.
    TextDelta {
        /// The id of the prose.
        id: String,
        /// With the space or line break that stands before it.
        delta: String,
    },
    /// The prose is whole.
    TextEnd {
        /// The id of the prose.
        id: String,
    },
    /// A product card.
    DataProduct {
        /// The product's id.
        id: String,
        /// The product.
        data: Recommended,
    },
    /// A claim that a clause rests on.
    DataClaim {
        /// `claim-` and its place in the answer.
        id: String,
        /// The claim.
        data: Claim,
    },
    /// A row of evidence with its quote.
    DataEvidence {
        /// The row's id.
        id: String,
        /// The row.
        data: Evidence,
    },
    /// Which claims and evidence the clause before it rests on.
    DataCitation {
        /// The citation.
        data: Citation,
    },
    /// The same evidence for front ends that know only the SDK's own parts.
    SourceDocument {
        /// The row's id.
        source_id: String,
        /// Always `text/plain`.
        media_type: String,
        /// The quote.
        title: String,
    },
    /// The cart, where the answer is about it.
    DataCart {
        /// The cart.
        data: Cart,
    },
    /// An order that the answer is about.
    DataOrder {
        /// The order's number.
        id: String,
        /// The order.
        data: Order,
    },
    /// What the shopper is asked before it is done.
    DataConfirm {
        /// Which question.
        id: String,
        /// The question.
        data: Confirm,
    },
    /// Products side by side.
    DataTable {
        /// Always `table`.
        id: String,
        /// The table.
        data: Table,
    },
    /// A decision between products.
    DataPick {
        /// Always `pick`.
        id: String,
        /// The decision.
        data: Pick,
    },
    /// The reasoning on what suits, step by step.
    DataSteps {
        /// Always `steps`.
        id: String,
        /// The steps in their order.
        data: Vec<Step>,
    },
    /// What the answer could not say, and what may be asked next.
    DataFinding {
        /// The finding.
        data: Finding,
    },
    /// The answer failed on the way.
    Error {
        /// For the shopper.
        error_text: String,
    },
    /// The answer is whole.
    Finish {},
}

/// What holds for a whole message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MessageMetadata {
    /// The conversation.
    pub session: String,
    /// The language of the answer.
    pub language: String,
    /// What kind of question it was.
    pub intent: String,
}

/// What one clause rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// The id of the prose that the clause stands in.
    pub text_id: String,
    /// Where the clause begins, in UTF-16 units as JavaScript counts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Places of claims in the answer, from 0.
    pub claims: Vec<u32>,
    /// Rows of evidence.
    pub evidence: Vec<EvidenceId>,
}

/// What remains to be said at the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Whether the shop's data does not say what was asked.
    pub abstained: bool,
    /// What was asked and not found.
    pub missing: Vec<String>,
    /// Where it was looked for.
    pub looked_at: Vec<String>,
    /// What had to be given up to find anything.
    pub relaxed: Vec<String>,
    /// Questions that could come next.
    pub follow_ups: Vec<String>,
    /// What reviewers say, in numbers; only where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<ReviewSummary>,
    /// What holds for the goods that are looked for, until the shopper takes it away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Chip>,
    /// What the shopper has to say first, where any answer would be a guess.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clarify: Option<String>,
    /// What was remembered, used or erased of what the shopper told of themself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<MemoryNote>,
    /// The language model that phrased it.
    pub model: ModelUse,
    /// How long it took.
    pub timings_ms: AskTimings,
}
