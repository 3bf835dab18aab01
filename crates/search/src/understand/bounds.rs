//! Bounds on prices and measures: "under $60", "lighter than 2.5 kg", "between 20 and 40 euros", "for 3 people".

use std::ops::Range;

use commerce::{Currency, Dimension, Money, Quantity};

use super::Reading;
use super::comparator_table::{AFTER, BEFORE, Comparator, DIMENSION_KEYS, MONEY_WORDS, Measures};
use crate::{Constraint, Field, Test, Vocabulary};

/// Around a price or a measure means within this share of it.
const AROUND: f64 = 0.2;
/// A bare measure ("15 inch") means within this share of it, so that 15.6 inches count.
const NEAR: f64 = 0.06;
/// Words that may stand between a comparing word and its number.
const FILLERS: &[&str] =
    &["a", "an", "the", "of", "is", "price", "priced", "cost", "costs", "weight", "weighing"];

/// Before a number of people: room for as many or more.
const ROOM_FOR: &[&str] =
    &["for", "fit", "fits", "sleep", "sleeps", "hold", "holds", "seat", "seats", "serves"];

/// On which side of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Below,
    Above,
    Around,
}

/// A number in the text with what it is a number of.
#[derive(Clone, Copy, Debug)]
enum Number {
    Price(f64, Option<Currency>),
    Measure(Quantity),
    Bare(f64),
}

/// A number with the tokens that it stands in.
struct Numeral {
    tokens: Range<usize>,
    number: Number,
}

pub(super) fn read(vocabulary: &Vocabulary, reading: &mut Reading<'_>) {
    let numerals = numerals(reading, vocabulary.currency);
    let mut at = 0;
    while at < numerals.len() {
        let pair = numerals.get(at + 1).and_then(|next| between(reading, &numerals[at], next));
        if let Some((test, tokens)) = pair.and_then(|pair| pair.constraint(vocabulary, reading)) {
            push(reading, test, tokens);
            at += 2;
            continue;
        }
        if let Some((constraint, tokens)) = single(vocabulary, reading, &numerals[at]) {
            push(reading, constraint, tokens);
        }
        at += 1;
    }
}

fn push(reading: &mut Reading<'_>, (field, test, is_demand): (Field, Test, bool), tokens: Range<usize>) {
    let words = reading.words(tokens.clone());
    let constraint = Constraint { field, test, is_negated: false, words };
    if is_demand {
        reading.found.constraints.push(constraint);
        reading.spend(tokens);
    } else {
        reading.found.preferences.push(constraint);
    }
}

/// All numbers, with money signs, money words and units.
fn numerals(reading: &Reading<'_>, own: Option<Currency>) -> Vec<Numeral> {
    let source = reading.source;
    let measures = Quantity::find_all(source);
    let mut found: Vec<Numeral> = Vec::new();
    let mut at = 0;
    while at < reading.tokens.len() {
        let word = &reading.tokens[at].word;
        let starts_number = source[word.start..].starts_with(|c: char| c.is_ascii_digit());
        if !starts_number || reading.tokens[at].is_spent {
            at += 1;
            continue;
        }
        let numeral = numeral_at(reading, at, &measures, own);
        at = numeral.as_ref().map_or(at + 1, |numeral| numeral.tokens.end.max(at + 1));
        found.extend(numeral);
    }
    found
}

fn numeral_at(
    reading: &Reading<'_>,
    at: usize,
    measures: &[(Range<usize>, Quantity)],
    own: Option<Currency>,
) -> Option<Numeral> {
    let source = reading.source;
    let start = reading.tokens[at].word.start;
    let length = source[start..]
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .unwrap_or(source.len() - start);
    let digits = source[start..start + length].trim_end_matches(['.', ',']);
    let end = start + digits.len();
    let after = at + reading.tokens[at..].iter().take_while(|token| token.word.start < end).count();
    let sign =
        source[..start].trim_end().chars().next_back().and_then(|c| Currency::of_symbol(&c.to_string()));
    let sign_after =
        source[end..].trim_start().chars().next().and_then(|c| Currency::of_symbol(&c.to_string()));
    let word_after = reading.tokens.get(after).and_then(|token| money_word(&token.word.text));
    let amount = |currency: Option<Currency>| {
        let known = currency.or_else(|| Currency::parse("USD"))?;
        let money = Money::parse(&format!("{digits} {known}"), None).ok()?;
        Some(Number::Price(money.amount_minor as f64 / 10f64.powi(known.exponent() as i32), currency))
    };
    let measure = measures.iter().find(|(range, _)| range.start <= start && end <= range.end);
    if let Some(currency) = sign.or(sign_after) {
        return Some(Numeral { tokens: at..after, number: amount(Some(currency))? });
    }
    if let (Some(currency), true) =
        (word_after, measure.is_none() || word_after == own && follows_comparison(reading, at))
    {
        return Some(Numeral { tokens: at..after + 1, number: amount(Some(currency))? });
    }
    if let Some((range, quantity)) = measure {
        let tokens =
            at + reading.tokens[at..].iter().take_while(|token| token.word.start < range.end).count();
        return Some(Numeral { tokens: at..tokens, number: Number::Measure(*quantity) });
    }
    let is_word = source[end..].starts_with(char::is_alphanumeric);
    let Some(Number::Price(value, _)) = amount(None).filter(|_| !is_word) else { return None };
    Some(Numeral { tokens: at..after, number: Number::Bare(value) })
}

/// Whether a word that compares prices or anything stands before: then `60 pounds` are money.
fn follows_comparison(reading: &Reading<'_>, at: usize) -> bool {
    comparator_before(reading, at)
        .is_some_and(|(comparator, _)| !matches!(comparator.measures, Measures::Of(_)))
}

fn money_word(word: &str) -> Option<Currency> {
    MONEY_WORDS.iter().find(|(known, _)| *known == word).and_then(|(_, code)| Currency::parse(code))
}

/// The comparing phrase that ends before this token, with where it starts.
fn comparator_before(reading: &Reading<'_>, at: usize) -> Option<(&'static Comparator, usize)> {
    let is_filler = |place: usize| FILLERS.contains(&reading.tokens[place].word.text.as_str());
    let mut end = at;
    while end > 0 && at - end < 3 && is_filler(end - 1) {
        end -= 1;
    }
    [at, end].into_iter().find_map(|end| {
        BEFORE.iter().find_map(|comparator| {
            let length = comparator.phrase.split(' ').count();
            let start = end.checked_sub(length)?;
            spells(reading, start, comparator.phrase).then_some((comparator, start))
        })
    })
}

/// The comparing phrase that starts at this token, with where it ends.
fn comparator_after(reading: &Reading<'_>, at: usize) -> Option<(&'static Comparator, usize)> {
    AFTER
        .iter()
        .find(|comparator| spells(reading, at, comparator.phrase))
        .map(|comparator| (comparator, at + comparator.phrase.split(' ').count()))
}

fn spells(reading: &Reading<'_>, start: usize, phrase: &str) -> bool {
    phrase.split(' ').enumerate().all(|(offset, word)| {
        reading.tokens.get(start + offset).is_some_and(|token| !token.is_spent && token.word.text == word)
    })
}

type Demand = (Field, Test, bool);

/// One number with the words around it.
fn single(
    vocabulary: &Vocabulary,
    reading: &Reading<'_>,
    numeral: &Numeral,
) -> Option<(Demand, Range<usize>)> {
    let before = comparator_before(reading, numeral.tokens.start);
    let after = comparator_after(reading, numeral.tokens.end);
    let (side, measures, tokens) = match (before, after) {
        (Some((comparator, start)), _) => {
            (Some(comparator.side), comparator.measures, start..numeral.tokens.end)
        }
        (None, Some((comparator, end))) => {
            (Some(comparator.side), comparator.measures, numeral.tokens.start..end)
        }
        (None, None) => (None, Measures::Anything, numeral.tokens.clone()),
    };
    let demand = match numeral.number {
        Number::Price(value, currency) => price(vocabulary, value, currency, side.unwrap_or(Side::Below)),
        Number::Bare(value) => match (side, measures) {
            (Some(side), Measures::Anything | Measures::Price)
                if !names_a_size(vocabulary, reading, tokens.start) =>
            {
                price(vocabulary, value, None, side)
            }
            _ => None,
        },
        Number::Measure(quantity) => measure(vocabulary, reading, quantity, side, &tokens),
    };
    demand.map(|demand| {
        let tokens = with_name(reading, &demand.0, tokens);
        (demand, tokens)
    })
}

/// The tokens of a bound with the words right before or after it that name its attribute: `20 hours battery life`,
/// `weight under 2 kg`.
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
    let of = usize::from(reading.tokens.get(tokens.end).is_some_and(|token| token.word.text == "of"));
    if names(tokens.end + of) {
        tokens.end += of;
    }
    while names(tokens.end) {
        tokens.end += 1;
    }
    tokens
}

/// Whether the word before is the name of an attribute, as in `size under 42`.
fn names_a_size(vocabulary: &Vocabulary, reading: &Reading<'_>, start: usize) -> bool {
    start
        .checked_sub(1)
        .and_then(|place| reading.key(place..place + 1))
        .is_some_and(|key| vocabulary.attribute_named(&key).is_some())
}

fn price(vocabulary: &Vocabulary, value: f64, currency: Option<Currency>, side: Side) -> Option<Demand> {
    let own = vocabulary.currency?;
    if currency.is_some_and(|currency| currency != own) {
        return None;
    }
    let minor = (value * 10f64.powi(own.exponent() as i32)).round();
    Some((Field::Price, bound(minor, side), true))
}

fn bound(value: f64, side: Side) -> Test {
    match side {
        Side::Below => Test::AtMost(value),
        Side::Above => Test::AtLeast(value),
        Side::Around => around(value, AROUND),
    }
}

fn around(value: f64, share: f64) -> Test {
    let margin = value.abs() * share;
    Test::Between(value - margin, value + margin)
}

/// A measure with its attribute. A bare measure is a liking (`15 inch laptop sleeve` may say so in its title only), a
/// bound is a demand.
fn measure(
    vocabulary: &Vocabulary,
    reading: &Reading<'_>,
    quantity: Quantity,
    side: Option<Side>,
    tokens: &Range<usize>,
) -> Option<Demand> {
    let key = attribute_for(vocabulary, reading, quantity.dimension())?;
    let base = quantity.base();
    let before = tokens.start.checked_sub(1).map(|place| reading.tokens[place].word.text.as_str());
    let has_room_for = before.is_some_and(|word| ROOM_FOR.contains(&word));
    let field = Field::Attribute(key);
    Some(match (side, quantity.dimension()) {
        (None, Dimension::People) if has_room_for => (field, Test::AtLeast(base), true),
        (None, Dimension::People) => (field, Test::Between(base, base), true),
        (None, _) => (field, around(base, NEAR), false),
        (Some(Side::Above), _) => (field, Test::AtLeast(base), true),
        (Some(side), _) => (field, bound(base, side), true),
    })
}

/// The attribute that a measure of this dimension is about: one that the text names, else one that is usual for the
/// dimension, else the commonest.
fn attribute_for(vocabulary: &Vocabulary, reading: &Reading<'_>, dimension: Dimension) -> Option<String> {
    let fields = vocabulary.measuring(Some(dimension));
    let named = fields.iter().find(|field| {
        field.key.split('_').any(|part| {
            reading.tokens.iter().any(|token| token.word.text == part && !token.is_stop() && part.len() > 2)
        })
    });
    let usual = || {
        let (_, keys) = DIMENSION_KEYS.iter().find(|(known, _)| *known == dimension)?;
        let has = |key: &str, wanted: &str| key == wanted || key.split('_').any(|part| part == wanted);
        keys.iter().find_map(|wanted| {
            let exact = fields.iter().find(|field| field.key == **wanted);
            exact.or_else(|| fields.iter().find(|field| has(&field.key, wanted)))
        })
    };
    named.or_else(usual).or(fields.first()).map(|field| field.key.clone())
}

/// `between 20 and 40 dollars`, `$20 to $40`, `20-40 euros`, `2 to 3 kg`.
struct Pair {
    low: Number,
    high: Number,
    tokens: Range<usize>,
    is_between: bool,
}

fn between(reading: &Reading<'_>, first: &Numeral, second: &Numeral) -> Option<Pair> {
    let gap = first.tokens.end..second.tokens.start;
    let words: Vec<&str> = reading.tokens.get(gap)?.iter().map(|token| token.word.text.as_str()).collect();
    let is_between = first.tokens.start > 0 && reading.tokens[first.tokens.start - 1].word.text == "between";
    let is_from = first.tokens.start > 0 && reading.tokens[first.tokens.start - 1].word.text == "from";
    let joins = match words.as_slice() {
        ["and"] => is_between,
        ["to"] => true,
        [] => {
            let from = reading.tokens[first.tokens.end - 1].word.end;
            let to = reading.tokens[second.tokens.start].word.start;
            reading.source[from..to].contains(['-', '–'])
        }
        _ => false,
    };
    let start = first.tokens.start - usize::from(is_between || is_from);
    joins.then_some(Pair {
        low: first.number,
        high: second.number,
        tokens: start..second.tokens.end,
        is_between: is_between || is_from,
    })
}

impl Pair {
    fn constraint(self, vocabulary: &Vocabulary, reading: &Reading<'_>) -> Option<(Demand, Range<usize>)> {
        let (field, low, high) = match (self.low, self.high) {
            (Number::Price(low, first), Number::Price(high, second)) => {
                prices(vocabulary, low, high, first.or(second))?
            }
            (Number::Bare(low), Number::Price(high, currency))
            | (Number::Price(low, currency), Number::Bare(high)) => prices(vocabulary, low, high, currency)?,
            (Number::Bare(low), Number::Bare(high)) if self.is_between => {
                prices(vocabulary, low, high, None)?
            }
            (Number::Bare(low), Number::Measure(high)) => {
                measures(vocabulary, reading, Quantity::new(low, high.unit), high)?
            }
            (Number::Measure(low), Number::Measure(high)) => measures(vocabulary, reading, low, high)?,
            _ => return None,
        };
        (low <= high).then(|| ((field, Test::Between(low, high), true), self.tokens.clone()))
    }
}

fn prices(
    vocabulary: &Vocabulary,
    low: f64,
    high: f64,
    currency: Option<Currency>,
) -> Option<(Field, f64, f64)> {
    let minor = |value| match price(vocabulary, value, currency, Side::Below)?.1 {
        Test::AtMost(minor) => Some(minor),
        _ => None,
    };
    Some((Field::Price, minor(low)?, minor(high)?))
}

fn measures(
    vocabulary: &Vocabulary,
    reading: &Reading<'_>,
    low: Quantity,
    high: Quantity,
) -> Option<(Field, f64, f64)> {
    let is_same = low.dimension() == high.dimension();
    let key = is_same.then(|| attribute_for(vocabulary, reading, low.dimension())).flatten()?;
    Some((Field::Attribute(key), low.base(), high.base()))
}
