//! All offers of one product, as a marketplace has them: what can be had first, the cheapest of it first.

use commerce::Product;
use search::{Field, Hit, Test};

use super::MAX_LIMIT;
use super::shown::Shown;
use super::stated::offer_of;
use crate::claim::{Answer, Support};
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

/// Shows the offers.
pub(super) fn show(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let mut found: Vec<(Hit, &Product)> = Vec::new();
    for product in &request.offers {
        let hit = snapshot.index.hit(&product.id)?;
        let is_wanted = |hit: &Hit| !ask.thread.has_dismissed(&hit.source_id) && is_within(request, hit);
        found.extend(hit.filter(is_wanted).map(|hit| (hit, product)));
    }
    let price = |hit: &Hit| hit.price.map_or(i64::MAX, |price| price.amount_minor);
    found.sort_by_key(|(hit, _)| (!hit.availability.is_buyable(), price(hit)));
    let limit = if ask.limit == 0 { MAX_LIMIT } else { ask.limit.min(MAX_LIMIT) };
    let mut answer = Answer::default();
    for (hit, product) in found.into_iter().take(limit) {
        let rows = snapshot.index.evidence_of(&product.id)?;
        let cited: Vec<_> = offer_of(&hit, &rows).or(rows.first()).into_iter().collect();
        let shown = Shown { support: Support::Stated, ..Shown::derived(hit, Vec::new()) };
        shown.state(&mut answer, Voice::of(&ask.locale), &cited);
    }
    if answer.claims.is_empty() {
        answer.is_abstention = true;
        answer.missing = vec![request.own_words(&request.text)];
        let count = snapshot.index.len().to_string();
        answer.looked_at.push(Voice::of(&ask.locale).say(Line::Products, &[&count]));
    }
    answer.follow_ups = crate::reason::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}

/// Whether the price is within what is asked: `all offers of the Halden 500 under 90`.
fn is_within(request: &Request, hit: &Hit) -> bool {
    let bounds = request.need.constraints.iter().filter(|own| own.field == Field::Price);
    let Some(price) = hit.price.map(|price| price.amount_minor as f64) else { return true };
    bounds.map(|own| &own.test).all(|test| match test {
        Test::AtMost(most) => price <= *most,
        Test::AtLeast(least) => price >= *least,
        Test::Between(least, most) => (*least..=*most).contains(&price),
        Test::AnyOf(_) => true,
    })
}
