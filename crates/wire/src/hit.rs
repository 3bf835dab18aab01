//! One product as a search or an answer shows it.

use commerce::{Availability, Money, ProductId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A product that fits, with the variant of it that fits best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hit {
    /// Russet's id of the product.
    pub id: ProductId,
    /// The id that the feed gave the product or, for variants in rows of their own, their group.
    pub source_id: String,
    /// Plain text.
    pub title: String,
    /// The variant that fits; `null` where any of them does.
    pub variant: Option<VariantRef>,
    /// What is paid now; `null` where the feed gives no price.
    pub price: Option<Money>,
    /// The regular price while a sale holds, else `null`.
    pub regular_price: Option<Money>,
    /// Of the variant or, without one, the best of all variants.
    pub availability: Availability,
    /// What buyers gave it; `null` without a rated review.
    pub rating: Option<Rating>,
    /// The product's page; empty where unknown.
    pub url: String,
    /// An absolute URL, or a path on this server that starts with `/images/`; `null` without a picture.
    pub image: Option<String>,
    /// Higher fits better; comparable within one reply only.
    pub score: f32,
}

/// A variant by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VariantRef {
    /// The id that the feed gave the variant: the row's id or SKU.
    pub source_id: String,
    /// The options, such as `M, Blue`.
    pub title: String,
}

/// The mean of the ratings of buyers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rating {
    /// From 1 to 5.
    pub stars: f32,
    /// How many rated.
    pub count: u32,
}
