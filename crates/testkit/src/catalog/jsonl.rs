//! A generated catalog in Russet's own format: one JSON object a line.

use commerce::{Listing, Money, Product, Review, Variant};
use serde_json::{Value, json};

/// The lines of a feed, each with its line end: the shop, then every product followed by its reviews.
pub fn jsonl(listings: impl Iterator<Item = Listing>) -> impl Iterator<Item = String> {
    let shop = json!({"type": "shop", "name": "Generated", "currency": "USD", "url": "https://shop.example"});
    std::iter::once(format!("{shop}\n")).chain(listings.map(|listing| {
        let mut lines = format!("{}\n", product(&listing.product));
        for review in &listing.reviews {
            lines.push_str(&format!("{}\n", self::review(review, &listing.product)));
        }
        lines
    }))
}

fn product(product: &Product) -> Value {
    let attributes: serde_json::Map<String, Value> = product
        .attributes
        .iter()
        .map(|attribute| {
            let values: Vec<String> = attribute.values.iter().map(commerce::Value::display).collect();
            (attribute.label.clone(), json!(values))
        })
        .collect();
    json!({
        "type": "product",
        "id": product.source_id,
        "title": product.title,
        "brand": product.brand,
        "description": product.description,
        "categories": product.categories.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "url": product.url,
        "images": product.images.iter().map(|image| &image.location).collect::<Vec<_>>(),
        "attributes": attributes,
        "variants": product.variants.iter().map(variant).collect::<Vec<_>>(),
    })
}

fn variant(variant: &Variant) -> Value {
    let price = |money: Money| format!("{} {}", money.amount(), money.currency.code());
    let options: serde_json::Map<String, Value> = variant
        .options
        .iter()
        .map(|(key, choice)| (commerce::Attribute::label(key), json!(choice)))
        .collect();
    let mut line = json!({
        "id": variant.source_id,
        "options": options,
        "price": variant.offer.price.map(price),
        "availability": variant.offer.availability.as_str(),
        "stock": variant.offer.stock,
        "gtin": variant.gtin.map(|gtin| gtin.to_string()),
        "mpn": variant.mpn,
    });
    if let Some(sale) = &variant.offer.sale {
        line["sale"] = json!({"price": price(sale.price)});
    }
    line
}

fn review(review: &Review, product: &Product) -> Value {
    json!({
        "type": "review",
        "id": review.source_id,
        "product": product.source_id,
        "rating": review.stars(),
        "text": review.text,
        "author": review.author,
        "verified": review.is_verified,
    })
}
