//! A whole product as it crosses the wire.

use commerce::{Attributes, Product, Variant};
use jiff::Timestamp;
use search::Index;

use super::hit::{image_url, rating, regular_price};

/// A product with the prices of this time.
pub(crate) fn product(product: &Product, index: &Index, now: Timestamp) -> wire::ProductReply {
    wire::ProductReply {
        id: product.id.clone(),
        source_id: product.source_id.clone(),
        title: product.title.clone(),
        description: product.description.clone(),
        brand: product.brand.clone(),
        categories: product.categories.clone(),
        url: product.url.clone(),
        images: product.images.iter().filter_map(|image| image_url(&image.location)).collect(),
        rating: rating(&product.id, index),
        attributes: stated(&product.attributes),
        variants: product.variants.iter().map(|own| variant(own, now)).collect(),
    }
}

fn variant(variant: &Variant, now: Timestamp) -> wire::VariantReply {
    wire::VariantReply {
        source_id: variant.source_id.clone(),
        title: variant.title.clone(),
        options: variant.options.clone(),
        price: variant.offer.price_at(now),
        regular_price: regular_price(&variant.offer, now),
        availability: variant.offer.availability,
        attributes: stated(&variant.attributes),
    }
}

fn stated(attributes: &Attributes) -> Vec<wire::Stated> {
    let stated = attributes.iter().map(|attribute| wire::Stated {
        key: attribute.key.clone(),
        label: attribute.label.clone(),
        values: attribute.values.iter().map(commerce::Value::display).collect(),
    });
    stated.collect()
}
