//! Candidates in order, cut into a page, and shown as hits.

use commerce::Money;
use tantivy::DocAddress;
use tantivy::columnar::TermOrdHit;

use crate::card::Card;
use crate::cursor::Spot;
use crate::hits::{Hit, HitVariant};
use crate::rank::{Rank, Ranker};
use crate::retrieve::Candidate;
use crate::snapshot::Snapshot;
use crate::stored::{CARD, stored};
use crate::{Query, SearchError, Sort};

/// Hits on a page.
pub(crate) const MAX_HITS: usize = 100;
/// So many candidates beyond the page are kept before the worst are dropped.
const SPARE: usize = 32;

/// A candidate that may be on the page, with its place in the order.
type Placed<'a> = (Spot, &'a Candidate, Option<Rank>);

/// The hits of a page, the cursor of the next one, and the place of the first hit.
type Page = (Vec<Hit>, Option<String>, Option<u32>);

/// The page that a query asks for.
pub(crate) fn page(
    snapshot: &Snapshot,
    query: &Query,
    ranker: &Ranker<'_>,
    candidates: &[Candidate],
) -> Result<Page, SearchError> {
    let limit = query.limit.min(MAX_HITS);
    let after = Spot::of(query)?;
    let mut placed = match &query.sort {
        Sort::Title => by_title(snapshot, candidates, after.as_ref(), limit + 1)?,
        sort => first(snapshot, sort, ranker, candidates, after.as_ref(), limit + 1),
    };
    placed.sort_unstable_by(|(left, ..), (right, ..)| left.order(right));
    let has_more = placed.len() > limit;
    placed.truncate(limit);
    let next = placed.last().filter(|_| has_more).map(|(spot, ..)| spot.cursor(query));
    let first = placed.first().map(|(_, found, _)| found.place);
    let hits = placed.iter().filter_map(|(_, found, rank)| {
        let rank = rank.or_else(|| ranker.rank(found, f32::NEG_INFINITY))?;
        Some(hit(snapshot, found, rank))
    });
    Ok((hits.collect::<Result<_, _>>()?, next, first))
}

/// The first candidates behind a spot, in no order. A candidate that cannot come before those that are known is passed
/// over.
fn first<'a>(
    snapshot: &Snapshot,
    sort: &Sort,
    ranker: &Ranker<'_>,
    candidates: &'a [Candidate],
    after: Option<&Spot>,
    limit: usize,
) -> Vec<Placed<'a>> {
    let mut placed: Vec<Placed<'a>> = Vec::new();
    let mut least = f32::NEG_INFINITY;
    let is_by_score = matches!(sort, Sort::Relevance);
    for found in candidates {
        let Some(rank) = ranker.rank(found, least) else { continue };
        let spot = found.spot(snapshot, sort, ranker, rank);
        if after.is_some_and(|after| spot.order(after).is_le()) {
            continue;
        }
        placed.push((spot, found, Some(rank)));
        if placed.len() >= limit + SPARE {
            placed.select_nth_unstable_by(limit - 1, |(left, ..), (right, ..)| left.order(right));
            placed.truncate(limit);
            if let (true, Some((_, _, Some(last)))) = (is_by_score, placed.last()) {
                least = last.score;
            }
        }
    }
    if placed.len() > limit {
        placed.select_nth_unstable_by(limit - 1, |(left, ..), (right, ..)| left.order(right));
        placed.truncate(limit);
    }
    placed
}

/// The first candidates of each part by title, so that few titles are read.
fn by_title<'a>(
    snapshot: &Snapshot,
    candidates: &'a [Candidate],
    after: Option<&Spot>,
    limit: usize,
) -> Result<Vec<Placed<'a>>, SearchError> {
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
            spots.push((Spot { key: 0.0, title, id: key(found).1 }, found, None));
        }
    }
    Ok(spots)
}

impl Candidate {
    fn spot(&self, snapshot: &Snapshot, sort: &Sort, ranker: &Ranker<'_>, rank: Rank) -> Spot {
        let part = &snapshot.parts[self.part as usize];
        let price = || snapshot.price(part, self.doc, rank.slot).map(|price| price as f64);
        let key = match sort {
            Sort::Relevance | Sort::Title => -f64::from(rank.score),
            Sort::PriceAscending => price().unwrap_or(f64::INFINITY),
            Sort::PriceDescending => price().map_or(f64::INFINITY, |price| -price),
            Sort::Rating => -f64::from(snapshot.shrunk_stars(part, self.doc)),
            Sort::Attribute { .. } => ranker.measured(self, rank.slot),
        };
        Spot { key, title: String::new(), id: part.columns.keys[self.doc as usize] }
    }
}

/// What a hit shows of a product.
pub(crate) fn card(snapshot: &Snapshot, part: usize, doc: u32) -> Result<Card, SearchError> {
    let address = DocAddress::new(part as u32, doc);
    let text = stored::<CARD>(&snapshot.products, address, snapshot.fields.card)?;
    serde_json::from_str(&text).map_err(|_| SearchError::outdated("a stored card cannot be read"))
}

/// A product outside of any search.
pub(crate) fn hit_of(snapshot: &Snapshot, part: usize, doc: u32) -> Result<Hit, SearchError> {
    let variants = card(snapshot, part, doc)?.variants;
    let buyable = variants.iter().position(|variant| variant.availability.is_buyable()).unwrap_or(0);
    let slot = snapshot.parts[part].columns.slots(doc).start + 1 + buyable as u32;
    let found =
        Candidate { part: part as u32, doc, place: 0, words: 0.0, variants: u64::MAX, has_code: false };
    hit(snapshot, &found, Rank { slot, score: 0.0 })
}

fn hit(snapshot: &Snapshot, found: &Candidate, rank: Rank) -> Result<Hit, SearchError> {
    let card = card(snapshot, found.part as usize, found.doc)?;
    let columns = &snapshot.parts[found.part as usize].columns;
    let place = (rank.slot - columns.slots(found.doc).start - 1) as usize;
    let variant = card.variants.get(place);
    let own = |text: Option<&String>, fallback: String| match text {
        Some(text) if !text.is_empty() => text.clone(),
        _ => fallback,
    };
    let regular_price = variant.and_then(|variant| variant.price);
    let price = regular_price.map(|price| {
        let now = columns.price(found.doc, rank.slot, snapshot.now);
        Money::new(now.unwrap_or(price.amount_minor), price.currency)
    });
    Ok(Hit {
        variant: variant
            .filter(|_| !card.is_simple)
            .map(|variant| HitVariant { source_id: variant.source_id.clone(), title: variant.title.clone() }),
        price,
        regular_price: regular_price.filter(|regular| price != Some(*regular)),
        rating: columns.rating(found.doc),
        availability: variant.map(|variant| variant.availability).unwrap_or_default(),
        url: own(variant.map(|variant| &variant.url), card.url),
        image: own(variant.map(|variant| &variant.image), card.image),
        product_id: card.id,
        source_id: card.source_id,
        title: card.title,
        score: rank.score,
    })
}
