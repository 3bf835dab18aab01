//! Several products set beside each other in one thing: which is lighter, cheaper, lasts longer.

use commerce::{Product, Quantity, Value};
use search::{EvidenceKind, EvidenceRow};

use super::attributes::dimension;
use crate::bearing::{Scored, is_stated};
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::lexicon::concepts::by_name;
use crate::lexicon::{Concept, Measured, stem_list};
use crate::reason::render;
use crate::request::Asked;
use crate::{Ask, Request};

mod comparatives_table;

use comparatives_table::{CHEAPER, COMPARATIVES, Comparative};

/// One of the products with the rows about it.
pub(super) struct Side<'a> {
    pub(super) product: &'a Product,
    pub(super) rows: &'a [Scored],
}

/// What one product has of the matter.
struct Amount<'a> {
    product: &'a Product,
    base: f64,
    shown: String,
    row: &'a EvidenceRow,
}

/// States which product comes first in what is asked, where all of them state it.
pub(super) fn read(answer: &mut Answer, ask: &Ask, request: &Request, sides: &[Side<'_>]) {
    let asks_price = request.focus.asked.contains(&Asked::Price);
    let Some(asked) = asked(&request.text).or(asks_price.then_some(&CHEAPER)) else { return };
    let amounts: Option<Vec<Amount<'_>>> = sides.iter().map(|side| amount(ask, asked, side)).collect();
    let Some(mut amounts) = amounts.filter(|amounts| amounts.len() >= 2) else { return };
    amounts
        .sort_by(|a, b| if asked.wants_most { b.base.total_cmp(&a.base) } else { a.base.total_cmp(&b.base) });
    let rows: Vec<&EvidenceRow> = amounts.iter().map(|amount| amount.row).collect();
    let claim = Claim {
        subject: amounts.first().map(|amount| amount.product.id.clone()),
        predicate: Predicate::Ranked {
            asked: asked.told.to_owned(),
            order: amounts
                .iter()
                .map(|amount| (amount.product.title.clone(), amount.shown.clone()))
                .collect(),
        },
        polarity: Polarity::Neutral,
        support: Support::Derived,
        evidence: rows.iter().map(|row| row.id.clone()).collect(),
        confidence: 1.0,
    };
    answer.state(claim, &rows);
}

/// The comparison that the words ask for; the longest phrase counts.
fn asked(text: &str) -> Option<&'static Comparative> {
    let stems = stem_list(text);
    let has = |comparative: &&Comparative| {
        comparative
            .phrases
            .iter()
            .any(|phrase| crate::lexicon::has_phrase(&stems, &stem_list(phrase).join(" ")))
    };
    COMPARATIVES.iter().find(has)
}

/// What a product states of it: a price, an attribute, or a measure in a sentence.
fn amount<'a>(ask: &Ask, asked: &Comparative, side: &Side<'a>) -> Option<Amount<'a>> {
    let product = side.product;
    let Some(concept) = asked.concept.and_then(by_name) else {
        let (low, _) = render::prices(product, ask.now)?;
        let row = side.rows.iter().map(|scored| &scored.row).find(|row| row.kind == EvidenceKind::Offer)?;
        return Some(Amount {
            product,
            base: low.amount_minor as f64,
            shown: render::price(product, ask.now)?,
            row,
        });
    };
    let stating = |kind: EvidenceKind| {
        side.rows.iter().filter(move |scored| {
            scored.row.kind == kind && is_stated(concept, &scored.row, &scored.stems, &scored.context)
        })
    };
    let typed = stating(EvidenceKind::Attribute).find_map(|scored| {
        let (base, shown) = typed(ask, concept, product, &scored.row.source)?;
        Some(Amount { product, base, shown, row: &scored.row })
    });
    typed.or_else(|| {
        stating(EvidenceKind::Description).find_map(|scored| {
            let quantity = Quantity::find_all(&scored.row.quote)
                .into_iter()
                .map(|(_, quantity)| quantity)
                .find(|quantity| concept.measured.contains(&Measured::In(quantity.dimension())))?;
            let shown = quantity.shown_in(ask.locale.units).to_string();
            Some(Amount { product, base: quantity.base(), shown, row: &scored.row })
        })
    })
}

fn typed(ask: &Ask, concept: &Concept, product: &Product, key: &str) -> Option<(f64, String)> {
    let variants = product.variants.iter().filter_map(|variant| variant.attributes.find(key));
    let values =
        product.attributes.find(key).into_iter().chain(variants).flat_map(|attribute| &attribute.values);
    let mut values = values.filter(|value| {
        dimension(value).is_some_and(|dimension| concept.measured.contains(&Measured::In(dimension)))
    });
    let value = values.next()?;
    let base = match value {
        Value::Quantity(quantity) => quantity.base(),
        Value::Range(range) => range.high.base(),
        _ => return None,
    };
    Some((base, render::value(value, &ask.locale)))
}
