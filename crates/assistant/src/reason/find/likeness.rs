//! How like two products are by their words and measures.
//!
//! Words are compared by the cosine of their weights by term frequency and inverse document frequency (Salton and Buckley 1988),
//! measures of one dimension by the smaller one's share of the larger.

use std::collections::BTreeMap;

use commerce::{Dimension, Product, Value};
use search::analyse;

use super::instead::kind_noun;
use crate::Snapshot;
use crate::lexicon::stem_list;
use crate::model_name;
use crate::understand::rarity;

/// What the same words throughout are worth, what the same amount of a measure is, and what the same kind in the title is.
const WORDS_WEIGHT: f64 = 8.0;
const MEASURE_WEIGHT: f64 = 1.5;
const NOUN_WEIGHT: f64 = 3.0;
/// A word of the title counts as this many of the description.
const TITLE_WORDS: f64 = 2.0;
/// What a word is worth that was asked for beside the name, beside its rarity in nats.
const ASKED_WEIGHT: f64 = 1.0;

/// What other goods are compared with.
pub(super) struct Likeness<'a> {
    noun: Option<String>,
    words: BTreeMap<String, f64>,
    measures: Vec<(Dimension, f64)>,
    stems: &'a [String],
}

impl<'a> Likeness<'a> {
    /// The words and measures of a product, with stems of what is asked beside its name.
    pub(super) fn of(snapshot: &Snapshot, product: &Product, stems: &'a [String]) -> Self {
        Self {
            noun: kind_noun(snapshot, product),
            words: weighted(snapshot, product),
            measures: model_name::stated(product),
            stems,
        }
    }

    /// How like a product is by its words and measures, and how much it has of what is asked beside.
    pub(super) fn to(&self, snapshot: &Snapshot, other: &Product) -> f64 {
        let words = weighted(snapshot, other);
        let measures = model_name::stated(other);
        let near = |(dimension, own): &(Dimension, f64)| {
            let same = measures.iter().filter(|(other, _)| other == dimension);
            let ratios = same.map(|(_, other)| own.min(*other) / own.max(*other).max(f64::EPSILON));
            ratios.fold(0.0, f64::max).powi(2)
        };
        let mut by_dimension: BTreeMap<Dimension, f64> = BTreeMap::new();
        for measure in &self.measures {
            let best = by_dimension.entry(measure.0).or_default();
            *best = best.max(near(measure));
        }
        let asked = self.stems.iter().filter(|stem| words.contains_key(*stem));
        let asked: f64 = asked.map(|stem| f64::from(rarity(snapshot, stem))).sum();
        let is_noun = self.noun.as_ref().is_some_and(|noun| stem_list(&other.title).contains(noun));
        WORDS_WEIGHT * cosine(&self.words, &words)
            + MEASURE_WEIGHT * by_dimension.values().sum::<f64>()
            + ASKED_WEIGHT * asked
            + if is_noun { NOUN_WEIGHT } else { 0.0 }
    }
}

/// The words of a product with their weights, without those that most of the catalog has.
fn weighted(snapshot: &Snapshot, product: &Product) -> BTreeMap<String, f64> {
    let mut words: BTreeMap<String, f64> = BTreeMap::new();
    let said = product.attributes.iter().flat_map(|attribute| &attribute.values).map(Value::display);
    let texts = [(product.title.clone(), TITLE_WORDS), (product.description.clone(), 1.0)];
    for (text, count) in texts.into_iter().chain(said.map(|text| (text, 1.0))) {
        for stem in stem_list(&text).into_iter().filter(|stem| !analyse::is_stop_word(stem)) {
            *words.entry(stem).or_default() += count;
        }
    }
    let brand = stem_list(&product.brand);
    words.retain(|stem, _| !brand.contains(stem));
    for (stem, weight) in &mut words {
        *weight = (1.0 + weight.ln()) * f64::from(rarity(snapshot, stem));
    }
    words
}

fn cosine(one: &BTreeMap<String, f64>, other: &BTreeMap<String, f64>) -> f64 {
    let norm =
        |words: &BTreeMap<String, f64>| words.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    let shared = one.iter().filter_map(|(stem, weight)| other.get(stem).map(|same| weight * same));
    let scale = norm(one) * norm(other);
    if scale > 0.0 { shared.sum::<f64>() / scale } else { 0.0 }
}
