//! What is reduced in price: `on sale`, `any deals`, `20% off`. Only where offers of the catalog have sale prices; a shop that
//! has a word of its own for it, such as a category, is read by that.

use std::ops::Range;

use super::Reading;
use crate::{Constraint, Field, Test};

/// Whoever asks for a sale saves at least this much, in percent.
const LEAST: f64 = 0.5;

pub(super) fn read(reading: &mut Reading<'_>) {
    if !reading.vocabulary.has_sales {
        return;
    }
    let found = share(reading).or_else(|| Some((LEAST, phrase(reading)?)));
    let Some((least, tokens)) = found else { return };
    let words = reading.words(tokens.clone());
    let saving = Constraint::read(Field::Saving, Test::AtLeast(least), words);
    reading.found.constraints.push(saving);
    reading.spend(tokens);
}

/// `20% off`, `30 percent off`.
fn share(reading: &Reading<'_>) -> Option<(f64, Range<usize>)> {
    (0..reading.tokens.len()).find_map(|at| {
        let percent: f64 = reading.text(at)?.parse().ok()?;
        let end = reading.tokens[at].word.end;
        let has_sign = reading.source[end..].trim_start().starts_with('%');
        let off = if has_sign { at + 1 } else { at + 2 };
        let is_percent = has_sign || reading.text(at + 1).is_some_and(|word| word == "percent");
        let is_off = reading.text(off).is_some_and(|word| word == "off");
        (is_percent && is_off && (1.0..100.0).contains(&percent)).then_some((percent, at..off + 1))
    })
}

/// A phrase for what is reduced, unless its last word is one of the catalog's own.
fn phrase(reading: &Reading<'_>) -> Option<Range<usize>> {
    let vocabulary = reading.vocabulary;
    (0..reading.tokens.len()).find_map(|at| {
        let phrases = reading.grammar.sales().iter();
        let length = phrases.filter(|phrase| reading.spells(at, phrase)).map(Vec::len).max()?;
        let last = &reading.tokens[at + length - 1].word.stem;
        let is_own = vocabulary.is_kind(last) || !vocabulary.meanings(last).is_empty();
        (!is_own).then_some(at..at + length)
    })
}
