//! The two Tantivy schemas: one document for each product, and one for each evidence row.
//!
//! The columns of a product document are parallel lists: `slot` has one entry for each slot (see [`crate::slots`]) that
//! says how many entries of `term` and of `number_field` belong to it.

use tantivy::Index;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::Language;
use crate::tokenizer::{STEMS, Stems};

/// Rises whenever an index written before cannot be read any more.
pub(crate) const VERSION: u32 = 6;

/// The texts of a product that words are looked up in, by their place in [`ProductFields::texts`].
pub(crate) const TEXTS: [&str; 6] = ["title", "brand", "category", "attributes", "description", "voices"];
/// Title, brand, category, attributes and description are what the shop itself says; the rest is what shoppers say.
pub(crate) const SHOP_TEXTS: usize = 5;

/// The fields of a product document.
#[derive(Clone, Debug)]
pub(crate) struct ProductFields {
    pub(crate) id: Field,
    pub(crate) source: Field,
    pub(crate) variant_source: Field,
    /// Ids, part numbers and trade item numbers, as [`crate::codes::squash`] spells them.
    pub(crate) code: Field,
    /// Words of title, brand, category and attributes as they are spelled, for mending what shoppers mistype.
    pub(crate) spelling: Field,
    pub(crate) texts: [Field; TEXTS.len()],
    pub(crate) label: Field,
    pub(crate) term: Field,
    pub(crate) key: Field,
    pub(crate) slot: Field,
    pub(crate) number_field: Field,
    pub(crate) number: Field,
    pub(crate) price: Field,
    pub(crate) sale: Field,
    pub(crate) currency: Field,
    pub(crate) rating: Field,
    pub(crate) title_word: Field,
    pub(crate) title_order: Field,
    pub(crate) card: Field,
    pub(crate) product: Field,
}

/// The fields of an evidence document.
#[derive(Clone, Debug)]
pub(crate) struct EvidenceFields {
    pub(crate) product: Field,
    pub(crate) kind: Field,
    pub(crate) place: Field,
    pub(crate) quote: Field,
    pub(crate) context: Field,
    pub(crate) row: Field,
}

fn text() -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(STEMS);
    TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqs))
}

fn words() -> TextOptions {
    TextOptions::default().set_fast("raw")
}

impl ProductFields {
    /// The schema with its fields.
    pub(crate) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            id: schema.add_text_field("id", STRING),
            source: schema.add_text_field("source", STRING),
            variant_source: schema.add_text_field("variant_source", STRING),
            code: schema.add_text_field("code", STRING),
            spelling: schema.add_text_field("spelling", STRING),
            texts: TEXTS.map(|name| schema.add_text_field(name, text())),
            label: schema.add_text_field("label", STRING),
            term: schema.add_text_field("term", words() | STRING),
            key: schema.add_u64_field("key", FAST),
            slot: schema.add_u64_field("slot", FAST),
            number_field: schema.add_text_field("number_field", words()),
            number: schema.add_f64_field("number", FAST),
            price: schema.add_u64_field("price", FAST),
            sale: schema.add_i64_field("sale", FAST),
            currency: schema.add_text_field("currency", words()),
            rating: schema.add_f64_field("rating", FAST),
            title_word: schema.add_u64_field("title_word", FAST),
            title_order: schema.add_text_field("title_order", words()),
            card: schema.add_text_field("card", STORED),
            product: schema.add_text_field("product", STORED),
        };
        (schema.build(), fields)
    }
}

impl EvidenceFields {
    /// The schema with its fields.
    pub(crate) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            product: schema.add_text_field("product", STRING),
            kind: schema.add_u64_field("kind", FAST),
            place: schema.add_u64_field("place", FAST),
            quote: schema.add_text_field("quote", text()),
            context: schema.add_text_field("context", text()),
            row: schema.add_text_field("row", STORED),
        };
        (schema.build(), fields)
    }
}

/// Makes the analyser of a language known to an index.
pub(crate) fn register(index: &Index, language: Language) {
    index.tokenizers().register(STEMS, Stems::new(language));
}
