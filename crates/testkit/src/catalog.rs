//! Catalogs of any size from a seed, for benchmarks and for tests that need many products. The same seed gives the same
//! catalog everywhere, and a product does not depend on how many others there are.
//!
//! They look like those of real shops where it matters for speed: words as frequent as in natural language (Zipf),
//! two dozen trades with attributes and units of their own, brands of very different size, one to twelve variants,
//! descriptions of two to five sentences, and few products with most of the reviews.

mod google;
mod jsonl;
mod prose;
mod random;
mod trade_table;

use commerce::{
    Attribute, Availability, Gtin, Image, Listing, Offer, Product, ProductId, ProductRef, Review, ReviewId,
    Sale, Variant,
};

use crate::fixtures;
pub use google::{google_tsv, google_xml};
pub use jsonl::jsonl;
use prose::Prose;
use random::Random;
use trade_table::{Facts, TRADES, Trade};

/// How many makers there are.
const BRANDS: usize = 600;
/// The most variants of a product.
const MAX_VARIANTS: usize = 12;
/// The most reviews of a product.
const MAX_REVIEWS: usize = 40;

/// So many products with their reviews: about seven variants and two reviews each.
pub fn generate(seed: u64, products: usize) -> impl Iterator<Item = Listing> + Send + Clone {
    (0..products).map(move |number| listing(seed, number))
}

/// The product of this number.
pub fn listing(seed: u64, number: usize) -> Listing {
    let mut random = Random::new(seed, number as u64);
    let trade = &TRADES[random.zipf(TRADES.len())];
    let product = product(&mut random, trade, number);
    let reviews = reviews(&mut random, &product);
    Listing { reviews, ..Listing::from(product) }
}

fn product(random: &mut Random, trade: &Trade, number: usize) -> Product {
    let source_id = format!("G{number:07}");
    let noun = *random.pick(trade.nouns);
    let brand = prose::name(random.zipf(BRANDS) as u64);
    let model = prose::name(random.below(1_000_000) + BRANDS as u64);
    let adjective = *random.pick(prose::ADJECTIVES);
    let url = format!("https://shop.example/{}/{number}", noun.to_lowercase().replace(' ', "-"));
    let mut product = Product {
        description: Prose::new(random, trade.uses).description(noun),
        brand: brand.clone(),
        categories: vec![fixtures::category(&format!("{} > {noun}s", trade.category))],
        images: vec![Image::at(format!("{url}.jpg"))],
        url,
        ..fixtures::product(&source_id, &format!("{brand} {model} {adjective} {noun}"))
    };
    for (name, facts) in trade.attributes {
        // Feeds are never complete.
        if random.chance(0.85)
            && let Some(attribute) = Attribute::parse(name, [fact(random, facts).as_str()])
        {
            product.attributes.add(attribute);
        }
    }
    product.variants = variants(random, trade, &product, number);
    product
}

fn fact(random: &mut Random, facts: &Facts) -> String {
    match *facts {
        Facts::Words(words) => (*random.pick(words)).to_owned(),
        Facts::Flag => (if random.chance(0.5) { "yes" } else { "no" }).to_owned(),
        Facts::Quantity(from, to, unit) => {
            let value = from + (to - from) * random.fraction();
            let digits = if to < 10.0 { 1 } else { 0 };
            format!("{value:.digits$} {unit}")
        }
    }
}

fn variants(random: &mut Random, trade: &Trade, product: &Product, number: usize) -> Vec<Variant> {
    let mut choices: Vec<Vec<(&str, &str)>> = vec![Vec::new()];
    for (key, all) in trade.options {
        let count = 1 + random.below(all.len() as u64) as usize;
        let first = random.below(all.len() as u64) as usize;
        let some = all.iter().cycle().skip(first).take(count);
        choices = some
            .flat_map(|choice| {
                choices.iter().map(move |before| [before.as_slice(), &[(*key, *choice)]].concat())
            })
            .collect();
    }
    choices.truncate(MAX_VARIANTS);
    let minor = price_minor(random, trade);
    let variants = choices.iter().enumerate().map(|(place, options)| {
        let source_id = format!("{}-{}", product.source_id, place + 1);
        let mut variant = fixtures::variant(&product.source_id, &source_id, options);
        variant.gtin = gtin((number * MAX_VARIANTS + place) as u64);
        variant.mpn = format!("{}{number}{}", &product.brand[..2].to_uppercase(), place + 1);
        variant.offer = offer(random, minor + 100 * place as i64);
        variant
    });
    variants.collect()
}

/// Prices are spread evenly over the orders of magnitude and end like prices do.
fn price_minor(random: &mut Random, trade: &Trade) -> i64 {
    let (low, high) = trade.price;
    let price = low * (high / low).powf(random.fraction());
    let ending = *random.pick(&[99, 95, 90, 50, 0]);
    price as i64 * 100 + ending
}

fn offer(random: &mut Random, minor: i64) -> Offer {
    let price = commerce::Money::new(minor, fixtures::price("1 USD").currency);
    let reduced = commerce::Money::new(minor * 8 / 10, price.currency);
    let stock = random.below(60) as u32;
    Offer {
        price: Some(price),
        sale: random.chance(0.1).then_some(Sale { price: reduced, from: None, until: None }),
        availability: if stock < 5 { Availability::OutOfStock } else { Availability::InStock },
        stock: Some(if stock < 5 { 0 } else { stock }),
        ..Offer::default()
    }
}

/// A number with a prefix that makers have and the right check digit.
fn gtin(number: u64) -> Option<Gtin> {
    (0..10).find_map(|check| Gtin::parse(&format!("40{number:010}{check}")).ok())
}

fn reviews(random: &mut Random, product: &Product) -> Vec<Review> {
    let count = (0.5 / random.fraction().max(0.01)) as usize;
    let mut reviews = Vec::new();
    for number in 0..count.min(MAX_REVIEWS) {
        let source_id = format!("{}-R{number}", product.source_id);
        let stars = *random.pick(&[5.0, 5.0, 5.0, 4.0, 4.0, 3.0, 2.0, 1.0]);
        reviews.push(Review {
            id: ReviewId::of(&[&source_id]),
            product: ProductRef::source_id(&product.source_id),
            author: prose::name(random.below(5000)),
            is_verified: random.chance(0.7),
            ..fixtures::review(&source_id, "", stars, &Prose::new(random, &["use"]).review(stars))
        });
    }
    reviews.sort_by(|a, b| a.id.cmp(&b.id));
    reviews
}

/// The id of the product of this number.
pub fn product_id(number: usize) -> ProductId {
    ProductId::of(&[&format!("G{number:07}")])
}

#[cfg(test)]
mod tests;
