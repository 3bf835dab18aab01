//! What it costs and whether it can be had: facts of the snapshot.

use commerce::Availability;
use search::{EvidenceKind, EvidenceRow};

use super::Case;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::reason::render;

/// States the price.
pub(super) fn price(answer: &mut Answer, case: &Case<'_>) {
    let Some(price) = render::price(case.product, case.ask.now) else { return };
    let regular = render::regular_price(case.product, case.ask.now);
    state(answer, case, Predicate::Price { price, regular }, Polarity::Neutral);
}

/// States the stock: as a whole, or by name where only some variants can be had.
pub(super) fn availability(answer: &mut Answer, case: &Case<'_>) {
    let variants = &case.product.variants;
    let Some(best) = variants.iter().map(|variant| variant.offer.availability).min() else { return };
    if best == Availability::Unknown {
        return;
    }
    let missing: Vec<String> =
        variants.iter().filter(|v| !v.offer.availability.is_buyable()).map(|v| v.title.clone()).collect();
    let state_text = match missing.len() {
        0 => render::availability(best).to_owned(),
        count if count == variants.len() => render::availability(Availability::OutOfStock).to_owned(),
        _ => format!("{}, but for {}", render::availability(best), render::list(&missing)),
    };
    let polarity = if best.is_buyable() { Polarity::Positive } else { Polarity::Negative };
    state(answer, case, Predicate::Availability { state: state_text }, polarity);
}

fn state(answer: &mut Answer, case: &Case<'_>, predicate: Predicate, polarity: Polarity) {
    let rows: Vec<&EvidenceRow> =
        case.rows.iter().map(|scored| &scored.row).filter(|row| row.kind == EvidenceKind::Offer).collect();
    let claim = Claim {
        subject: Some(case.product.id.clone()),
        predicate,
        polarity,
        support: Support::Stated,
        evidence: rows.iter().map(|row| row.id.clone()).collect(),
        confidence: 1.0,
    };
    answer.state(claim, &rows);
}
