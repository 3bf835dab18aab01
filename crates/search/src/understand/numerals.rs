//! The numbers of a text with what they are numbers of: money, a measure, or nothing that is said.

use std::ops::Range;

use commerce::{Currency, Money, Quantity};

use super::Reading;
use super::bounds::comparator_before;
use crate::language::Measures;

/// A number in the text with what it is a number of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    Price(f64, Option<Currency>),
    Measure(Quantity),
    Bare(f64),
}

/// A number with the tokens that it stands in.
#[derive(Debug)]
pub(super) struct Numeral {
    pub(super) tokens: Range<usize>,
    pub(super) number: Number,
}

/// All numbers, with money signs, money words and units.
pub(super) fn numerals(reading: &Reading<'_>) -> Vec<Numeral> {
    let measures = Quantity::find_all(reading.source);
    let mut found: Vec<Numeral> = Vec::new();
    let mut at = 0;
    while at < reading.tokens.len() {
        let word = &reading.tokens[at].word;
        let starts_number = reading.source[word.start..].starts_with(|c: char| c.is_ascii_digit());
        if !starts_number || reading.tokens[at].is_spent {
            at += 1;
            continue;
        }
        let numeral = numeral_at(reading, at, &measures);
        at = numeral.as_ref().map_or(at + 1, |numeral| numeral.tokens.end.max(at + 1));
        found.extend(numeral);
    }
    found
}

fn numeral_at(reading: &Reading<'_>, at: usize, measures: &[(Range<usize>, Quantity)]) -> Option<Numeral> {
    let source = reading.source;
    let start = reading.tokens[at].word.start;
    let digits = digits(&source[start..]);
    let end = start + digits.len();
    let after = at + reading.tokens[at..].iter().take_while(|token| token.word.start < end).count();
    let sign = |text: &str, c: Option<char>| {
        c.filter(|_| !text.is_empty()).and_then(|c| of_sign(reading, &c.to_string()))
    };
    let (before, behind) = (source[..start].trim_end(), source[end..].trim_start());
    let sign = sign(before, before.chars().next_back()).or_else(|| sign(behind, behind.chars().next()));
    let value = amount(digits, sign);
    if let Some(currency) = sign {
        return Some(Numeral { tokens: at..after, number: Number::Price(value?, Some(currency)) });
    }
    let measure = measures.iter().find(|(range, _)| range.start <= start && end <= range.end);
    let money = reading.text(after).and_then(|word| named(reading, word));
    let is_money = measure.is_none() || money == reading.vocabulary.currency && compares_any(reading, at);
    if let (Some(currency), true) = (money, is_money) {
        let value = amount(digits, Some(currency))?;
        return Some(Numeral { tokens: at..after + 1, number: Number::Price(value, Some(currency)) });
    }
    if let Some((range, quantity)) = measure {
        let tokens = reading.tokens[at..].iter().take_while(|token| token.word.start < range.end).count();
        let lead =
            reading.tokens[..at].iter().rev().take_while(|token| token.word.start >= range.start).count();
        return Some(Numeral { tokens: at - lead..at + tokens, number: Number::Measure(*quantity) });
    }
    let is_word = source[end..].starts_with(char::is_alphanumeric) && reading.tokens[at].word.end > end;
    let value = value.filter(|_| !is_word)?;
    Some(Numeral { tokens: at..after, number: Number::Bare(value) })
}

/// The currency of a sign: the catalog's own, where that is written with it too.
fn of_sign(reading: &Reading<'_>, sign: &str) -> Option<Currency> {
    let known = Currency::of_symbol(sign)?;
    let read = Money::parse(&format!("{sign}1"), reading.vocabulary.currency);
    Some(read.map_or(known, |money| money.currency))
}

/// The currency that a word names. `dollars` are the catalog's own, where those have the same sign; `usd` are not.
fn named(reading: &Reading<'_>, word: &str) -> Option<Currency> {
    let currency = reading.grammar.money(word)?;
    let is_code = word.eq_ignore_ascii_case(currency.code());
    let own = currency.symbol().filter(|_| !is_code).and_then(|sign| of_sign(reading, sign));
    Some(own.unwrap_or(currency))
}

/// The digits at the beginning of a text, with what groups them and a decimal part.
fn digits(text: &str) -> &str {
    let length = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    text[..length].trim_end_matches(['.', ','])
}

fn amount(digits: &str, currency: Option<Currency>) -> Option<f64> {
    let currency = currency.or_else(|| Currency::parse("USD"))?;
    let money = Money::parse(&format!("{digits} {currency}"), None).ok()?;
    Some(money.amount_minor as f64 / 10f64.powi(currency.exponent() as i32))
}

/// Whether a word that compares prices or anything stands before: then `60 pounds` are money.
fn compares_any(reading: &Reading<'_>, at: usize) -> bool {
    comparator_before(reading, at)
        .is_some_and(|(comparator, _)| !matches!(comparator.measures, Measures::Of(_)))
}
