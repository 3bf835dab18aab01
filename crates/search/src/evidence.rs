//! Evidence: one row for each sentence or attribute that an answer may cite.

use commerce::{DocumentKind, EvidenceId, ProductId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that the shop's data says, in its own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// Derived from origin, place and text.
    pub id: EvidenceId,
    /// Where it stands.
    pub kind: EvidenceKind,
    /// The product it is about; `None` for the whole shop or a category.
    pub product: Option<ProductId>,
    /// The source id of the review, question or document; the key of the attribute; `description`, `title` or `offer`.
    pub source: String,
    /// The sentence, letter by letter; for an attribute `Label: value, value`.
    pub quote: String,
    /// What the sentence stands under: an attribute's label, the question that is answered, a document's title and
    /// heading, a review's title; empty where nothing is.
    #[serde(default)]
    pub context: String,
    /// The review's rating from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<f32>,
    /// When the review was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Timestamp>,
    /// The place among the rows of its origin.
    pub position: u32,
    /// What the document is, for a sentence of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentKind>,
}

/// The kinds of evidence, in the order of their authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A typed attribute or option.
    Attribute,
    /// Price and stock.
    Offer,
    /// A sentence of the title or description.
    Description,
    /// A sentence of an answer to a shopper's question.
    Question,
    /// A sentence of a review.
    Review,
    /// A sentence of a policy.
    Policy,
    /// A sentence of a guide or any other page.
    Page,
    /// What comes with the program and not from the shop, such as climate normals; no index holds it.
    Reference,
}
