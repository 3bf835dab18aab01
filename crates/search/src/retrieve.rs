//! One search from query to hits: words and meaning find candidates, constraints decide, ranks are fused, facets are
//! counted, a page is cut.
//!
//! What is done for every match is kept small: which of its variants fit, how well the words fit, and its facets. The
//! rest of its rank is worked out only where it can still reach the page (see [`crate::rank`]).

use crate::dense::Dense;
use crate::facets::Counter;
use crate::filter::Filter;
use crate::lexical::{Found, Lexical};
use crate::page::page;
use crate::part::Part;
use crate::rank::{COVERAGE_WEIGHT, LEAST_COVERAGE, Ranker, Signals};
use crate::relax::relax;
use crate::snapshot::Snapshot;
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
    let facets = match signals.has_text() || !used.is_empty() {
        true => count(snapshot, &used, &candidates),
        false => count_all(snapshot),
    };
    let total = candidates.len() as u64;
    let ranker = Ranker::new(snapshot, query.sort, &used, &signals, &candidates);
    let (hits, next_cursor) = page(snapshot, query, &ranker, &candidates)?;
    Ok(Hits { hits, facets: facets.facets(), relaxed, next_cursor, total })
}

/// All products that fit, in the order of their places. Where words were read into constraints and no product has
/// both those and the rest of the text, the constraints alone decide.
fn gather(
    snapshot: &Snapshot,
    constraints: &[Constraint],
    filter: &Filter,
    signals: &Signals,
) -> Result<Vec<Candidate>, SearchError> {
    if let Some(lexical) = &signals.lexical {
        let mut found = matching(snapshot, filter, lexical);
        if let Some(dense) = &signals.dense {
            found.extend(dense.nearest(|place| {
                let (part, doc) = snapshot.locate(place);
                fitting(snapshot, filter, part, doc)
            }));
            found.sort_by_key(|candidate| candidate.place);
            // A stable sort keeps the one that words found before the one that meaning found.
            found.dedup_by_key(|candidate| candidate.place);
        }
        let has_said = |constraint: &Constraint| !constraint.is_negated && !constraint.words.is_empty();
        if !found.is_empty() || !constraints.iter().any(has_said) {
            return Ok(found);
        }
    }
    let mut found = Vec::new();
    for (place, part) in snapshot.parts.iter().enumerate() {
        let mut add = |doc| found.extend(fitting(snapshot, filter, place, doc));
        match filter.documents(snapshot, place, constraints)? {
            Some(documents) => documents.iter().for_each(&mut add),
            None => (0..part.columns.len() as u32).for_each(&mut add),
        }
    }
    Ok(found)
}

/// The products that have enough of the words: most of those that the best one has.
fn matching(snapshot: &Snapshot, filter: &Filter, lexical: &Lexical) -> Vec<Candidate> {
    let coverage = lexical.coverage();
    let fitting = |part: usize, found: &Found| {
        let doc = found.place - snapshot.parts[part].base;
        fitting(snapshot, filter, part, doc)
    };
    let mut best = 0.0f32;
    each_in_part(snapshot, &lexical.found, |part, found| {
        let own = coverage.of(found);
        if own > best && fitting(part, found).is_some() {
            best = own;
        }
    });
    let mut candidates = Vec::new();
    each_in_part(snapshot, &lexical.found, |part, found| {
        let own = coverage.of(found);
        if best > 0.0
            && own >= LEAST_COVERAGE * best
            && let Some(candidate) = fitting(part, found)
        {
            let words = found.score * (1.0 - COVERAGE_WEIGHT + COVERAGE_WEIGHT * own);
            candidates.push(Candidate { words, ..candidate });
        }
    });
    candidates
}

/// Calls back with what was found, which is in order, and the part that it is in.
fn each_in_part(snapshot: &Snapshot, mut found: &[Found], mut each: impl FnMut(usize, &Found)) {
    for (place, part) in snapshot.parts.iter().enumerate() {
        let end = part.base + part.columns.len() as u32;
        let (here, rest) = found.split_at(found.partition_point(|found| found.place < end));
        here.iter().for_each(|found| each(place, found));
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
    Some(Candidate { part: part as u32, doc, place, words: 0.0, variants })
}

/// The facets of the candidates.
fn count<'a>(snapshot: &'a Snapshot, filter: &Filter, candidates: &[Candidate]) -> Counter<'a> {
    let mut counter = Counter::new(&snapshot.catalog);
    let mut slots = Vec::new();
    for found in candidates {
        let part = &snapshot.parts[found.part as usize];
        if filter.is_empty() {
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
