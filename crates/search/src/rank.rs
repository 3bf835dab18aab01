//! Which candidates stay and how they rank: words, titles, meaning, preferences, stock and stars.

use crate::dense::Dense;
use crate::filter::Filter;
use crate::kinds::Kinds;
use crate::lexical::Lexical;
use crate::measure::{Measure, UNSTATED};
use crate::part::Part;
use crate::retrieve::Candidate;
use crate::snapshot::Snapshot;
use crate::{SearchError, Sort};

/// A product that has less than this share of the words that the best one has is no match, unless it is of the kind asked
/// for.
pub(crate) const LEAST_COVERAGE: f32 = 0.6;
/// What the share of words counts for beyond their scores.
pub(crate) const COVERAGE_WEIGHT: f32 = 0.7;
/// A title with all the words in their order, and nothing else, is worth this much more.
const TITLE_ORDER_WEIGHT: f32 = 0.25;
const TITLE_SHARE_WEIGHT: f32 = 0.25;
/// What is not of the kind asked for is worth this much of what it would be.
pub(crate) const OTHER_KIND_WEIGHT: f32 = 0.6;
/// What a product is worth that has a code of the query: more than any words.
const CODE_SCORE: f32 = 100.0;
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

/// The most that a title is worth.
const MAX_TITLE_BONUS: f32 = 1.0 + TITLE_ORDER_WEIGHT + TITLE_SHARE_WEIGHT;
/// Covers that a bound and a score round differently.
const ROUNDING: f32 = 1.000_1;

/// What is known of all products before constraints are looked at.
pub(crate) struct Signals {
    pub(crate) lexical: Option<Lexical>,
    pub(crate) dense: Option<Dense>,
    pub(crate) preferences: Filter,
    /// What is of the kind asked for.
    pub(crate) kinds: Kinds,
}

impl Signals {
    /// Whether the query has words to look for.
    pub(crate) fn has_text(&self) -> bool {
        self.lexical.is_some()
    }

    /// The places that constraints are held against: of what is of the kind asked for, where anything is.
    pub(crate) fn bound(&self, snapshot: &Snapshot) -> Vec<u32> {
        if self.kinds.is_empty() { self.places() } else { self.kinds.places(snapshot) }
    }

    /// All places that words or meaning found.
    pub(crate) fn places(&self) -> Vec<u32> {
        let found = self.lexical.iter().flat_map(|lexical| &lexical.found);
        let mut places: Vec<u32> = found.map(|found| found.place).collect();
        if let Some(dense) = &self.dense {
            places.extend(&dense.found);
            places.sort_unstable();
            places.dedup();
        }
        places
    }
}

/// Ranks the candidates of one search.
pub(crate) struct Ranker<'a> {
    snapshot: &'a Snapshot,
    filter: &'a Filter,
    signals: &'a Signals,
    sort: &'a Sort,
    measure: Option<Measure>,
    /// How well the words fit best, titles counted in.
    most_words: f32,
    /// The best cosine.
    top: f32,
}

/// What is shown of a candidate, and how high.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rank {
    /// The slot of the variant.
    pub(crate) slot: u32,
    /// Higher is better.
    pub(crate) score: f32,
}

impl<'a> Ranker<'a> {
    /// Looks at what the scores of these candidates are relative to.
    pub(crate) fn new(
        snapshot: &'a Snapshot,
        sort: &'a Sort,
        filter: &'a Filter,
        signals: &'a Signals,
        candidates: &[Candidate],
    ) -> Result<Self, SearchError> {
        let measure = Measure::new(snapshot, sort)?;
        let (most_words, top) = (0.0, f32::NEG_INFINITY);
        let mut ranker = Self { snapshot, filter, signals, sort, measure, most_words, top };
        for candidate in candidates {
            if candidate.words * MAX_TITLE_BONUS > ranker.most_words {
                ranker.most_words = ranker.most_words.max(candidate.words * ranker.title_bonus(candidate));
            }
        }
        if let Some(dense) = &signals.dense {
            let near = candidates.iter().map(|candidate| dense.similarities[candidate.place as usize]);
            ranker.top = near.fold(f32::NEG_INFINITY, f32::max);
        }
        Ok(ranker)
    }

    /// Where a slot comes in the order of the attribute that the list is ordered by.
    pub(crate) fn measured(&self, candidate: &Candidate, slot: u32) -> f64 {
        let of = |measure: &Measure| measure.of(self.snapshot, candidate.part as usize, candidate.doc, slot);
        self.measure.as_ref().map_or(UNSTATED, of)
    }

    /// The variant that is shown and the score; `None` where the score cannot reach `least`. What is cheap to know is
    /// looked at first.
    pub(crate) fn rank(&self, candidate: &Candidate, least: f32) -> Option<Rank> {
        let stars = self.stars(candidate);
        let code = if candidate.has_code { CODE_SCORE } else { 0.0 };
        let is_below = |score: f32| (score + code) * ROUNDING < least;
        let most_preferred = if self.signals.preferences.is_empty() { 1.0 } else { 1.0 + PREFERENCE_WEIGHT };
        if is_below(self.fused(candidate, MAX_TITLE_BONUS) * most_preferred * stars) {
            return None;
        }
        let fused = self.fused(candidate, self.title_bonus(candidate));
        if is_below(fused * self.most_preferred(candidate) * stars) {
            return None;
        }
        let (slot, preferred) = self.choose(candidate);
        let delay = self.part(candidate).columns.delay(slot);
        let score = fused * preferred * [1.0, LATER_WEIGHT, SOLD_OUT_WEIGHT][usize::from(delay)] * stars;
        Some(Rank { slot, score: score + code })
    }

    fn part(&self, candidate: &Candidate) -> &'a Part {
        &self.snapshot.parts[candidate.part as usize]
    }

    /// Words, raised by what the title is worth, and meaning together.
    fn fused(&self, candidate: &Candidate, title_bonus: f32) -> f32 {
        let is_any = self.most_words > 0.0;
        let words = if is_any { (candidate.words * title_bonus / self.most_words).min(1.0) } else { 0.0 };
        match &self.signals.dense {
            Some(dense) => {
                // What has no vector is infinitely far, also where nothing has one.
                let near = dense.similarities[candidate.place as usize].max(f32::MIN);
                let meaning = (1.0 - (self.top - near) / DENSE_SPAN).clamp(0.0, 1.0);
                LEXICAL_WEIGHT * words + (1.0 - LEXICAL_WEIGHT) * meaning
            }
            None if is_any => words,
            None => 1.0,
        }
    }

    fn stars(&self, candidate: &Candidate) -> f32 {
        let stars = self.snapshot.shrunk_stars(self.part(candidate), candidate.doc);
        1.0 + STAR_WEIGHT * (stars - self.snapshot.mean_stars)
    }

    /// More for a title that has neighbouring words of the query side by side, and for one that says little else.
    fn title_bonus(&self, candidate: &Candidate) -> f32 {
        let title = self.part(candidate).columns.title(candidate.doc);
        let Some(lexical) = self.signals.lexical.as_ref().filter(|_| !title.is_empty()) else { return 1.0 };
        let keys = &lexical.keys;
        let is_side_by_side = |pair: &&[u32]| title.windows(2).any(|words| words == *pair);
        let pairs = keys.windows(2).filter(is_side_by_side).count() as f32 / (keys.len() - 1).max(1) as f32;
        let share = title.iter().filter(|word| keys.contains(word)).count() as f32 / title.len() as f32;
        1.0 + TITLE_ORDER_WEIGHT * pairs + TITLE_SHARE_WEIGHT * share
    }

    /// What the preferences that some variant may hold are worth.
    fn most_preferred(&self, candidate: &Candidate) -> f32 {
        let preferences = &self.signals.preferences;
        if preferences.is_empty() {
            return 1.0;
        }
        let held = preferences.may_hold(self.snapshot, candidate.part as usize, candidate.doc);
        self.preferred(held & preferences.all())
    }

    fn preferred(&self, held: u32) -> f32 {
        let all = self.signals.preferences.all();
        if all == 0 {
            1.0
        } else {
            1.0 + PREFERENCE_WEIGHT * held.count_ones() as f32 / all.count_ones() as f32
        }
    }

    /// Of the variants that match: at hand first, then the one that holds most preferences, then by the price or the
    /// measure that the list is ordered by, then in the feed's order; with what its preferences are worth.
    fn choose(&self, candidate: &Candidate) -> (u32, f32) {
        let (part, doc) = (candidate.part as usize, candidate.doc);
        let preferences = &self.signals.preferences;
        let columns = &self.part(candidate).columns;
        let first = columns.slots(doc).start + 1;
        let mut held = Vec::new();
        if !preferences.is_empty() {
            let all = preferences.all();
            preferences.each_variant(self.snapshot, part, doc, |_, holding| held.push(holding & all));
        }
        let held = |slot: u32| held.get((slot - first) as usize).copied().unwrap_or(0);
        let mut best = None;
        self.filter.each_fitting(self.snapshot, part, doc, candidate.variants, |slot| {
            let unheld = u32::MAX - held(slot).count_ones();
            let key = (columns.delay(slot), unheld, self.own_order(candidate, slot), slot);
            best = Some(best.map_or(key, |best| key.min(best)));
        });
        let slot = best.map_or(first, |(.., slot)| slot);
        (slot, self.preferred(held(slot)))
    }

    fn own_order(&self, candidate: &Candidate, slot: u32) -> i64 {
        let price = || self.snapshot.price(self.part(candidate), candidate.doc, slot);
        match self.sort {
            Sort::PriceAscending => price().unwrap_or(i64::MAX),
            Sort::PriceDescending => price().map_or(i64::MAX, |price| -price),
            Sort::Attribute { .. } => in_order(self.measured(candidate, slot)),
            Sort::Relevance | Sort::Rating | Sort::Title => 0,
        }
    }
}

/// A whole number that comes where this one does in the order of [`f64::total_cmp`].
fn in_order(number: f64) -> i64 {
    let bits = number.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}
