//! The order that a shopper asks for: `which is lightest`, `something bigger`, `cheaper please`.

use std::cmp::Ordering;

use commerce::{Money, Product};
use search::{Constraint, EvidenceRow, Field};

use super::{DEFAULT_LIMIT, Found, stated_by};
use crate::lexicon::stem_list;
use crate::reason::comparison::{self, Amount, Comparative};
use crate::{Ask, AskError, Request, Snapshot};

/// Products that are put in an order that is asked for.
pub(super) const MAX_ORDERED: usize = 40;

/// What the goods are put in order by. A price is one only in `cheaper ones`, for a bound on it is no order.
pub(super) fn asked(request: &Request) -> Option<&'static Comparative> {
    let is_meant = |asked: &&Comparative| asked.concept.is_some() || request.place.is_carried;
    comparison::asked(&request.text).filter(is_meant)
}

/// Puts those first that state the most or the least of what is asked, and those last that do not say; what else is asked for
/// goes before it. Where cheaper ones are asked for, they cost less than the first one that was shown.
pub(super) fn put(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    found: &mut Vec<Found>,
) -> Result<Option<Comparative>, AskError> {
    let Some(asked) = asked(request) else { return Ok(None) };
    let best = found.iter().take(DEFAULT_LIMIT).map(|found| (&found.product, found.rows.iter().collect()));
    let asked = comparison::meant(ask, asked, best);
    let key = |found: &Found| {
        let base = amount(ask, &asked, &found.product, &found.rows).map(|amount| amount.base);
        base.map_or(f64::INFINITY, |base| if asked.wants_most { -base } else { base })
    };
    let compared = stem_list(asked.concept.unwrap_or_default());
    found.sort_by_cached_key(|found| (lacking(ask, request, &compared, found), Ordered(key(found))));
    if asked.concept.is_none()
        && !asked.wants_most
        && let Some(price) = first_price(snapshot, ask)?
    {
        below(found, price);
    }
    Ok(Some(asked))
}

/// What the first product costs that was shown before, where cheaper ones are asked for now.
fn first_price(snapshot: &Snapshot, ask: &Ask) -> Result<Option<Money>, AskError> {
    let is_asked = comparison::asked(&ask.text).is_some_and(|asked| asked.concept.is_none());
    let Some(first) = ask.shown.first().filter(|_| is_asked) else { return Ok(None) };
    let hit = match snapshot.index.find(first)? {
        Some(id) => snapshot.index.hit(&id)?,
        None => None,
    };
    Ok(hit.and_then(|hit| hit.price))
}

/// Leaves out what costs as much or more, where anything costs less.
fn below(found: &mut Vec<Found>, price: Money) {
    let costs_less = |found: &Found| {
        found
            .hit
            .price
            .is_some_and(|own| own.currency == price.currency && own.amount_minor < price.amount_minor)
    };
    if found.iter().any(costs_less) {
        found.retain(costs_less);
    }
}

/// How many of the attributes that are liked a product does not state, apart from what is compared: `longest battery life`
/// asks for no battery.
fn lacking(ask: &Ask, request: &Request, compared: &[String], found: &Found) -> usize {
    let of_attribute = |liked: &&Constraint| matches!(liked.field, Field::Attribute(_));
    let mut words: Vec<&str> = Vec::new();
    for liked in request.need.preferences.iter().filter(of_attribute) {
        // One of several readings of the same words will do.
        let of_same = || request.need.preferences.iter().filter(|other| other.words == liked.words);
        let is_stated = of_same().any(|other| stated_by(other, found, ask).is_some());
        let is_compared = stem_list(&liked.words).iter().all(|stem| compared.contains(stem));
        if !is_stated && !is_compared && !words.contains(&liked.words.as_str()) {
            words.push(&liked.words);
        }
    }
    words.len()
}

/// A number that can be sorted by.
#[derive(PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// What a product has of what is compared.
pub(super) fn amount<'a>(
    ask: &Ask,
    asked: &Comparative,
    product: &'a Product,
    rows: &'a [EvidenceRow],
) -> Option<Amount<'a>> {
    comparison::amount(ask, asked, product, &rows.iter().collect::<Vec<_>>())
}
