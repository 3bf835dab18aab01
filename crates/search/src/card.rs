//! What a hit shows of a product, kept apart from the whole product so that a page of hits is quick to read.

use commerce::{Availability, Money, Product, ProductId};
use serde::{Deserialize, Serialize};

use crate::slots::MAX_VARIANTS;

/// A product as a hit shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) id: ProductId,
    pub(crate) source_id: String,
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) image: String,
    pub(crate) is_simple: bool,
    pub(crate) variants: Vec<VariantCard>,
}

/// A variant as a hit shows it; what is empty is as the product has it. The price is what is paid outside of sales.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct VariantCard {
    pub(crate) source_id: String,
    pub(crate) title: String,
    pub(crate) price: Option<Money>,
    pub(crate) availability: Availability,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) url: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) image: String,
}

impl Card {
    /// The card of a product.
    pub(crate) fn of(product: &Product) -> Self {
        let location = |image: &commerce::Image| image.location.clone();
        let variants = product.variants.iter().take(MAX_VARIANTS).map(|variant| VariantCard {
            source_id: variant.source_id.clone(),
            title: variant.title.clone(),
            price: variant.offer.price,
            availability: variant.offer.availability,
            url: variant.url.clone(),
            image: variant.images.first().map(location).unwrap_or_default(),
        });
        Self {
            id: product.id.clone(),
            source_id: product.source_id.clone(),
            title: product.title.clone(),
            url: product.url.clone(),
            image: product.image().map(location).unwrap_or_default(),
            is_simple: product.is_simple(),
            variants: variants.collect(),
        }
    }
}
