//! One product of a set, with its rows.

use commerce::{Attribute, Product, Value};
use search::{EvidenceKind, EvidenceRow, Language};

use crate::gloss;
use crate::lexicon::stem_list;
use crate::reason::comparison::directions_table::CARRIED;
use crate::retrieve::in_english;

/// A product with the rows about it.
#[derive(Clone, Debug)]
pub(in crate::reason) struct Side {
    pub(in crate::reason) product: Product,
    pub(in crate::reason) rows: Vec<EvidenceRow>,
    language: Language,
    /// The rows as they read in English; empty where they are English.
    read: Vec<EvidenceRow>,
}

impl Side {
    /// A product with its rows, which are in the language of the catalog.
    pub(in crate::reason) fn new(language: Language, product: Product, rows: Vec<EvidenceRow>) -> Self {
        let read = match language {
            Language::English => Vec::new(),
            language => rows.iter().map(|row| in_english(language, row)).collect(),
        };
        Self { product, rows, language, read }
    }

    /// The rows as they read in English, by the ids of the rows.
    pub(in crate::reason) fn read(&self) -> &[EvidenceRow] {
        if self.read.is_empty() { &self.rows } else { &self.read }
    }

    /// What a row says in the catalog's own words.
    pub(super) fn original<'a>(&'a self, row: &'a EvidenceRow) -> &'a EvidenceRow {
        self.rows.iter().find(|own| own.id == row.id).unwrap_or(row)
    }

    /// An attribute with the label and the key that it has in English.
    pub(super) fn english(&self, attribute: &Attribute) -> Attribute {
        let label = gloss::statement(self.language, &attribute.label);
        match label == attribute.label {
            true => attribute.clone(),
            false => Attribute { key: Attribute::key(&label), label, values: attribute.values.clone() },
        }
    }

    /// Whether any variant can be bought.
    pub(in crate::reason) fn is_buyable(&self) -> bool {
        self.product.variants.iter().any(|variant| variant.offer.availability.is_buyable())
    }

    /// The row that states an attribute.
    pub(super) fn row_of(&self, key: &str) -> Option<&EvidenceRow> {
        self.rows.iter().find(|row| row.kind == EvidenceKind::Attribute && row.source == key)
    }

    /// The row of price and stock.
    pub(in crate::reason) fn offer(&self) -> Option<&EvidenceRow> {
        self.rows.iter().find(|row| row.kind == EvidenceKind::Offer)
    }

    /// All attributes and options, each once with all its values, in the feed's order.
    pub(super) fn attributes(&self) -> Vec<Attribute> {
        let mut all: Vec<Attribute> = Vec::new();
        let mut add = |key: &str, label: &str, values: Vec<Value>| {
            let place = all.iter().position(|known| known.key == key).unwrap_or_else(|| {
                all.push(Attribute { key: key.to_owned(), label: label.to_owned(), values: Vec::new() });
                all.len() - 1
            });
            for value in values {
                if !all[place].values.contains(&value) {
                    all[place].values.push(value);
                }
            }
        };
        if !self.product.brand.is_empty() {
            add("brand", "Brand", vec![Value::Text(self.product.brand.clone())]);
        }
        for variant in &self.product.variants {
            for (key, choice) in &variant.options {
                let value = Value::parse(choice).unwrap_or_else(|| Value::Text(choice.clone()));
                add(key, &Attribute::label(key), vec![value]);
            }
        }
        let of_variants = self.product.variants.iter().flat_map(|variant| variant.attributes.iter());
        for attribute in self.product.attributes.iter().chain(of_variants) {
            add(&attribute.key, &attribute.label, attribute.values.clone());
        }
        all
    }

    /// Stems of the title and the categories.
    pub(super) fn kind_stems(&self) -> Vec<String> {
        let names = self.product.categories.iter().flat_map(|path| path.names().iter());
        let read = |name: &str| stem_list(&gloss::statement(self.language, name));
        read(&self.product.title).into_iter().chain(names.flat_map(|name| read(name))).collect()
    }

    /// Whether it is carried, worn or held.
    pub(super) fn is_carried(&self) -> bool {
        let kind = self.kind_stems();
        CARRIED.iter().any(|word| crate::lexicon::has_phrase(&kind, &crate::lexicon::stems(word)))
    }
}
