//! One search from query to hits: words and meaning find candidates, constraints decide, ranks are fused, facets are
//! counted, a page is cut.
//!
//! What is done for every match is kept small: which of its variants fit, how well the words fit, and its facets. The
//! rest of its rank is worked out only where it can still reach the page (see [`crate::rank`]).

use tantivy::Term;

use crate::dense::Dense;
use crate::facets::Counter;
use crate::filter::{Documents, Filter};
use crate::kinds::Kinds;
use crate::lexical::{Found, Lexical};
use crate::page::page;
use crate::part::Part;
use crate::rank::{COVERAGE_WEIGHT, LEAST_COVERAGE, OTHER_KIND_WEIGHT, Ranker, Signals};
use crate::relax::relax;
use crate::snapshot::Snapshot;
use crate::unmet::unmet;
use crate::{Constraint, Hits, Query, SearchError};

/// A product that is in the list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) part: u32,
    pub(crate) doc: u32,
    /// The place among the documents of all parts.
    pub(crate) place: u32,
    /// How well the words fit; 0 where only meaning or constraints found it.
    pub(crate) words: f32,
    /// The variants that fit, as [`Filter::fits`] gives them.
    pub(crate) variants: u64,
    /// Whether it has a code of the query.
    pub(crate) has_code: bool,
}

/// Runs a query.
pub(crate) fn search(
    snapshot: &Snapshot,
    query: &Query,
    vector: Option<&[f32]>,
) -> Result<Hits, SearchError> {
    let filter = Filter::new(snapshot, &query.constraints)?;
    let signals = Signals {
        lexical: Lexical::new(snapshot, query)?,
        dense: vector.map(|vector| Dense::new(snapshot, vector)).transpose()?.flatten(),
        preferences: Filter::new(snapshot, &query.preferences)?,
        kinds: Kinds::new(snapshot, query)?,
    };
    let mut relaxed = Vec::new();
    let mut used = filter;
    let mut candidates = gather(snapshot, &query.constraints, &used, &signals)?;
    if candidates.is_empty()
        && let Some(way) = relax(snapshot, &query.constraints, &signals)?
    {
        for constraints in way.tries {
            used = Filter::new(snapshot, &constraints)?;
            candidates = gather(snapshot, &constraints, &used, &signals)?;
            if !candidates.is_empty() {
                break;
            }
        }
        relaxed = way.relaxed;
    }
    let ranker = Ranker::new(snapshot, &query.sort, &used, &signals, &candidates)?;
    put_first(snapshot, query, &mut candidates)?;
    let facets = match signals.has_text() || !used.is_empty() {
        true => count(snapshot, &used, &candidates),
        false => count_all(snapshot),
    };
    let total = candidates.len() as u64;
    let (hits, next_cursor, first) = page(snapshot, query, &ranker, &candidates)?;
    let unmet = unmet(snapshot, query, &signals, first)?;
    Ok(Hits { hits, facets: facets.facets(), relaxed, unmet, next_cursor, total })
}

/// All products that fit, in the order of their places. Where words were read into constraints and no product has any
/// of the rest of the text, the constraints alone decide.
fn gather(
    snapshot: &Snapshot,
    constraints: &[Constraint],
    filter: &Filter,
    signals: &Signals,
) -> Result<Vec<Candidate>, SearchError> {
    let Some(lexical) = &signals.lexical else { return Ok(listing(snapshot, filter)) };
    let is_demanding = constraints.iter().any(|constraint| !constraint.words.is_empty());
    let is_bound = is_demanding && !signals.kinds.is_empty();
    let has_said = |constraint: &Constraint| !constraint.is_negated && !constraint.words.is_empty();
    if !is_bound && lexical.found.is_empty() && signals.dense.is_none() {
        let is_lost = constraints.iter().any(has_said);
        return Ok(if is_lost { listing(snapshot, filter) } else { Vec::new() });
    }
    let mut found = matching(snapshot, filter, signals, lexical, is_bound);
    if let Some(dense) = &signals.dense {
        found.extend(dense.nearest(|place| {
            let (part, doc) = snapshot.locate(place);
            let is_asked = !is_bound || signals.kinds.has(part, doc);
            is_asked.then(|| fitting(snapshot, filter, part, doc)).flatten()
        }));
        // A stable sort keeps the one that words found before the one that meaning found.
        found.sort_by_key(|candidate| candidate.place);
        found.dedup_by_key(|candidate| candidate.place);
    } else if found.is_empty() && is_bound {
        let places = signals.kinds.places(snapshot).into_iter().map(|place| snapshot.locate(place));
        found.extend(places.filter_map(|(part, doc)| fitting(snapshot, filter, part, doc)));
    }
    Ok(found)
}

/// All products that fit the constraints.
fn listing(snapshot: &Snapshot, filter: &Filter) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (place, part) in snapshot.parts.iter().enumerate() {
        let mut add = |doc| found.extend(fitting(snapshot, filter, place, doc));
        match filter.documents(place) {
            Some(documents) => documents.iter().for_each(&mut add),
            None => (0..part.columns.len() as u32).for_each(&mut add),
        }
    }
    found
}

/// The products that have enough of the words, most of those that the best one has, or are of the kind asked for; only
/// the latter where they bind.
fn matching(
    snapshot: &Snapshot,
    filter: &Filter,
    signals: &Signals,
    lexical: &Lexical,
    is_bound: bool,
) -> Vec<Candidate> {
    let coverage = lexical.coverage();
    let kinds = &signals.kinds;
    let mut best = 0.0f32;
    each_in_part(snapshot, &lexical.found, |part, doc, found| {
        let own = coverage.of(found);
        let may_be = own > best && (!is_bound || kinds.has(part, doc));
        if may_be && fitting(snapshot, filter, part, doc).is_some() {
            best = own;
        }
    });
    let mut candidates = Vec::new();
    each_in_part(snapshot, &lexical.found, |part, doc, found| {
        let own = coverage.of(found);
        let is_kind = kinds.has(part, doc);
        let has_enough = own >= LEAST_COVERAGE * best && !is_bound || is_kind;
        if best > 0.0
            && own > 0.0
            && has_enough
            && let Some(candidate) = fitting(snapshot, filter, part, doc)
        {
            let kind = if is_kind || kinds.is_empty() { 1.0 } else { OTHER_KIND_WEIGHT };
            let words = found.score * (1.0 - COVERAGE_WEIGHT + COVERAGE_WEIGHT * own) * kind;
            candidates.push(Candidate { words, ..candidate });
        }
    });
    candidates
}

/// Adds what has a code of the query, whether its words fit or not, and marks it so that it comes before all others.
fn put_first(snapshot: &Snapshot, query: &Query, found: &mut Vec<Candidate>) -> Result<(), SearchError> {
    let by_hand = query.constraints.iter().filter(|constraint| constraint.words.is_empty());
    let filter = Filter::new(snapshot, &by_hand.cloned().collect::<Vec<_>>())?;
    for (place, part) in snapshot.parts.iter().enumerate().filter(|_| !query.codes.is_empty()) {
        let mut named = Documents::none(part);
        for code in &query.codes {
            let code = Term::from_field_text(snapshot.fields.code, code);
            part.each_with_code(&code, |docs| docs.iter().for_each(|doc| named.insert(*doc)))?;
        }
        for doc in named.iter() {
            let place_of_doc = part.base + doc;
            match found.iter_mut().find(|candidate| candidate.place == place_of_doc) {
                Some(known) => known.has_code = true,
                None => {
                    let named = fitting(snapshot, &filter, place, doc);
                    found.extend(named.map(|named| Candidate { has_code: true, ..named }));
                }
            }
        }
    }
    Ok(())
}

/// Calls back with what was found, which is in order, and the part and document that it is.
fn each_in_part(snapshot: &Snapshot, mut found: &[Found], mut each: impl FnMut(usize, u32, &Found)) {
    for (place, part) in snapshot.parts.iter().enumerate() {
        let end = part.base + part.columns.len() as u32;
        let (here, rest) = found.split_at(found.partition_point(|found| found.place < end));
        here.iter().for_each(|found| each(place, found.place - part.base, found));
        found = rest;
    }
}

/// The candidate of a document that is alive and has a variant for which all constraints hold.
fn fitting(snapshot: &Snapshot, filter: &Filter, part: usize, doc: u32) -> Option<Candidate> {
    if !snapshot.parts[part].is_alive(doc) {
        return None;
    }
    let variants = filter.fits(snapshot, part, doc)?;
    let place = snapshot.parts[part].base + doc;
    Some(Candidate { part: part as u32, doc, place, words: 0.0, variants, has_code: false })
}

/// The facets of the candidates.
fn count<'a>(snapshot: &'a Snapshot, filter: &Filter, candidates: &[Candidate]) -> Counter<'a> {
    let mut counter = Counter::new(&snapshot.catalog);
    let mut slots = Vec::new();
    for found in candidates {
        let part = &snapshot.parts[found.part as usize];
        if filter.is_empty() || is_whole(part, found) {
            counter.add_product(part, found.doc);
            add_all_prices(snapshot, part, found.doc, &mut counter);
            continue;
        }
        slots.clear();
        let place = found.part as usize;
        filter.each_fitting(snapshot, place, found.doc, found.variants, |slot| slots.push(slot));
        counter.add(part, found.doc, slots.iter().copied());
        slots.iter().for_each(|slot| add_price(snapshot, part, found.doc, *slot, &mut counter));
    }
    counter
}

/// Whether all variants of a candidate fit.
fn is_whole(part: &Part, found: &Candidate) -> bool {
    let variants = part.columns.slots(found.doc).len() - 1;
    variants <= u64::BITS as usize && found.variants.count_ones() as usize == variants
}

/// The facets of the whole catalog: only its prices have to be looked at.
fn count_all(snapshot: &Snapshot) -> Counter<'_> {
    let mut counter = Counter::of_catalog(&snapshot.catalog);
    for part in snapshot.parts.iter() {
        for doc in part.alive() {
            counter.next();
            add_all_prices(snapshot, part, doc, &mut counter);
        }
    }
    counter
}

fn add_all_prices(snapshot: &Snapshot, part: &Part, doc: u32, counter: &mut Counter<'_>) {
    if part.columns.currencies[doc as usize] != part.currency {
        return;
    }
    match part.columns.price_span(doc) {
        Some((low, high)) if low <= high => counter.add_price(low, high),
        Some(_) => {}
        None => {
            let slots = part.columns.slots(doc);
            slots.skip(1).for_each(|slot| add_price(snapshot, part, doc, slot, counter));
        }
    }
}

fn add_price(snapshot: &Snapshot, part: &Part, doc: u32, slot: u32, counter: &mut Counter<'_>) {
    if let Some(price) = snapshot.price(part, doc, slot) {
        counter.add_price(price, price);
    }
}
