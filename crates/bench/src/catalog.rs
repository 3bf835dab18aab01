//! The generated catalog: a feed for Russet, and the same products as documents for the peer.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use commerce::{Listing, Product};
use serde_json::{Value, json};
use testkit::catalog;

/// Catalogs of more products are lean, so that a run ends while somebody waits for it: a full one of a million products
/// has nine million rows.
pub const MAX_FULL: usize = 200_000;
/// Variants and reviews of a product of a lean catalog.
const LEAN: (usize, usize) = (2, 1);

/// One catalog of the generator.
#[derive(Clone, Copy, Debug)]
pub struct Catalog {
    /// Seed of the generator.
    pub seed: u64,
    /// How many products it has.
    pub products: usize,
}

impl Catalog {
    /// All products, in the order of their numbers.
    pub fn listings(self) -> impl Iterator<Item = Listing> {
        (0..self.products).map(move |number| self.listing(number))
    }

    /// The product of this number with its reviews.
    pub fn listing(self, number: usize) -> Listing {
        let mut listing = catalog::listing(self.seed, number);
        if self.is_lean() {
            listing.product.variants.truncate(LEAN.0);
            listing.reviews.truncate(LEAN.1);
        }
        listing
    }

    /// The product that the feed knows under this id.
    pub fn product(self, source_id: &str) -> Option<Product> {
        let number = source_id.strip_prefix('G')?.parse().ok()?;
        Some(self.listing(number).product)
    }

    /// Whether products have two variants and one review at most.
    pub fn is_lean(self) -> bool {
        self.products > MAX_FULL
    }

    /// Writes it as a feed.
    pub fn write_feed(self, path: &Path) -> anyhow::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        for line in catalog::jsonl(self.listings()) {
            file.write_all(line.as_bytes())?;
        }
        Ok(file.flush()?)
    }
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
        "reviews": listing.reviews.iter().map(|review| &review.text).collect::<Vec<_>>(),
        "price": cheapest(product),
    })
}

fn options(product: &Product) -> Vec<&String> {
    let mut choices: Vec<&String> = product.variants.iter().flat_map(|v| v.options.values()).collect();
    choices.sort();
    choices.dedup();
    choices
}

/// The lowest price that is paid for any variant.
fn cheapest(product: &Product) -> f64 {
    let paid = |offer: &commerce::Offer| offer.sale.as_ref().map(|sale| sale.price).or(offer.price);
    let prices = product.variants.iter().filter_map(|variant| paid(&variant.offer));
    prices.map(|price| price.amount_minor).min().unwrap_or(0) as f64 / 100.0
}
