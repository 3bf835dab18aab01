//! Several products set beside each other in one thing: which is lighter, cheaper, lasts longer.

use commerce::Product;
use search::EvidenceRow;

use crate::bearing::Scored;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::reason::comparison::{self, Amount, CHEAPER};
use crate::request::Asked;
use crate::voice::Voice;
use crate::{Ask, Request};

/// One of the products with the rows about it.
pub(super) struct Side<'a> {
    pub(super) product: &'a Product,
    pub(super) rows: &'a [Scored],
}

/// States which product comes first in what is asked, where all of them state it.
pub(super) fn read(answer: &mut Answer, ask: &Ask, request: &Request, sides: &[Side<'_>]) {
    let asks_price = request.focus.asked.contains(&Asked::Price);
    let Some(asked) = comparison::asked(&request.text).or(asks_price.then_some(&CHEAPER)) else { return };
    let amount = |side: &Side<'_>| {
        let rows: Vec<&EvidenceRow> = side.rows.iter().map(|scored| &scored.row).collect();
        comparison::amount(ask, asked, side.product, &rows).map(owned)
    };
    let amounts: Option<Vec<Stated>> = sides.iter().map(amount).collect();
    let Some(mut amounts) = amounts.filter(|amounts| amounts.len() >= 2) else { return };
    amounts.sort_by(|a, b| {
        let order = a.base.total_cmp(&b.base);
        if asked.wants_most { order.reverse() } else { order }
    });
    let rows: Vec<&EvidenceRow> = amounts.iter().map(|amount| &amount.row).collect();
    let claim = Claim {
        subject: rows.first().and_then(|row| row.product.clone()),
        predicate: Predicate::Ranked {
            asked: Voice::of(&ask.locale).word(asked.told),
            order: amounts.iter().map(|amount| (amount.title.clone(), amount.shown.clone())).collect(),
        },
        polarity: Polarity::Neutral,
        support: Support::Derived,
        evidence: rows.iter().map(|row| row.id.clone()).collect(),
        confidence: 1.0,
    };
    answer.state(claim, &rows);
}

/// What a product states, by itself.
struct Stated {
    title: String,
    base: f64,
    shown: String,
    row: EvidenceRow,
}

fn owned(amount: Amount<'_>) -> Stated {
    Stated {
        title: amount.product.title.clone(),
        base: amount.base,
        shown: amount.shown,
        row: amount.row.clone(),
    }
}
