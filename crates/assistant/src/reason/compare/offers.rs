//! What the products cost and whether they can be had.

use commerce::{Availability, Money};

use super::side::Side;
use super::{Line, unit_price};
use crate::Ask;
use crate::reason::render;
use crate::table::{Better, Cell, RowKind};
use crate::voice::{self, Voice};

/// The lines of prices and stock.
pub(super) fn lines(ask: &Ask, sides: &[Side], notes: &mut Vec<String>) -> Vec<Line> {
    let voice = Voice::of(&ask.locale);
    let mut lines = Vec::new();
    let prices: Vec<Option<(Money, Money)>> =
        sides.iter().map(|side| render::prices(&side.product, ask.now)).collect();
    let mut currencies: Vec<_> = prices.iter().flatten().map(|(least, _)| least.currency).collect();
    currencies.dedup();
    if !currencies.is_empty() {
        let cells = sides
            .iter()
            .zip(&prices)
            .map(|(side, price)| cell(ask, side, price.map(|(least, _)| least)))
            .collect();
        let mut line = Line::plain("price", "Price", RowKind::Price, cells);
        line.spans =
            prices.iter().map(|price| price.map(|(least, most)| (decimal(least), decimal(most)))).collect();
        if currencies.len() == 1 {
            lines.push(line.toward(Better::Less, &voice.word("cheaper"), &voice.word("dearer"), 1.0));
            lines.extend(unit_price::line(ask, sides));
        } else {
            notes.push(voice.say(voice::Line::OtherCurrencies, &[]));
            lines.push(line);
        }
    }
    lines.extend(stock(ask, sides));
    lines
}

fn cell(ask: &Ask, side: &Side, price: Option<Money>) -> Cell {
    let (Some(price), Some(row)) = (price, side.offer()) else { return Cell::default() };
    let text = render::price(&side.product, ask);
    let regular = render::regular_price(&side.product, ask);
    Cell {
        text: text.map(|text| match regular {
            Some(regular) => Voice::of(&ask.locale).say(voice::Line::InsteadOf, &[&text, &regular]),
            None => text,
        }),
        value: Some(decimal(price)),
        unit: Some(price.currency.code().to_owned()),
        evidence: vec![row.id.clone()],
    }
}

/// An amount in whole units of its currency.
pub(super) fn decimal(price: Money) -> f64 {
    price.amount_minor as f64 / 10_f64.powi(price.currency.exponent() as i32)
}

/// Whether they can be had, where that differs.
fn stock(ask: &Ask, sides: &[Side]) -> Option<Line> {
    let states: Vec<Availability> = sides
        .iter()
        .map(|side| {
            let all = side.product.variants.iter().map(|variant| variant.offer.availability);
            all.min().unwrap_or(Availability::Unknown)
        })
        .collect();
    let differs = states.windows(2).any(|pair| pair[0].is_buyable() != pair[1].is_buyable());
    let cell = |(side, state): (&Side, &Availability)| match (side.offer(), state) {
        (None, _) | (_, Availability::Unknown) => Cell::default(),
        (Some(row), state) => Cell {
            text: Some(render::availability(*state, &ask.locale)),
            value: None,
            unit: None,
            evidence: vec![row.id.clone()],
        },
    };
    differs.then(|| {
        let cells = sides.iter().zip(&states).map(cell).collect();
        Line::plain("availability", "Availability", RowKind::Attribute, cells)
    })
}
