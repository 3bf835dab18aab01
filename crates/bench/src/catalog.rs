//! The generated catalog as files: a feed for Russet, and the same products as documents for the peer.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use commerce::{Listing, Product};
use serde_json::{Value, json};
use testkit::catalog;

/// Writes the feed of so many products.
pub fn write_feed(path: &Path, seed: u64, products: usize) -> anyhow::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for line in catalog::jsonl(catalog::generate(seed, products)) {
        file.write_all(line.as_bytes())?;
    }
    Ok(file.flush()?)
}

/// A product as a flat document: what a search is made in, and the price.
pub fn document(listing: &Listing) -> Value {
    let product = &listing.product;
    let attributes = product.attributes.iter().flat_map(|attribute| {
        attribute.values.iter().map(|value| format!("{}: {}", attribute.label, value.display()))
    });
    json!({
        "id": product.source_id,
        "title": product.title,
        "brand": product.brand,
        "description": product.description,
        "categories": product.categories.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "attributes": attributes.collect::<Vec<_>>(),
        "options": options(product),
        "price": cheapest(product),
    })
}

fn options(product: &Product) -> Vec<&String> {
    let mut choices: Vec<&String> = product.variants.iter().flat_map(|v| v.options.values()).collect();
    choices.sort();
    choices.dedup();
    choices
}

fn cheapest(product: &Product) -> f64 {
    let prices = product.variants.iter().filter_map(|variant| variant.offer.price);
    prices.map(|price| price.amount_minor).min().unwrap_or(0) as f64 / 100.0
}
