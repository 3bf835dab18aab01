//! One product, whole.

use std::collections::BTreeMap;

use commerce::{Availability, CategoryPath, Money, ProductId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Rating;

/// The reply of `GET /api/products/{source_id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProductReply {
    /// Russet's id.
    pub id: ProductId,
    /// The id that the feed gave.
    pub source_id: String,
    /// Plain text.
    pub title: String,
    /// Plain text; paragraphs and list items stand on lines of their own.
    pub description: String,
    /// The maker; empty where unknown.
    pub brand: String,
    /// The main one first.
    pub categories: Vec<CategoryPath>,
    /// The product's page; empty where unknown.
    pub url: String,
    /// Absolute URLs, or paths on this server that start with `/images/`; the main one first.
    pub images: Vec<String>,
    /// What buyers gave it; `null` without a rated review.
    pub rating: Option<Rating>,
    /// What holds for every variant.
    pub attributes: Vec<Stated>,
    /// At least one.
    pub variants: Vec<VariantReply>,
}

/// One buyable form of a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VariantReply {
    /// The id that the feed gave.
    pub source_id: String,
    /// The options, such as `M, Blue`; empty where there are none.
    pub title: String,
    /// Option to choice.
    pub options: BTreeMap<String, String>,
    /// What is paid now; `null` where the feed gives no price.
    pub price: Option<Money>,
    /// The regular price while a sale holds, else `null`.
    pub regular_price: Option<Money>,
    /// Whether it can be bought.
    pub availability: Availability,
    /// What holds for this variant only.
    pub attributes: Vec<Stated>,
}

/// A stated property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stated {
    /// The field that facets, filters and constraints call it by.
    pub key: String,
    /// The name as a shopper reads it.
    pub label: String,
    /// As the feed wrote them, typed values in their own unit.
    pub values: Vec<String>,
}
