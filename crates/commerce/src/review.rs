//! What buyers wrote.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ReviewId;

/// One review of a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// Derived from `source_id`.
    pub id: ReviewId,
    /// The id that the feed gave.
    pub source_id: String,
    /// The product it is about.
    pub product: ProductRef,
    /// From 0 (worst) to 1 (best), scaled from the feed's own range; `None` where no rating was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<f32>,
    /// Plain text; often the first words of `text`.
    #[serde(default)]
    pub title: String,
    /// Plain text.
    pub text: String,
    /// The name that the reviewer goes by; empty for anonymous.
    #[serde(default)]
    pub author: String,
    /// When it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Timestamp>,
    /// Whether the shop knows that the reviewer bought it.
    #[serde(default)]
    pub is_verified: bool,
}

/// The ways in which a feed names the product that a review, a question or a document is about. Any one that matches
/// is enough; they are tried in the order of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProductRef {
    /// Source ids or SKUs of products or variants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_ids: Vec<String>,
    /// Trade item numbers, normalised to 14 digits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gtins: Vec<String>,
    /// Maker's part numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mpns: Vec<String>,
    /// Product pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
}

impl ProductRef {
    /// The product or variant of this source id.
    pub fn source_id(id: impl Into<String>) -> Self {
        Self { source_ids: vec![id.into()], ..Self::default() }
    }

    /// Whether it names nothing.
    pub fn is_empty(&self) -> bool {
        self.source_ids.is_empty() && self.gtins.is_empty() && self.mpns.is_empty() && self.urls.is_empty()
    }
}

impl Review {
    /// The rating in stars, from 1 to 5.
    pub fn stars(&self) -> Option<f32> {
        self.rating.map(|rating| 1.0 + 4.0 * rating)
    }
}
