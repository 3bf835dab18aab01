//! What a product and each of its variants state, flattened into slots: slot 0 for the product, then one for each
//! variant in the feed's order.
//!
//! A key that a variant states itself is taken out of slot 0 and given to the variants that do not, so that a reader
//! needs no rule for which of the two counts: a variant states exactly slot 0 and its own slot.

use std::collections::BTreeSet;

use commerce::{Attribute, Product, Quantity, Unit, Value, Variant};

use crate::Field;
use crate::field_key::{NUMBER, SEPARATOR, TEXT_NUMBERS, number_field, of_field, term};

/// The terms and numbers of a product or variant.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Slot {
    /// Spellings of [`crate::field_key::term`], none twice.
    pub(crate) terms: Vec<String>,
    /// Spelling of [`crate::field_key::number_field`], lower and upper end in base units.
    pub(crate) numbers: Vec<(String, f64, f64)>,
}

/// More variants than this are not indexed.
pub(crate) const MAX_VARIANTS: usize = 2_000;
/// More terms in one slot are left out.
const MAX_TERMS: usize = 400;
/// A longer text does not state a number in passing.
const MAX_NUMBER_TEXT_BYTES: usize = 48;
/// Measures of a description beyond these do not tell what a product is.
const MAX_TEXT_NUMBERS: usize = 16;
/// Two numbers closer than this share are one measure in two units.
const SAME_MEASURE: f64 = 0.04;

/// The slots of a product: always at least two. The first term of a variant's slot is its availability.
pub(crate) fn slots(product: &Product) -> Vec<Slot> {
    let variants = &product.variants[..product.variants.len().min(MAX_VARIANTS)];
    let own_keys: BTreeSet<&str> = variants.iter().flat_map(stated_keys).collect();
    let mut slots = vec![Slot::default(); variants.len().max(1) + 1];
    for (slot, variant) in slots[1..].iter_mut().zip(variants) {
        slot.add_word(&Field::Availability, variant.offer.availability.as_str());
    }
    let names = product.categories.iter().flat_map(|path| path.names());
    names.for_each(|name| slots[0].add_word(&Field::Category, name));
    slots[0].add_word(&Field::Brand, &product.brand);
    slots[0].add_text_numbers(product);
    for attribute in &product.attributes {
        if own_keys.contains(attribute.key.as_str()) {
            for (slot, variant) in slots[1..].iter_mut().zip(variants) {
                if !stated_keys(variant).any(|key| key == attribute.key) {
                    slot.add_attribute(attribute);
                }
            }
        } else {
            slots[0].add_attribute(attribute);
        }
    }
    for (slot, variant) in slots[1..].iter_mut().zip(variants) {
        variant.options.iter().for_each(|(key, choice)| slot.add_option(key, choice));
        variant.attributes.iter().for_each(|attribute| slot.add_attribute(attribute));
    }
    slots
}

fn stated_keys(variant: &Variant) -> impl Iterator<Item = &str> {
    variant.options.keys().map(String::as_str).chain(variant.attributes.iter().map(|a| a.key.as_str()))
}

impl Slot {
    fn add_word(&mut self, field: &Field, value: &str) {
        if let Some(field) = of_field(field) {
            self.add_term(&field, SEPARATOR, value);
        }
    }

    fn add_term(&mut self, field: &str, separator: char, value: &str) {
        let value = value.trim();
        let term = term(field, separator, value);
        if !value.is_empty() && self.terms.len() < MAX_TERMS && !self.terms.contains(&term) {
            self.terms.push(term);
        }
    }

    fn add_attribute(&mut self, attribute: &Attribute) {
        let field = format!("a:{}", attribute.key);
        for value in &attribute.values {
            let separator = if matches!(value, Value::Text(_) | Value::Flag(_)) { SEPARATOR } else { NUMBER };
            self.add_term(&field, separator, &value.display());
            self.add_number(&field, value);
        }
    }

    /// A choice stays the words it is; where it is a number, that can be compared too.
    fn add_option(&mut self, key: &str, choice: &str) {
        let field = format!("a:{key}");
        self.add_term(&field, SEPARATOR, choice);
        if let Some(value) = Value::parse(choice) {
            self.add_number(&field, &value);
        }
    }

    /// The measures that the title gives and, of dimensions that it does not have, those of the description.
    fn add_text_numbers(&mut self, product: &Product) {
        let titled: Vec<Quantity> =
            Quantity::find_all(&product.title).into_iter().map(|(_, found)| found).collect();
        let described = Quantity::find_all(&product.description).into_iter().map(|(_, found)| found);
        let is_new = |found: &Quantity| titled.iter().all(|known| known.dimension() != found.dimension());
        let described = described.filter(is_new).take(MAX_TEXT_NUMBERS);
        for found in titled.iter().copied().chain(described) {
            self.add_number(TEXT_NUMBERS, &Value::Quantity(found));
        }
    }

    fn add_number(&mut self, field: &str, value: &Value) {
        let (dimension, low, high) = match value {
            Value::Number(number) => match unit_of_key(field) {
                Some(unit) => (Some(unit.dimension()), unit.to_base(*number), unit.to_base(*number)),
                None => (None, *number, *number),
            },
            Value::Quantity(quantity) => (Some(quantity.dimension()), quantity.base(), quantity.base()),
            Value::Range(range) => (Some(range.low.dimension()), range.low.base(), range.high.base()),
            Value::Text(text) => match number_in(text) {
                Some(quantity) => (Some(quantity.dimension()), quantity.base(), quantity.base()),
                None => return,
            },
            Value::Flag(_) => return,
        };
        let number = (number_field(field, dimension), rounded(low), rounded(high));
        if low.is_finite()
            && high.is_finite()
            && self.numbers.len() < MAX_TERMS
            && !self.numbers.contains(&number)
        {
            self.numbers.push(number);
        }
    }
}

/// The unit that the name of an attribute ends with, as in `weight_kg`.
fn unit_of_key(field: &str) -> Option<Unit> {
    let (_, unit) = field.rsplit_once('_')?;
    Unit::parse(unit)
}

/// Twelve significant digits, so that 350 g are 0.35 kg and not a little more.
fn rounded(number: f64) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    let scale = 10f64.powi(11 - number.abs().log10().floor() as i32);
    let scaled = (number * scale).round() / scale;
    if scaled.is_finite() { scaled } else { number }
}

/// The one measure that a short text states, as in `6.1-inch display` or `1 lb 10 oz (0.74 kg)`.
fn number_in(text: &str) -> Option<Quantity> {
    if text.len() > MAX_NUMBER_TEXT_BYTES || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = Quantity::find_all(text);
    let (_, first) = found.first()?;
    let is_same = |other: &Quantity| {
        other.dimension() == first.dimension()
            && (other.base() - first.base()).abs() <= SAME_MEASURE * first.base().abs()
    };
    found.iter().all(|(_, other)| is_same(other)).then_some(*first)
}
