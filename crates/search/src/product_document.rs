//! A listing as a document of the product index.

use std::collections::BTreeSet;

use commerce::{Listing, Offer, Product, ProductId, Value};
use tantivy::TantivyDocument;

use crate::Language;
use crate::analyse::{each_word, fold, words_in};
use crate::card::Card;
use crate::codes::codes;
use crate::schema::ProductFields;
use crate::slots::{MAX_VARIANTS, slots};

/// Reviews, questions and answers beyond this many bytes do not help to find the product.
const MAX_VOICES_BYTES: usize = 32 * 1024;
/// Titles are ordered by this many bytes.
const MAX_ORDER_BYTES: usize = 48;
/// Shorter words are never what a mistyped word was meant to be.
const MIN_SPELLING: usize = 4;
/// Words of a title that phrases are matched against.
const MAX_TITLE_WORDS: usize = 40;

/// The document of a listing.
pub(crate) fn product_document(
    fields: &ProductFields,
    listing: &Listing,
    language: Language,
) -> TantivyDocument {
    let product = &listing.product;
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, product.id.as_str());
    document.add_text(fields.source, &product.source_id);
    for variant in &product.variants {
        document.add_text(fields.variant_source, &variant.source_id);
    }
    codes(product).iter().for_each(|code| document.add_text(fields.code, code));
    document.add_u64(fields.key, key_of(product.id.as_str()));
    add_texts(&mut document, fields, listing);
    add_slots(&mut document, fields, product);
    for variant in product.variants.iter().take(MAX_VARIANTS).enumerate() {
        add_offer(&mut document, fields, variant.0, &variant.1.offer);
    }
    add_rating(&mut document, fields, listing);
    for word in words_in(language, &product.title).iter().take(MAX_TITLE_WORDS) {
        document.add_u64(fields.title_word, u64::from(word_key(&word.stem)));
    }
    document.add_text(fields.title_order, title_order(&product.title));
    // In the order of `stored`.
    document.add_text(fields.card, serde_json::to_string(&Card::of(product)).unwrap_or_default());
    document.add_text(fields.product, serde_json::to_string(product).unwrap_or_default());
    document
}

/// The first sixty-four of the eighty bits of an id, which order as the ids do.
pub(crate) fn key_of(id: &str) -> u64 {
    let digits = id.split_once('_').map_or(id, |(_, digits)| digits);
    let bits = digits.bytes().take(13).fold(0u128, |bits, byte| {
        let digit = ALPHABET.iter().position(|known| *known == byte).unwrap_or(0);
        bits << 5 | digit as u128
    });
    (bits >> 1) as u64
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A short key of a stem (FNV-1a), for comparing titles word by word.
pub(crate) fn word_key(stem: &str) -> u32 {
    stem.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn title_order(title: &str) -> String {
    let mut folded = fold(title.trim());
    while folded.len() > MAX_ORDER_BYTES {
        folded.pop();
    }
    folded
}

fn add_texts(document: &mut TantivyDocument, fields: &ProductFields, listing: &Listing) {
    let product = &listing.product;
    let [title, brand, category, attributes, description, voices] = fields.texts;
    let paths: Vec<String> = product.categories.iter().map(ToString::to_string).collect();
    let named = [product.title.clone(), product.brand.clone(), paths.join("\n"), attributes_text(product)];
    for (field, text) in [title, brand, category, attributes].into_iter().zip(&named) {
        document.add_text(field, text);
    }
    spellings(&named).iter().for_each(|word| document.add_text(fields.spelling, word));
    document.add_text(description, &product.description);
    document.add_text(voices, voices_text(listing));
    let stated = product.attributes.iter().chain(product.variants.iter().flat_map(|v| v.attributes.iter()));
    let mut labels: Vec<String> = stated.map(|a| format!("{}\u{1f}{}", a.key, a.label)).collect();
    labels.sort_unstable();
    labels.dedup();
    labels.iter().for_each(|label| document.add_text(fields.label, label));
}

/// The words of some texts as they are spelled, each once.
fn spellings(texts: &[String]) -> BTreeSet<String> {
    let mut spellings = BTreeSet::new();
    for text in texts {
        each_word(text, |word, _, _| {
            if word.len() >= MIN_SPELLING && word.chars().all(char::is_alphabetic) {
                spellings.insert(word);
            }
        });
    }
    spellings
}

/// Every value once, under its label. What is not so is left out: who looks for `leather` does not mean `Leather: No`.
fn attributes_text(product: &Product) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |line: String| {
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    for variant in &product.variants {
        variant.options.iter().for_each(|(key, choice)| add(format!("{}: {choice}", key.replace('_', " "))));
    }
    let stated = product.attributes.iter().chain(product.variants.iter().flat_map(|v| v.attributes.iter()));
    for attribute in stated {
        let values = attribute.values.iter().filter(|value| **value != Value::Flag(false));
        values.for_each(|value| add(format!("{}: {}", attribute.label, value.display())));
    }
    lines.join("\n")
}

fn voices_text(listing: &Listing) -> String {
    let mut text = String::new();
    let asked = listing.questions.iter().flat_map(|question| {
        std::iter::once(question.text.as_str())
            .chain(question.answers.iter().map(|answer| answer.text.as_str()))
    });
    let reviewed = listing.reviews.iter().flat_map(|review| [review.title.as_str(), review.text.as_str()]);
    for piece in asked.chain(reviewed) {
        if text.len() + piece.len() > MAX_VOICES_BYTES {
            break;
        }
        text.push_str(piece);
        text.push('\n');
    }
    text
}

fn add_slots(document: &mut TantivyDocument, fields: &ProductFields, product: &Product) {
    for slot in slots(product) {
        document.add_u64(fields.slot, slot.terms.len() as u64 | (slot.numbers.len() as u64) << 32);
        slot.terms.iter().for_each(|term| document.add_text(fields.term, term));
        for (field, low, high) in &slot.numbers {
            document.add_text(fields.number_field, field);
            document.add_f64(fields.number, *low);
            document.add_f64(fields.number, *high);
        }
    }
}

/// The price is one more than the minor units, so that 0 says that there is none; a sale is variant, price, from and
/// until in seconds.
fn add_offer(document: &mut TantivyDocument, fields: &ProductFields, variant: usize, offer: &Offer) {
    let minor = offer.price.and_then(|price| u64::try_from(price.amount_minor).ok());
    document.add_u64(fields.price, minor.map_or(0, |minor| minor.saturating_add(1)));
    if variant == 0
        && let Some(price) = offer.price
    {
        document.add_text(fields.currency, price.currency.code());
    }
    if let Some(sale) = &offer.sale {
        document.add_i64(fields.sale, variant as i64);
        document.add_i64(fields.sale, sale.price.amount_minor);
        document.add_i64(fields.sale, sale.from.map_or(i64::MIN, |from| from.as_second()));
        document.add_i64(fields.sale, sale.until.map_or(i64::MAX, |until| until.as_second()));
    }
}

/// The sum of the stars and how many reviews gave any.
fn add_rating(document: &mut TantivyDocument, fields: &ProductFields, listing: &Listing) {
    let stars: Vec<f64> = listing.reviews.iter().filter_map(|review| review.stars()).map(f64::from).collect();
    if !stars.is_empty() {
        document.add_f64(fields.rating, stars.iter().sum());
        document.add_f64(fields.rating, stars.len() as f64);
    }
}

/// The term that finds the document of a product.
pub(crate) fn id_term(fields: &ProductFields, id: &ProductId) -> tantivy::Term {
    tantivy::Term::from_field_text(fields.id, id.as_str())
}
