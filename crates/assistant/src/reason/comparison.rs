//! What products have of one thing that can be more or less, so that they can be set beside each other.

use commerce::{Dimension, Product, Quantity, Value};
use search::{EvidenceKind, EvidenceRow};

use super::render;
use crate::Ask;
use crate::bearing::{is_key_of, is_stated};
use crate::lexicon::concepts::by_name;
use crate::lexicon::{Concept, Measured, has_phrase, stem_list, stems};
use crate::voice::{Line, Voice};

mod comparatives_table;
pub(super) mod directions_table;
pub(super) mod wants_table;

use comparatives_table::COMPARATIVES;
pub(crate) use comparatives_table::{CHEAPER, Comparative};

/// What one product has of it.
pub(crate) struct Amount<'a> {
    pub(crate) product: &'a Product,
    /// In the unit that its kind is compared in: of variants that differ the least.
    pub(crate) base: f64,
    /// Of variants that differ the most.
    pub(crate) most: f64,
    /// As the shopper reads it.
    pub(crate) shown: String,
    /// The row that states it.
    pub(crate) row: &'a EvidenceRow,
}

/// The comparison that the words ask for; the first row of the table that has one counts.
pub(crate) fn asked(text: &str) -> Option<&'static Comparative> {
    let text = stem_list(text);
    let has = |comparative: &&Comparative| {
        comparative.phrases.iter().any(|phrase| has_phrase(&text, &stems(phrase)))
    };
    COMPARATIVES.iter().find(has)
}

/// A comparison of just what most of these products state, where its words can mean several things.
pub(crate) fn meant<'a>(
    ask: &Ask,
    asked: &Comparative,
    all: impl Iterator<Item = (&'a Product, Vec<&'a EvidenceRow>)> + Clone,
) -> Comparative {
    let stating = |concept: Option<&'static str>| {
        let one = Comparative { concept, ..*asked };
        all.clone().filter(|(product, rows)| amount(ask, &one, product, rows).is_some()).count()
    };
    let others = asked.others.iter().map(|name| Some(*name));
    let concepts: Vec<Option<&'static str>> = others.chain([asked.concept]).collect();
    // Of those that as many state, the more telling one comes first.
    let most = concepts.iter().rev().copied().max_by_key(|concept| stating(*concept));
    Comparative { concept: most.unwrap_or(asked.concept), ..*asked }
}

/// What a product states of it: a price, an attribute, or a measure in a sentence.
pub(crate) fn amount<'a>(
    ask: &Ask,
    asked: &Comparative,
    product: &'a Product,
    rows: &[&'a EvidenceRow],
) -> Option<Amount<'a>> {
    let Some(concept) = asked.concept.and_then(by_name) else {
        let (low, high) = render::prices(product, ask.now)?;
        let row = rows.iter().copied().find(|row| row.kind == EvidenceKind::Offer)?;
        let shown = render::price(product, ask)?;
        let (base, most) = (low.amount_minor as f64, high.amount_minor as f64);
        return Some(Amount { product, base, most, shown, row });
    };
    let states =
        |row: &&&EvidenceRow| is_stated(concept, row, &stem_list(&row.quote), &stem_list(&row.context));
    let of = |kind: EvidenceKind| rows.iter().filter(move |row| row.kind == kind).filter(states);
    // A length is that of the goods only where it is called so: 16.5 mm may be a gauge.
    let is_keyed = |row: &&&EvidenceRow| is_key_of(concept, &row.source);
    let is_open = !concept.measured.contains(&Measured::In(Dimension::Length));
    let others = of(EvidenceKind::Attribute).filter(|row| is_open && !is_keyed(row));
    let typed = of(EvidenceKind::Attribute).filter(is_keyed).chain(others).find_map(|row| {
        let (base, most, shown) = typed(ask, concept, product, &row.source)?;
        Some(Amount { product, base, most, shown, row })
    });
    typed.or_else(|| of(EvidenceKind::Description).find_map(|row| said(ask, concept, product, row)))
}

/// The quantity of a concept that a sentence of the description states by a word for it: `weighs 1.2 kg`.
pub(super) fn in_description<'a>(
    concept: &Concept,
    rows: &'a [EvidenceRow],
) -> Option<(Quantity, &'a EvidenceRow)> {
    let words: Vec<&String> = concept.keys.iter().chain(&concept.about).collect();
    rows.iter().filter(|row| row.kind == EvidenceKind::Description && row.source != "title").find_map(|row| {
        let said = stem_list(&row.quote);
        let is_named = words.iter().any(|word| has_phrase(&said, word))
            || concept.name == "weight" && has_phrase(&said, "weigh");
        if !is_named || !is_stated(concept, row, &said, &[]) {
            return None;
        }
        let measured = |quantity: &Quantity| concept.measured.contains(&Measured::In(quantity.dimension()));
        let mut found = Quantity::find_all(&row.quote).into_iter().map(|(_, q)| q).filter(measured);
        // Two measures in one sentence leave open which is meant.
        match (found.next(), found.next()) {
            (Some(quantity), None) => Some((quantity, row)),
            _ => None,
        }
    })
}

/// The least and the most that an attribute states for any variant, and how that reads; of a range the upper end.
fn typed(ask: &Ask, concept: &Concept, product: &Product, key: &str) -> Option<(f64, f64, String)> {
    let variants = product.variants.iter().filter_map(|variant| variant.attributes.find(key));
    let attributes = product.attributes.find(key).into_iter().chain(variants);
    let measured = attributes.flat_map(|attribute| &attribute.values).filter_map(|value| {
        let quantity = match value {
            Value::Quantity(quantity) => *quantity,
            Value::Range(range) => range.high,
            _ => return None,
        };
        let is_measured = concept.measured.contains(&Measured::In(quantity.dimension()));
        is_measured.then(|| (quantity.base(), render::value_of(key, value, &ask.locale)))
    });
    let measured: Vec<(f64, String)> = measured.collect();
    let (least, shown) = measured.iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let (most, at_most) = measured.iter().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let shown = match least == most {
        true => shown.clone(),
        false => Voice::of(&ask.locale).say(Line::Span, &[shown, at_most]),
    };
    Some((*least, *most, shown))
}

/// The measure in a sentence.
fn said<'a>(ask: &Ask, concept: &Concept, product: &'a Product, row: &'a EvidenceRow) -> Option<Amount<'a>> {
    let mut quantities = Quantity::find_all(&row.quote).into_iter().map(|(_, quantity)| quantity);
    let quantity =
        quantities.find(|quantity| concept.measured.contains(&Measured::In(quantity.dimension())))?;
    let shown = Voice::of(&ask.locale).figures(&quantity.shown_in(ask.locale.units).to_string());
    Some(Amount { product, base: quantity.base(), most: quantity.base(), shown, row })
}
