//! All offers of one product, as a marketplace has them: what can be had first, the cheapest of it first.

use commerce::Product;
use search::Hit;

use super::MAX_LIMIT;
use super::shown::Shown;
use super::stated::offer_of;
use crate::claim::{Answer, Support};
use crate::voice::Voice;
use crate::{Ask, AskError, Request, Snapshot};

/// Shows the offers.
pub(super) fn show(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let mut found: Vec<(Hit, &Product)> = Vec::new();
    for product in &request.offers {
        let hit = snapshot.index.hit(&product.id)?;
        found.extend(hit.filter(|hit| !ask.thread.has_dismissed(&hit.source_id)).map(|hit| (hit, product)));
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
    answer.follow_ups = crate::reason::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}
