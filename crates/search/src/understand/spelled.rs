//! Numbers that are written as words, where something is counted or measured: `five people`, `two litres`, `for four`.

use std::borrow::Cow;

use commerce::{Dimension, Unit};

use crate::Vocabulary;
use crate::analyse;

/// Words before a number below zero.
const MINUS: &[&str] = &["minus", "negative", "moins", "menos"];
const DEGREES: &[&str] = &["degree", "degrees", "deg", "grad", "degres", "grados"];
/// Scales of temperatures; degrees that name none are of the first.
const SCALES: &[(&str, &str)] =
    &[("celsius", "°C"), ("c", "°C"), ("centigrade", "°C"), ("fahrenheit", "°F"), ("f", "°F")];

/// What is so many things in one, `2 in 1`, as one word: it measures nothing.
fn joined(text: &str, words: &[analyse::Word]) -> Option<String> {
    let is = |place: usize, known: &[&str]| {
        words.get(place).is_some_and(|word| known.contains(&word.text.as_str()))
    };
    let is_number = |word: &analyse::Word| word.text.bytes().all(|byte| byte.is_ascii_digit());
    let at = (0..words.len())
        .find(|at| is_number(&words[*at]) && is(at + 1, &["in"]) && is(at + 2, &["1", "one"]))?;
    let (from, to) = (&words[at], &words[at + 2]);
    let is_spaced = text[from.end..to.start].starts_with(char::is_whitespace);
    is_spaced.then(|| format!("{}-in-1{}", &text[..from.end], &text[to.end..]))
}

/// The text with digits in the place of such words.
pub(super) fn with_digits<'a>(vocabulary: &Vocabulary, text: &'a str) -> Cow<'a, str> {
    let grammar = vocabulary.language().of_query(text).grammar();
    let words = analyse::words_in(vocabulary.language(), text);
    if let Some(cold) = below_zero(vocabulary, text, &words) {
        return Cow::Owned(with_digits(vocabulary, &cold).into_owned());
    }
    if let Some(joined) = joined(text, &words) {
        return Cow::Owned(with_digits(vocabulary, &joined).into_owned());
    }
    let counts = |place: usize| {
        let is_unit = |word: &str| Unit::parse(word).is_some() || grammar.money(word).is_some();
        let has_unit = words.get(place + 1).is_some_and(|after| is_unit(&after.text));
        let before = place.checked_sub(1).map(|before| &words[before].text);
        has_unit || place + 1 == words.len() && before.is_some_and(|before| grammar.needs_room(before))
    };
    let mut rewritten = String::new();
    let mut end = 0;
    for (place, word) in words.iter().enumerate() {
        if let Some(digits) = grammar.number(&word.text).filter(|_| counts(place)) {
            rewritten.push_str(&text[end..word.start]);
            rewritten.push_str(digits);
            end = word.end;
        }
    }
    if end == 0 {
        return Cow::Borrowed(text);
    }
    rewritten.push_str(&text[end..]);
    Cow::Owned(rewritten)
}

/// The text with `-10 °C` in the place of `minus ten degrees`.
fn below_zero(vocabulary: &Vocabulary, text: &str, words: &[analyse::Word]) -> Option<String> {
    let grammar = vocabulary.language().of_query(text).grammar();
    let is = |place: usize, known: &[&str]| {
        words.get(place).is_some_and(|word| known.contains(&word.text.as_str()))
    };
    let at = (0..words.len()).find(|place| is(*place, MINUS))?;
    let number = words.get(at + 1)?;
    let digits = grammar.number(&number.text).unwrap_or(&number.text);
    digits.parse::<f64>().ok()?;
    let named = usize::from(is(at + 2, DEGREES));
    let scale = words.get(at + 2 + named).and_then(|word| SCALES.iter().find(|(name, _)| *name == word.text));
    let is_measured = !vocabulary.measuring(Some(Dimension::Temperature)).is_empty();
    if named == 0 && scale.is_none() || !is_measured {
        return None;
    }
    let unit = scale.map_or("°C", |(_, unit)| unit);
    let last = words.get(at + 1 + named + usize::from(scale.is_some()))?;
    Some(format!("{}-{digits} {unit}{}", &text[..words[at].start], &text[last.end..]))
}
