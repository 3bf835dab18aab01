//! The numbers of a text with what they are numbers of: money, a measure, or nothing that is said.

use std::ops::Range;

use commerce::{Currency, Dimension, Money, Quantity};

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
    let measures = measures(reading);
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

/// All quantities of the text, as they are meant in this catalog.
fn measures(reading: &Reading<'_>) -> Vec<(Range<usize>, Quantity)> {
    let mut found = Quantity::find_all(reading.source);
    let vocabulary = reading.vocabulary;
    let has_torque = !vocabulary.measuring(Some(Dimension::Torque)).is_empty()
        || vocabulary.text_measures(Dimension::Torque);
    if has_torque {
        for (_, quantity) in &mut found {
            *quantity = quantity.for_catalog_with_torque(reading.source);
        }
    }
    found
}

fn numeral_at(reading: &Reading<'_>, at: usize, measures: &[(Range<usize>, Quantity)]) -> Option<Numeral> {
    let source = reading.source;
    let start = reading.tokens[at].word.start;
    let digits = digits(&source[start..]);
    let end = start + digits.len();
    let after = at + reading.tokens[at..].iter().take_while(|token| token.word.start < end).count();
    let shop = reading.vocabulary.currency;
    let (before, behind) = (source[..start].trim_end(), source[end..].trim_start());
    let sign = sign_at_end(before, shop).or_else(|| sign_at_start(behind, shop));
    let value = amount(digits, sign);
    if let Some(currency) = sign {
        return Some(Numeral { tokens: at..after, number: Number::Price(value?, Some(currency)) });
    }
    let measure = measures.iter().find(|(range, _)| range.start <= start && end <= range.end);
    let money = reading.text(after).and_then(|word| named(word, reading));
    let is_money = measure.is_none() || money == shop && compares_any(reading, at);
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

/// The currency of the sign that a text ends with, such as `$` or `US$`, as it is meant in a shop.
fn sign_at_end(text: &str, shop: Option<Currency>) -> Option<Currency> {
    let sign = text.chars().next_back().filter(|c| !c.is_alphanumeric())?;
    let before = &text[..text.len() - sign.len_utf8()];
    let letters = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let whole = &text[before.len() - letters..];
    Currency::of_symbol(whole).filter(|_| letters > 0).or_else(|| Currency::of_sign(&sign.to_string(), shop))
}

fn sign_at_start(text: &str, shop: Option<Currency>) -> Option<Currency> {
    let sign = text.chars().next().filter(|c| !c.is_alphanumeric())?;
    Currency::of_sign(&sign.to_string(), shop)
}

/// The currency that a word names in this shop: `dollars` are the shop's own where these are dollars, `usd` is `USD`.
fn named(word: &str, reading: &Reading<'_>) -> Option<Currency> {
    let currency = reading.grammar.money(word)?;
    let is_code = word.eq_ignore_ascii_case(currency.code());
    Some(if is_code { currency } else { currency.called_in(reading.vocabulary.currency) })
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
