//! Bounds on prices and measures: "under $60", "lighter than 2.5 kg", "between 20 and 40 euros", "for 3 people".

use std::ops::Range;

use commerce::{Currency, Dimension, Quantity, Unit};

use super::measures;
use super::numerals::{Number, Numeral, numerals};
use super::{Reading, Unheld, Why};
use crate::language::{Comparator, Measures, Side};
use crate::{Constraint, Field, NumericField, Test, analyse};

/// Around a price or a measure means within this share of it.
const AROUND: f64 = 0.2;
/// A bare measure ("15 inch") means within this share of it, so that 15.6 inches count.
const NEAR: f64 = 0.06;
/// A measure that must be less than another one is less by this share at least.
const STRICT: f64 = 1e-4;
/// Cold that goods are asked for (`for -10 °C`) is cold that they have to stand.
const COLD: f64 = 10.0;
/// A larger number after `for` counts no people.
const MOST_PEOPLE: f64 = 30.0;
/// Words between a comparing word and its number, at most.
const MAX_FILLERS: usize = 3;

/// What was read, and in which tokens.
type Found = (Constraint, Range<usize>);

pub(super) fn read(reading: &mut Reading<'_>) {
    let numerals = numerals(reading);
    let mut at = 0;
    while at < numerals.len() {
        let next = numerals.get(at + 1);
        if let Some((own, tokens, is_pair)) = foreign(reading, &numerals[at], next) {
            reading.set_aside(tokens, Why::Currency(own));
            at += 1 + usize::from(is_pair);
            continue;
        }
        let pair = next.and_then(|next| between(reading, &numerals[at], next));
        let is_pair = pair.is_some();
        if let Some((constraint, tokens)) = pair.or_else(|| single(reading, &numerals[at])) {
            let tokens = with_name(reading, &constraint.field, tokens);
            let words = reading.words(tokens.clone());
            let constraint = Constraint { words, ..constraint };
            reading.found.constraints.push(constraint);
            reading.spend(tokens);
        } else if matches!(numerals[at].number, Number::Measure(_)) || counts_others(reading, &numerals[at]) {
            unmeasured(reading, &numerals[at]);
        }
        at += 1 + usize::from(is_pair);
    }
}

/// The comparing phrase that ends before this token, with where it starts.
pub(super) fn comparator_before(reading: &Reading<'_>, at: usize) -> Option<(&'static Comparator, usize)> {
    let is_filler = |place: usize| reading.grammar.is_filler(&reading.tokens[place].word.text);
    let mut end = at;
    while end > 0 && at - end < MAX_FILLERS && is_filler(end - 1) {
        end -= 1;
    }
    (end..=at).rev().find_map(|end| {
        reading.grammar.before().iter().find_map(|comparator| {
            let start = end.checked_sub(comparator.phrase.len())?;
            reading.spells(start, &comparator.phrase).then_some((comparator, start))
        })
    })
}

/// The comparing phrase that starts at this token, with where it ends.
fn comparator_after(reading: &Reading<'_>, at: usize) -> Option<(&'static Comparator, usize)> {
    let mut phrases = reading.grammar.after().iter();
    let found = phrases.find(|comparator| reading.spells(at, &comparator.phrase));
    found.map(|comparator| (comparator, at + comparator.phrase.len()))
}

/// The catalog's currency and the tokens of a price in another one, with whether they are those of two numbers: such a price
/// cannot be compared, and its digits are no words of the goods.
fn foreign(
    reading: &Reading<'_>,
    first: &Numeral,
    next: Option<&Numeral>,
) -> Option<(Currency, Range<usize>, bool)> {
    let own = reading.vocabulary.currency?;
    let is_foreign = |number: Number| matches!(number, Number::Price(_, Some(currency)) if currency != own);
    let is_bare = |number: Number| matches!(number, Number::Bare(_));
    if let Some(next) = next
        && (is_foreign(next.number) && (is_foreign(first.number) || is_bare(first.number))
            || is_foreign(first.number) && is_bare(next.number))
        && let Some(tokens) = joined(reading, first, next)
    {
        return Some((own, tokens, true));
    }
    is_foreign(first.number).then(|| (own, compared(reading, first).1, false))
}

/// Notes a measure that no goods state. Its words stay in the text: titles may have them.
fn unmeasured(reading: &mut Reading<'_>, numeral: &Numeral) {
    let words = reading.words(compared(reading, numeral).1);
    reading.found.unheld.push(Unheld { words, why: Why::Measure });
}

/// The comparing phrase of a number, and the tokens of both.
fn compared(reading: &Reading<'_>, numeral: &Numeral) -> (Option<&'static Comparator>, Range<usize>) {
    let before = comparator_before(reading, numeral.tokens.start);
    let after = comparator_after(reading, numeral.tokens.end);
    match (before, after) {
        (Some((comparator, start)), _) => (Some(comparator), start..numeral.tokens.end),
        (None, Some((comparator, end))) => (Some(comparator), numeral.tokens.start..end),
        (None, None) => (None, numeral.tokens.clone()),
    }
}

/// One number with the words around it.
fn single(reading: &Reading<'_>, numeral: &Numeral) -> Option<Found> {
    let (comparator, tokens) = compared(reading, numeral);
    if let Number::Bare(count) = numeral.number
        && comparator.is_none()
        && let Some(party) = party(reading, count, &tokens)
    {
        return Some(party);
    }
    let side = comparator.map(|comparator| comparator.side);
    if let Number::Bare(count) = numeral.number
        && let Some(counted) = counted(reading, count, side, &tokens)
    {
        return Some(counted);
    }
    let constraint = match numeral.number {
        Number::Price(value, currency) => price(reading, value, currency, side.unwrap_or(Side::AtMost)),
        Number::Measure(quantity) => measure(reading, quantity, side, &tokens),
        Number::Bare(value) => {
            let is_of_price = !comparator.is_some_and(|c| matches!(c.measures, Measures::Of(_)));
            let is_of_price =
                is_of_price && !names_a_size(reading, tokens.start) && !counts_others(reading, numeral);
            let side = side.filter(|_| is_of_price)?;
            price(reading, value, None, side)
        }
    };
    constraint.map(|constraint| (constraint, tokens))
}

/// A number of people that is not said to be one: `tent for 4`, `tent for a family of 5`. Only where goods of the kind say how
/// many they have room for, and the number counts nothing else.
fn party(reading: &Reading<'_>, count: f64, tokens: &Range<usize>) -> Option<Found> {
    let grammar = reading.grammar;
    let is_count = count.fract() == 0.0 && (1.0..=MOST_PEOPLE).contains(&count);
    let before = tokens.start.checked_sub(1)?;
    let has_room = reading.text(before).is_some_and(|word| grammar.needs_room(word));
    let counts_other = reading
        .tokens
        .get(tokens.end)
        .is_some_and(|next| !next.is_stop && !grammar.is_break(&next.word.text));
    let is_kind = reading.tokens.iter().any(|token| token.is_head && reading.names_kind(token));
    if !is_count || !has_room || counts_other || !is_kind {
        return None;
    }
    let people = Quantity::new(count, Unit::parse("people")?);
    let constraint = measure(reading, people, None, tokens)?;
    let is_attribute = matches!(constraint.field, Field::Attribute(_));
    let is_party = |place: &usize| reading.text(*place).is_some_and(|word| grammar.is_party(word));
    let start = before.checked_sub(1).filter(is_party).unwrap_or(before);
    is_attribute.then_some((constraint, start..tokens.end))
}

/// So many of something that goods state the number of: `more than 10 gears`, `an 8 core processor`.
fn counted(reading: &Reading<'_>, count: f64, side: Option<Side>, tokens: &Range<usize>) -> Option<Found> {
    let noun = reading.tokens.get(tokens.end).filter(|token| !token.is_spent && !token.is_stop)?;
    let names = |field: &&NumericField| {
        let mut parts = field.key.split('_');
        parts.any(|part| part == noun.word.text || analyse::stem(part) == noun.word.stem)
    };
    let fields = reading.vocabulary.measuring(None);
    let is_stated = |field: &&NumericField| {
        side.is_some() || reading.is_stated_of_head(&Field::Attribute(field.key.clone())) && !noun.is_head
    };
    let mut fields =
        fields.into_iter().filter(names).filter(is_stated).map(|field| Field::Attribute(field.key.clone()));
    let test = match side {
        Some(side) => bound(count, side, count.abs() * STRICT),
        None => Test::Between(count, count),
    };
    let constraint = Constraint::read(fields.next()?, test, "");
    Some((Constraint { or_fields: fields.collect(), ..constraint }, tokens.start..tokens.end + 1))
}

/// Whether a number counts something else than money: nobody says `more than 10 gears` of a price.
fn counts_others(reading: &Reading<'_>, numeral: &Numeral) -> bool {
    let (comparator, tokens) = compared(reading, numeral);
    let is_more = comparator.is_some_and(|known| matches!(known.side, Side::Above | Side::AtLeast));
    let noun = reading.tokens.get(tokens.end).filter(|token| !token.is_spent && !token.is_stop);
    let is_bare = matches!(numeral.number, Number::Bare(_));
    is_more
        && is_bare
        && noun.is_some_and(|noun| {
            let text = noun.word.text.as_str();
            let is_plural = text.len() > 3 && text.ends_with('s') && text.chars().all(char::is_alphabetic);
            is_plural && !noun.is_head && !reading.names_kind(noun) && !reading.grammar.is_break(text)
        })
}

/// The tokens of a bound with the words right before or after it that name its attribute: `20 hours battery life`,
/// `weight under 2 kg`, `2 m long`.
fn with_name(reading: &Reading<'_>, field: &Field, mut tokens: Range<usize>) -> Range<usize> {
    let Field::Attribute(key) = field else { return tokens };
    let names = |place: usize| {
        let is_part = |token: &super::Token| {
            key.split('_').any(|part| part == token.word.text || part == token.word.stem)
        };
        reading.tokens.get(place).is_some_and(|token| !token.is_spent && is_part(token))
    };
    while tokens.start > 0 && names(tokens.start - 1) {
        tokens.start -= 1;
    }
    let filler = usize::from(reading.text(tokens.end).is_some_and(|word| reading.grammar.is_filler(word)));
    if names(tokens.end + filler) {
        tokens.end += filler;
    }
    while names(tokens.end) {
        tokens.end += 1;
    }
    tokens
}

/// Whether the word right before is the name of an attribute that has numbers, as in `size under 42`; `brown switches, under 120` is
/// about money.
fn names_a_size(reading: &Reading<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    let named = reading.key(before..start).and_then(|key| reading.vocabulary.attribute_named(&key));
    let is_numeric = |key: &str| reading.vocabulary.numeric().any(|field| field.key == key);
    let gap = reading.source.get(reading.tokens[before].word.end..reading.tokens[start].word.start);
    named.is_some_and(is_numeric) && !gap.unwrap_or_default().contains([',', ';'])
}

fn price(reading: &Reading<'_>, value: f64, currency: Option<Currency>, side: Side) -> Option<Constraint> {
    let test = bound(minor(reading, value, currency)?, side, 1.0);
    Some(Constraint::read(Field::Price, test, ""))
}

/// The very measure that was named, which is liked more than one that is about the same; `None` for a test of anything else.
pub(super) fn exactly(constraint: &Constraint) -> Option<Constraint> {
    let Test::Between(low, high) = constraint.test else { return None };
    let (middle, margin) = ((low + high) / 2.0, (high - low) / 2.0);
    let is_near = (margin - NEAR * middle.abs()).abs() <= STRICT * margin;
    let test = around(middle, STRICT);
    (constraint.dimension.is_some() && is_near).then(|| Constraint { test, ..constraint.clone() })
}

/// An amount in minor units; `None` where it is in another currency than the catalog.
fn minor(reading: &Reading<'_>, value: f64, currency: Option<Currency>) -> Option<f64> {
    let own = reading.vocabulary.currency?;
    let is_own = currency.is_none_or(|currency| currency == own);
    is_own.then(|| (value * 10f64.powi(own.exponent() as i32)).round())
}

/// A bound; `step` is how much less than the number `under` it begins.
fn bound(value: f64, side: Side, step: f64) -> Test {
    match side {
        Side::Below => Test::AtMost(value - step),
        Side::AtMost => Test::AtMost(value),
        Side::Above => Test::AtLeast(value + step),
        Side::AtLeast => Test::AtLeast(value),
        Side::Around => around(value, AROUND),
    }
}

fn around(value: f64, share: f64) -> Test {
    let margin = value.abs() * share;
    Test::Between(value - margin, value + margin)
}

/// A measure with its attribute. People and pieces are counted; other measures without a comparing word are about right.
fn measure(
    reading: &Reading<'_>,
    quantity: Quantity,
    side: Option<Side>,
    tokens: &Range<usize>,
) -> Option<Constraint> {
    let base = quantity.base();
    let before = tokens.start.checked_sub(1).and_then(|place| reading.text(place));
    let needs_room = before.is_some_and(|word| reading.grammar.needs_room(word));
    if side.is_none()
        && needs_room
        && let Some(bears) = measures::bears(reading, quantity, tokens)
    {
        return Some(bears);
    }
    let test = match (side, quantity.dimension()) {
        (Some(side), _) => bound(base, side, base.abs() * STRICT),
        (None, Dimension::People) if needs_room => Test::AtLeast(base),
        (None, Dimension::Temperature) if needs_room && base <= COLD => Test::AtMost(base),
        // A mower for 200 m² has to do that much, and may do more.
        (None, Dimension::Area | Dimension::Power) if needs_room => Test::AtLeast(base),
        (None, Dimension::People | Dimension::Pieces) => Test::Between(base, base),
        (None, _) => around(base, NEAR),
    };
    measures::constraint(reading, quantity, test, tokens)
}

/// The tokens of two numbers that are the ends of a range: `between 20 and 40 dollars`, `$20 to $40`, `2-3 kg`.
fn joined(reading: &Reading<'_>, first: &Numeral, second: &Numeral) -> Option<Range<usize>> {
    let grammar = reading.grammar;
    let lead = lead(reading, first);
    let gap: Vec<&str> = reading
        .tokens
        .get(first.tokens.end..second.tokens.start)?
        .iter()
        .map(|t| t.word.text.as_str())
        .collect();
    let joins = match gap.as_slice() {
        [word] => grammar.is_to(word) || lead.is_some() && grammar.is_and(word),
        [] => {
            let from = reading.tokens[first.tokens.end - 1].word.end;
            let to = reading.tokens[second.tokens.start].word.start;
            reading.source.get(from..to).unwrap_or_default().contains(['-', '–'])
        }
        _ => false,
    };
    joins.then(|| lead.unwrap_or(first.tokens.start)..second.tokens.end)
}

/// The place of the word before a number that says that a range follows.
fn lead(reading: &Reading<'_>, first: &Numeral) -> Option<usize> {
    let before = first.tokens.start.checked_sub(1)?;
    reading.text(before).is_some_and(|word| reading.grammar.is_between(word)).then_some(before)
}

/// A range of prices or measures.
fn between(reading: &Reading<'_>, first: &Numeral, second: &Numeral) -> Option<Found> {
    let tokens = joined(reading, first, second)?;
    let has_lead = lead(reading, first).is_some();
    let prices = |low, high, currency| {
        let (low, high) = (minor(reading, low, currency)?, minor(reading, high, currency)?);
        (low <= high).then(|| Constraint::read(Field::Price, Test::Between(low, high), ""))
    };
    let measures = |low: Quantity, high: Quantity| {
        let is_range = low.dimension() == high.dimension() && low.base() <= high.base();
        let test = Test::Between(low.base(), high.base());
        is_range.then(|| measures::constraint(reading, high, test, &tokens)).flatten()
    };
    let constraint = match (first.number, second.number) {
        (Number::Price(low, first), Number::Price(high, second)) => prices(low, high, first.or(second)),
        (Number::Bare(low), Number::Price(high, currency)) => prices(low, high, currency),
        (Number::Price(low, currency), Number::Bare(high)) => prices(low, high, currency),
        (Number::Bare(low), Number::Bare(high)) if has_lead => prices(low, high, None),
        (Number::Bare(low), Number::Measure(high)) => measures(Quantity::new(low, high.unit), high),
        (Number::Measure(low), Number::Measure(high)) => measures(low, high),
        _ => None,
    };
    constraint.map(|constraint| (constraint, tokens))
}
