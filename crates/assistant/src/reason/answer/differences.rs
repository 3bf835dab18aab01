//! Several products set beside each other in one thing: which is lighter, cheaper, lasts longer.

use commerce::Product;
use search::EvidenceRow;

use crate::bearing::Scored;
use crate::claim::{Answer, Claim, Lead, Polarity, Predicate, Support};
use crate::reason::comparison::{self, Amount, CHEAPER};
use crate::request::Asked;
use crate::voice::{Line, Voice};
use crate::{Ask, Request};

/// One of the products with the rows about it.
pub(super) struct Side<'a> {
    pub(super) product: &'a Product,
    pub(super) rows: &'a [Scored],
}

impl<'a> Side<'a> {
    fn rows(&self) -> Vec<&'a EvidenceRow> {
        self.rows.iter().map(|scored| &scored.row).collect()
    }
}

/// States which product comes first in what is asked, where all of them state it.
pub(super) fn read(answer: &mut Answer, ask: &Ask, request: &Request, sides: &[Side<'_>]) {
    let asks_price = request.focus.asked.contains(&Asked::Price);
    let Some(asked) = comparison::asked(&request.text).or(asks_price.then_some(&CHEAPER)) else { return };
    let asked = &comparison::meant(ask, asked, sides.iter().map(|side| (side.product, side.rows())));
    let amount = |side: &Side<'_>| comparison::amount(ask, asked, side.product, &side.rows()).map(owned);
    let stated: Vec<Option<Stated>> = sides.iter().map(amount).collect();
    let silent = sides.iter().zip(&stated).filter(|(_, stated)| stated.is_none());
    let silent: Vec<String> = silent.map(|(side, _)| side.product.title.clone()).collect();
    let mut amounts: Vec<Stated> = stated.into_iter().flatten().collect();
    // Of a list those are set beside each other that state it; of two that are named both have to.
    let is_whole = silent.is_empty() || request.place.is_set && sides.len() > 2;
    if amounts.len() < 2 || !is_whole {
        return;
    }
    let voice = Voice::of(&ask.locale);
    if !silent.is_empty() {
        answer.notes.push(voice.say(Line::NotStatedBy, &[&voice.list(&silent)]));
    }
    amounts.sort_by(|a, b| {
        let order = a.base.total_cmp(&b.base);
        if asked.wants_most { order.reverse() } else { order }
    });
    let lead = match &amounts[..] {
        [first, next, ..] if (first.base, first.most) == (next.base, next.most) => Lead::Alike,
        [first, next, ..] if first.base < next.most && next.base < first.most => Lead::Overlaps,
        _ => Lead::Clear,
    };
    let rows: Vec<&EvidenceRow> = amounts.iter().map(|amount| &amount.row).collect();
    let claim = Claim {
        subject: rows.first().and_then(|row| row.product.clone()),
        predicate: Predicate::Ranked {
            asked: voice.word(asked.told),
            order: amounts.iter().map(|amount| (amount.title.clone(), amount.shown.clone())).collect(),
            lead,
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
    most: f64,
    shown: String,
    row: EvidenceRow,
}

fn owned(amount: Amount<'_>) -> Stated {
    Stated {
        title: amount.product.title.clone(),
        base: amount.base,
        most: amount.most,
        shown: amount.shown,
        row: amount.row.clone(),
    }
}
