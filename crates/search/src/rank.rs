//! Which candidates stay and how they rank: words, titles, meaning, preferences, stock and stars.

use std::collections::HashMap;

use crate::dense::Dense;
use crate::filter::Filter;
use crate::lexical::Lexical;
use crate::part::Part;
use crate::retrieve::Candidate;
use crate::snapshot::Snapshot;
use crate::{Query, Sort};

/// A product that has less than this share of the words that the best one has is no match, unless it is of the kind asked
/// for.
const LEAST_COVERAGE: f32 = 0.6;
/// What the share of words counts for beyond their scores.
const COVERAGE_WEIGHT: f32 = 0.7;
/// A title with all the words in their order, and nothing else, is worth this much more.
const TITLE_ORDER_WEIGHT: f32 = 0.25;
const TITLE_SHARE_WEIGHT: f32 = 0.25;
/// What is not of the kind asked for is worth this much of what it would be.
const OTHER_KIND_WEIGHT: f32 = 0.6;
/// The share of words against meaning.
const LEXICAL_WEIGHT: f32 = 0.55;
/// Cosines this much below the best count for nothing.
const DENSE_SPAN: f32 = 0.3;
/// All preferences held are worth this much more.
const PREFERENCE_WEIGHT: f32 = 0.6;
/// One star more than the catalog's mean is worth this much more.
const STAR_WEIGHT: f32 = 0.03;
/// What can be ordered but not now, and what cannot be ordered.
const LATER_WEIGHT: f32 = 0.95;
const SOLD_OUT_WEIGHT: f32 = 0.75;

/// What is known of all products before constraints are looked at.
pub(crate) struct Signals {
    pub(crate) lexical: Option<Lexical>,
    pub(crate) dense: Option<Dense>,
    pub(crate) preferences: Filter,
    /// The places of what is of the kind asked for, in order; see [`crate::kinds`].
    pub(crate) kinds: Vec<u32>,
}

impl Signals {
    /// Whether the query has words to look for.
    pub(crate) fn has_text(&self) -> bool {
        self.lexical.is_some()
    }

    /// The places that constraints are held against: of what is of the kind asked for, where anything is.
    pub(crate) fn bound(&self) -> Vec<u32> {
        if self.kinds.is_empty() { self.places() } else { self.kinds.clone() }
    }

    fn is_other_kind(&self, place: u32) -> bool {
        !self.kinds.is_empty() && self.kinds.binary_search(&place).is_err()
    }

    /// All places that words or meaning found.
    pub(crate) fn places(&self) -> Vec<u32> {
        let mut places = self.lexical.as_ref().map(|lexical| lexical.found.clone()).unwrap_or_default();
        if let Some(dense) = &self.dense {
            places.extend(&dense.found);
            places.sort_unstable();
            places.dedup();
        }
        places
    }
}

/// Leaves out weak matches, scores the rest and chooses the variant that is shown.
pub(crate) fn rank(
    snapshot: &Snapshot,
    query: &Query,
    filter: &Filter,
    signals: &Signals,
    mut found: Vec<Candidate>,
) -> Vec<Candidate> {
    match (&signals.lexical, &signals.dense) {
        (None, None) => found.iter_mut().for_each(|candidate| candidate.score = 1.0),
        (_, dense) => score(snapshot, signals, dense.as_ref(), &mut found),
    }
    let stock = Stock::new(snapshot);
    let chooser = Chooser { snapshot, filter, preferences: &signals.preferences, stock, sort: query.sort };
    let mut slots = Vec::new();
    for candidate in &mut found {
        chooser.choose(candidate, &mut slots);
    }
    found
}

fn score(snapshot: &Snapshot, signals: &Signals, dense: Option<&Dense>, found: &mut Vec<Candidate>) {
    let lexical = signals.lexical.as_ref();
    let coverages =
        lexical.map(|lexical| found.iter().map(|c| lexical.coverage(c.place)).collect::<Vec<_>>());
    let best = coverages.iter().flatten().fold(0.0f32, |best, coverage| best.max(*coverage));
    let near = dense.map(|dense| near(dense, found)).unwrap_or_default();
    if let (Some(lexical), Some(coverages)) = (lexical, coverages) {
        for (candidate, coverage) in found.iter_mut().zip(coverages) {
            let is_other = signals.is_other_kind(candidate.place);
            let has_enough = coverage >= LEAST_COVERAGE * best || !signals.kinds.is_empty() && !is_other;
            let is_match = best > 0.0 && coverage > 0.0 && has_enough;
            let words = lexical.scores[candidate.place as usize]
                * (1.0 - COVERAGE_WEIGHT + COVERAGE_WEIGHT * coverage);
            let kind = if is_other { OTHER_KIND_WEIGHT } else { 1.0 };
            candidate.score =
                if is_match { words * title_bonus(snapshot, lexical, candidate) * kind } else { 0.0 };
        }
        let has_words = found.iter().any(|candidate| candidate.score > 0.0);
        let is_known = lexical.found.is_empty() || !has_words;
        found.retain(|c| c.score > 0.0 || near.contains_key(&c.place) || is_known && dense.is_none());
    }
    let most = found.iter().fold(0.0f32, |most, candidate| most.max(candidate.score));
    for candidate in found.iter_mut() {
        let words = if most > 0.0 { candidate.score / most } else { 0.0 };
        candidate.score = match dense {
            Some(dense) => {
                let top = near.values().fold(f32::NEG_INFINITY, |top, nearness| top.max(*nearness));
                let below = top - dense.similarities[candidate.place as usize];
                let meaning = (1.0 - below / DENSE_SPAN).clamp(0.0, 1.0);
                LEXICAL_WEIGHT * words + (1.0 - LEXICAL_WEIGHT) * meaning
            }
            None if most > 0.0 => words,
            None => 1.0,
        };
    }
}

/// The candidates that meaning finds, with their cosines.
fn near(dense: &Dense, found: &[Candidate]) -> HashMap<u32, f32> {
    let nearness = |place: &u32| dense.similarities[*place as usize];
    let mut places: Vec<u32> = found.iter().map(|candidate| candidate.place).collect();
    places.sort_unstable_by(|a, b| nearness(b).total_cmp(&nearness(a)).then_with(|| a.cmp(b)));
    places.truncate(dense.nearest(&places));
    places.into_iter().map(|place| (place, nearness(&place))).collect()
}

/// More for a title that has neighbouring words of the query side by side, and for one that says little else.
fn title_bonus(snapshot: &Snapshot, lexical: &Lexical, candidate: &Candidate) -> f32 {
    let title = snapshot.parts[candidate.part as usize].columns.title(candidate.doc);
    if title.is_empty() {
        return 1.0;
    }
    let keys = &lexical.keys;
    let is_side_by_side = |pair: &&[u32]| title.windows(2).any(|words| words == *pair);
    let pairs = keys.windows(2).filter(is_side_by_side).count() as f32 / (keys.len() - 1).max(1) as f32;
    let share = title.iter().filter(|word| keys.contains(word)).count() as f32 / title.len() as f32;
    1.0 + TITLE_ORDER_WEIGHT * pairs + TITLE_SHARE_WEIGHT * share
}

/// For each part the places of the words of availability that take orders later, and not at all.
struct Stock(Vec<(Vec<u32>, Option<u32>)>);

impl Stock {
    fn new(snapshot: &Snapshot) -> Self {
        let place = |part: &Part, word: &str| {
            let term = crate::field_key::term("s", crate::field_key::SEPARATOR, word);
            Part::place_of(&part.columns.term_words, &term).ok().flatten()
        };
        let later =
            |part: &Part| ["preorder", "backorder"].iter().filter_map(|word| place(part, word)).collect();
        Self(snapshot.parts.iter().map(|part| (later(part), place(part, "out_of_stock"))).collect())
    }

    /// 0 at hand, 1 later, 2 not at all. The first term of a variant's slot is its availability.
    fn rank(&self, snapshot: &Snapshot, part: u32, slot: u32) -> u8 {
        let (later, sold_out) = &self.0[part as usize];
        match snapshot.parts[part as usize].columns.terms(slot).first() {
            Some(first) if Some(*first) == *sold_out => 2,
            Some(first) if later.contains(first) => 1,
            _ => 0,
        }
    }
}

/// Chooses the variant of each candidate.
struct Chooser<'a> {
    snapshot: &'a Snapshot,
    filter: &'a Filter,
    preferences: &'a Filter,
    stock: Stock,
    sort: Sort,
}

impl Chooser<'_> {
    /// Of the variants that match: at hand first, then the one that holds most preferences, then by the price where
    /// the list is ordered by it, then in the feed's order.
    fn choose(&self, candidate: &mut Candidate, slots: &mut Vec<u32>) {
        let (part, doc) = (candidate.part as usize, candidate.doc);
        self.filter.matching(self.snapshot, part, doc, slots);
        let all = self.preferences.all();
        let mut held = HashMap::new();
        if all != 0 {
            self.preferences.each_variant(self.snapshot, part, doc, |slot, holding| {
                held.insert(slot, (holding & all).count_ones());
            });
        }
        let preferred = |slot: u32| held.get(&slot).copied().unwrap_or(0);
        let price = |slot: u32| {
            let price = || self.snapshot.price(&self.snapshot.parts[part], doc, slot);
            match self.sort {
                Sort::PriceAscending => price().unwrap_or(i64::MAX),
                Sort::PriceDescending => price().map_or(i64::MAX, |price| -price),
                _ => 0,
            }
        };
        let stock = |slot: u32| self.stock.rank(self.snapshot, candidate.part, slot);
        let key = |slot: &u32| (stock(*slot), u32::MAX - preferred(*slot), price(*slot), *slot);
        let Some(slot) = slots.iter().copied().min_by_key(key) else { return };
        candidate.slot = slot;
        if all != 0 {
            candidate.score *= 1.0 + PREFERENCE_WEIGHT * preferred(slot) as f32 / all.count_ones() as f32;
        }
        candidate.score *= [1.0, LATER_WEIGHT, SOLD_OUT_WEIGHT][usize::from(stock(slot))];
        let part = &self.snapshot.parts[part];
        let stars = self.snapshot.shrunk_stars(part, doc) - self.snapshot.mean_stars;
        candidate.score *= 1.0 + STAR_WEIGHT * stars;
    }
}
