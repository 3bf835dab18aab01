//! Pages, guides and policies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DocumentId, ProductRef};

/// A text of the shop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Derived from `source_id`.
    pub id: DocumentId,
    /// The id that the feed gave, else the file name or URL of the page.
    pub source_id: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Plain text.
    pub title: String,
    /// Plain text: blank lines between paragraphs, headings on lines that start with `#`, list items on lines that
    /// start with `- `, table rows as lines `Column: cell; Column: cell`.
    pub text: String,
    /// Its page; empty where unknown.
    #[serde(default)]
    pub url: String,
    /// The products it is about; empty for the whole shop.
    #[serde(default)]
    pub products: ProductRef,
    /// The names of categories that it is about; empty for all.
    #[serde(default)]
    pub categories: Vec<String>,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Returns, exchanges and refunds.
    Returns,
    /// Delivery: ways, times, costs.
    Shipping,
    /// Warranty and repairs.
    Warranty,
    /// What is done with personal data.
    Privacy,
    /// Ways to pay.
    Payment,
    /// Any other rule of the shop.
    Policy,
    /// Sizes, care, how to choose.
    Guide,
    /// Questions and answers about the shop.
    Faq,
    /// Any other page.
    Page,
}

impl DocumentKind {
    /// Whether it states what the shop promises or demands.
    pub fn is_policy(self) -> bool {
        matches!(
            self,
            Self::Returns | Self::Shipping | Self::Warranty | Self::Privacy | Self::Payment | Self::Policy
        )
    }
}
