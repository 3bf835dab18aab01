//! One search from query to hits: words and meaning find candidates, constraints decide, ranks are fused, facets are
//! counted, a page is cut.

use tantivy::Term;

use crate::dense::Dense;
use crate::facets::Counter;
use crate::field_key::{NUMBER, SEPARATOR, of_field, term};
use crate::filter::Filter;
use crate::kinds::kinds;
use crate::lexical::Lexical;
use crate::page::page;
use crate::rank::{Signals, rank};
use crate::relax::relax;
use crate::snapshot::Snapshot;
use crate::{Constraint, Hits, Query, SearchError, Test};

/// What a product is worth that has a code of the query: more than any words.
const CODE_SCORE: f32 = 100.0;

/// A product that is in the list, with the variant that is shown.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) part: u32,
    pub(crate) doc: u32,
    /// The place among the documents of all parts.
    pub(crate) place: u32,
    /// The slot of the variant.
    pub(crate) slot: u32,
    /// Higher is better.
    pub(crate) score: f32,
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
        kinds: kinds(snapshot, query)?,
    };
    let mut relaxed = Vec::new();
    let mut used = filter;
    let mut candidates = gather(snapshot, query, &query.constraints, &used, &signals)?;
    if candidates.is_empty()
        && let Some(way) = relax(snapshot, &query.constraints, &signals)?
    {
        for constraints in way.tries {
            used = Filter::new(snapshot, &constraints)?;
            candidates = gather(snapshot, query, &constraints, &used, &signals)?;
            if !candidates.is_empty() {
                break;
            }
        }
        relaxed = way.relaxed;
    }
    put_first(snapshot, query, &mut candidates)?;
    let facets = count(snapshot, &used, &candidates);
    let total = candidates.len() as u64;
    let (hits, next_cursor) = page(snapshot, query, &candidates)?;
    Ok(Hits { hits, facets: facets.facets(), relaxed, next_cursor, total })
}

/// All products that fit, ranked. Where words were read into constraints and no product has any of the rest of the text,
/// the constraints alone decide.
fn gather(
    snapshot: &Snapshot,
    query: &Query,
    constraints: &[Constraint],
    filter: &Filter,
    signals: &Signals,
) -> Result<Vec<Candidate>, SearchError> {
    let found = if signals.has_text() {
        let is_demanding = constraints.iter().any(|constraint| !constraint.words.is_empty());
        let places = if is_demanding { signals.bound() } else { signals.places() };
        let is_lost = places.is_empty() && constraints.iter().any(|c| !c.is_negated && !c.words.is_empty());
        let places = if is_lost { listing_places(snapshot, constraints)? } else { places };
        fitting(snapshot, filter, &places)
    } else {
        fitting(snapshot, filter, &listing_places(snapshot, constraints)?)
    };
    Ok(rank(snapshot, query, filter, signals, found))
}

/// Puts what has a code of the query before everything else, whether its words fit or not.
fn put_first(snapshot: &Snapshot, query: &Query, found: &mut Vec<Candidate>) -> Result<(), SearchError> {
    let mut named = Vec::new();
    for part in snapshot.parts.iter() {
        for code in &query.codes {
            let documents = part.documents_with_code(&Term::from_field_text(snapshot.fields.code, code))?;
            named.extend(documents.into_iter().map(|doc| part.base + doc));
        }
    }
    named.sort_unstable();
    named.dedup();
    if named.is_empty() {
        return Ok(());
    }
    for candidate in found.iter_mut().filter(|candidate| named.binary_search(&candidate.place).is_ok()) {
        candidate.score += CODE_SCORE;
    }
    named.retain(|place| found.iter().all(|candidate| candidate.place != *place));
    let filter = Filter::new(snapshot, &by_hand(&query.constraints))?;
    for mut candidate in fitting(snapshot, &filter, &named) {
        candidate.score = CODE_SCORE;
        found.push(candidate);
    }
    Ok(())
}

/// The filters that were set by hand.
fn by_hand(constraints: &[Constraint]) -> Vec<Constraint> {
    constraints.iter().filter(|constraint| constraint.words.is_empty()).cloned().collect()
}

/// The places among which all matches of the constraints are: those of the rarest value that is demanded.
fn listing_places(snapshot: &Snapshot, constraints: &[Constraint]) -> Result<Vec<u32>, SearchError> {
    let mut fewest: Option<Vec<u32>> = None;
    for constraint in constraints {
        let (Some(field), Test::AnyOf(values)) = (of_field(&constraint.field), &constraint.test) else {
            continue;
        };
        if constraint.is_negated || !constraint.words.is_empty() {
            continue;
        }
        let mut places = Vec::new();
        for part in snapshot.parts.iter() {
            for value in values {
                for separator in [SEPARATOR, NUMBER] {
                    let stated =
                        Term::from_field_text(snapshot.fields.term, &term(&field, separator, value.trim()));
                    let documents = part.documents_of(&stated)?;
                    places.extend(documents.into_iter().map(|doc| part.base + doc));
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        if fewest.as_ref().is_none_or(|fewest| places.len() < fewest.len()) {
            fewest = Some(places);
        }
    }
    Ok(fewest.unwrap_or_else(|| (0..snapshot.width() as u32).collect()))
}

/// Those of the places whose product is alive and has a variant for which all constraints hold.
fn fitting(snapshot: &Snapshot, filter: &Filter, places: &[u32]) -> Vec<Candidate> {
    let all = filter.all();
    let mut found = Vec::new();
    for place in places {
        let (part, doc) = snapshot.locate(*place);
        if !snapshot.parts[part].is_alive(doc) || !filter.can_match(snapshot, part, doc) {
            continue;
        }
        let mut slot = None;
        filter.each_variant(snapshot, part, doc, |variant, holding| {
            if holding == all && slot.is_none() {
                slot = Some(variant);
            }
        });
        if let Some(slot) = slot {
            found.push(Candidate { part: part as u32, doc, place: *place, slot, score: 0.0 });
        }
    }
    found
}

fn count<'a>(snapshot: &'a Snapshot, filter: &Filter, candidates: &[Candidate]) -> Counter<'a> {
    let mut counter = Counter::new(&snapshot.catalog);
    let mut slots = Vec::new();
    for found in candidates {
        let part = &snapshot.parts[found.part as usize];
        filter.matching(snapshot, found.part as usize, found.doc, &mut slots);
        counter.add(part, found.doc, slots.iter().copied());
        for slot in &slots {
            if let Some(price) = snapshot.price(part, found.doc, *slot) {
                counter.add_price(price);
            }
        }
    }
    counter
}
