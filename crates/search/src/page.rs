//! Candidates in order, cut into a page, and shown as hits.

use commerce::Money;
use tantivy::columnar::TermOrdHit;

use crate::card::Card;
use crate::cursor::Spot;
use crate::hits::{Hit, HitVariant};
use crate::retrieve::Candidate;
use crate::snapshot::Snapshot;
use crate::{Query, SearchError, Sort};

/// Hits on a page.
pub(crate) const MAX_HITS: usize = 100;

/// The page that a query asks for, and the cursor of the next one.
pub(crate) fn page(
    snapshot: &Snapshot,
    query: &Query,
    candidates: &[Candidate],
) -> Result<(Vec<Hit>, Option<String>), SearchError> {
    let limit = query.limit.min(MAX_HITS);
    let after = Spot::of(query)?;
    let mut spots = match query.sort {
        Sort::Title => by_title(snapshot, candidates, after.as_ref(), limit + 1)?,
        _ => candidates.iter().map(|found| (found.spot(snapshot, query.sort), found)).collect(),
    };
    if let Some(after) = after {
        spots.retain(|(spot, _)| spot.order(&after).is_gt());
    }
    if spots.len() > limit + 1 {
        spots.select_nth_unstable_by(limit, |(left, _), (right, _)| left.order(right));
        spots.truncate(limit + 1);
    }
    spots.sort_unstable_by(|(left, _), (right, _)| left.order(right));
    let has_more = spots.len() > limit;
    spots.truncate(limit);
    let next = spots.last().filter(|_| has_more).map(|(spot, _)| spot.cursor(query));
    let hits = spots.iter().map(|(_, found)| hit(snapshot, found)).collect::<Result<_, _>>()?;
    Ok((hits, next))
}

/// The first candidates of each part by title, so that few titles are read.
fn by_title<'a>(
    snapshot: &Snapshot,
    candidates: &'a [Candidate],
    after: Option<&Spot>,
    limit: usize,
) -> Result<Vec<(Spot, &'a Candidate)>, SearchError> {
    let mut spots = Vec::new();
    for (place, part) in snapshot.parts.iter().enumerate() {
        let Some(words) = &part.columns.title_order_words else { continue };
        let (first, is_known) = match after {
            Some(after) => match words.term_ord_or_next(&after.title)? {
                TermOrdHit::Exact(first) => (first, true),
                TermOrdHit::Next(first) => (first, false),
            },
            None => (0, false),
        };
        let order = |found: &Candidate| part.columns.title_orders[found.doc as usize];
        let key = |found: &Candidate| (order(found), part.columns.keys[found.doc as usize]);
        let is_behind = |found: &&Candidate| {
            let is_later = u64::from(order(found)) >= first;
            let is_tie = is_known
                && u64::from(order(found)) == first
                && after.is_some_and(|after| key(found).1 <= after.id);
            is_later && !is_tie
        };
        let own = candidates.iter().filter(|found| found.part as usize == place);
        let mut own: Vec<&Candidate> = own.filter(is_behind).collect();
        if own.len() > limit {
            own.select_nth_unstable_by_key(limit - 1, |found| key(found));
            own.truncate(limit);
        }
        for found in own {
            let mut title = Vec::new();
            words.ord_to_term(u64::from(order(found)), &mut title)?;
            let title = String::from_utf8_lossy(&title).into_owned();
            spots.push((Spot { key: 0.0, title, id: key(found).1 }, found));
        }
    }
    Ok(spots)
}

impl Candidate {
    fn spot(&self, snapshot: &Snapshot, sort: Sort) -> Spot {
        let part = &snapshot.parts[self.part as usize];
        let price = || snapshot.price(part, self.doc, self.slot).map(|price| price as f64);
        let key = match sort {
            Sort::Relevance | Sort::Title => -f64::from(self.score),
            Sort::PriceAscending => price().unwrap_or(f64::INFINITY),
            Sort::PriceDescending => price().map_or(f64::INFINITY, |price| -price),
            Sort::Rating => -f64::from(snapshot.shrunk_stars(part, self.doc)),
        };
        Spot { key, title: String::new(), id: part.columns.keys[self.doc as usize] }
    }
}

/// What a hit shows of a product.
pub(crate) fn card(snapshot: &Snapshot, part: usize, doc: u32) -> Result<Card, SearchError> {
    let bytes = snapshot.stored(part, doc, snapshot.fields.card)?;
    serde_json::from_slice(&bytes).map_err(|_| SearchError::outdated("a stored card cannot be read"))
}

/// A product outside of any search.
pub(crate) fn hit_of(snapshot: &Snapshot, part: usize, doc: u32) -> Result<Hit, SearchError> {
    let variants = card(snapshot, part, doc)?.variants;
    let buyable = variants.iter().position(|variant| variant.availability.is_buyable()).unwrap_or(0);
    let slot = snapshot.parts[part].columns.slots(doc).start + 1 + buyable as u32;
    hit(snapshot, &Candidate { part: part as u32, doc, place: 0, slot, score: 0.0 })
}

fn hit(snapshot: &Snapshot, found: &Candidate) -> Result<Hit, SearchError> {
    let card = card(snapshot, found.part as usize, found.doc)?;
    let columns = &snapshot.parts[found.part as usize].columns;
    let place = (found.slot - columns.slots(found.doc).start - 1) as usize;
    let variant = card.variants.get(place);
    let own = |text: Option<&String>, fallback: String| match text {
        Some(text) if !text.is_empty() => text.clone(),
        _ => fallback,
    };
    let price = variant.and_then(|variant| variant.price).map(|price| {
        let now = columns.price(found.slot, snapshot.now);
        Money::new(now.unwrap_or(price.amount_minor), price.currency)
    });
    Ok(Hit {
        variant: variant
            .filter(|_| !card.is_simple)
            .map(|variant| HitVariant { source_id: variant.source_id.clone(), title: variant.title.clone() }),
        price,
        availability: variant.map(|variant| variant.availability).unwrap_or_default(),
        url: own(variant.map(|variant| &variant.url), card.url),
        image: own(variant.map(|variant| &variant.image), card.image),
        product_id: card.id,
        source_id: card.source_id,
        title: card.title,
        score: found.score,
    })
}
