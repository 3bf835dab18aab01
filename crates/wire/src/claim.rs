//! What an answer states, and what it states it by.

use commerce::{EvidenceId, ProductId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing that an answer states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// As a sentence.
    pub text: String,
    /// The product that it is about; `null` for the shop as a whole.
    pub product: Option<ProductId>,
    /// Which way it speaks.
    pub polarity: Polarity,
    /// How it follows from the evidence.
    pub support: Support,
    /// At least one row of the reply's `evidence`.
    pub evidence: Vec<EvidenceId>,
}

/// Which way a claim answers the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// It speaks for what was asked.
    Positive,
    /// It speaks against.
    Negative,
    /// It informs.
    Neutral,
    /// The evidence speaks both ways.
    Mixed,
}

/// How a claim follows from its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// The evidence says it.
    Stated,
    /// Rows of evidence were counted.
    Counted,
    /// It was worked out from typed values, such as a sum, a comparison or a change of unit.
    Derived,
}

/// Something that the shop's data says, in its own words, or a row of a reference that comes with Russet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Stable as long as the text stands where it stands.
    pub id: EvidenceId,
    /// Where it stands.
    pub kind: EvidenceKind,
    /// The product that it is about; `null` for the shop as a whole or a category.
    pub product: Option<ProductId>,
    /// The id that the feed gave the review, question or document; the key of the attribute; `description`, `title` or
    /// `offer`.
    pub source: String,
    /// Letter by letter.
    pub quote: String,
    /// What the quote stands under, such as the title of a document or the question that it answers; empty where nothing
    /// is.
    #[serde(default)]
    pub context: String,
}

/// Where evidence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A typed attribute or option.
    Attribute,
    /// The title or description.
    Description,
    /// A review.
    Review,
    /// A question of a shopper with its answers.
    Question,
    /// A policy of the shop.
    Policy,
    /// A guide or any other page.
    Page,
    /// Price and stock.
    Offer,
    /// What comes with Russet and not from the shop, such as climate normals; the context names the source.
    Reference,
}
