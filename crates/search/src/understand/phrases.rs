//! Values of the catalog in the text, longest first, with the words that negate them.

use std::ops::Range;

use super::Reading;
use super::stop_table::{NEGATIONS, WEAK_VALUES};
use crate::vocabulary::Meaning;
use crate::{Constraint, Field, Test, Vocabulary};

/// Values of more words than this are not looked for.
const LONGEST: usize = 4;
/// A value is demanded only where at least this share of the products whose text has the word also state it: shops
/// leave fields out.
const MIN_COVERAGE: f64 = 0.2;
/// A second field with at least this share of the first one's products makes a phrase ambiguous.
const AMBIGUOUS: f64 = 0.3;

pub(super) fn read(vocabulary: &Vocabulary, reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.tokens.len() {
        at = named_value(vocabulary, reading, at)
            .or_else(|| negated(vocabulary, reading, at))
            .or_else(|| value(vocabulary, reading, at))
            .unwrap_or(at + 1);
    }
}

/// `size M`, `colour: dark blue`, `brand Luma`: the attribute's name, then a value of it.
fn named_value(vocabulary: &Vocabulary, reading: &mut Reading<'_>, at: usize) -> Option<usize> {
    let (field, start) = (1..=2).rev().find_map(|length| {
        let key = reading.key(at..at + length)?;
        let field = match key.as_str() {
            "brand" => Field::Brand,
            "category" | "categori" => Field::Category,
            _ => Field::Attribute(vocabulary.attribute_named(&key)?.to_owned()),
        };
        Some((field, at + length))
    })?;
    let end = (start + 1..=start + LONGEST).rev().find(|end| {
        let key = (*end <= reading.tokens.len()).then(|| reading.key(start..*end)).flatten();
        key.is_some_and(|key| vocabulary.meanings(&key).iter().any(|meaning| meaning.field == field))
    })?;
    let key = reading.key(start..end)?;
    let meaning = vocabulary.meanings(&key).iter().find(|meaning| meaning.field == field)?.clone();
    demand(reading, &meaning, start..end, false);
    reading.spend(at..end);
    Some(end)
}

/// `not leather`, `without hood`, `leather-free`, `other than red`: the value must not hold; a word that is no value
/// must not stand in the text.
fn negated(vocabulary: &Vocabulary, reading: &mut Reading<'_>, at: usize) -> Option<usize> {
    let text = |place: usize| reading.tokens.get(place).map(|token| token.word.text.as_str());
    let skip = match (text(at)?, text(at + 1)) {
        ("other" | "rather", Some("than")) => 2,
        ("anything", Some("but")) => 2,
        (word, _) if NEGATIONS.contains(&word) => 1,
        (_, Some("free")) if text(at + 1) == Some("free") && !reading.tokens[at].is_stop() => 0,
        _ => return None,
    };
    let mut start = at + skip;
    while start < reading.tokens.len() && start - at < 4 && reading.tokens[start].is_stop() {
        start += 1;
    }
    if skip == 0 {
        exclude(vocabulary, reading, at..at + 1)?;
        reading.spend(at..at + 2);
        return Some(at + 2);
    }
    let end = (start + 1..=start + LONGEST).rev().find(|end| {
        let key = (*end <= reading.tokens.len()).then(|| reading.key(start..*end)).flatten();
        key.is_some_and(|key| *end == start + 1 || !vocabulary.meanings(&key).is_empty())
    })?;
    exclude(vocabulary, reading, start..end)?;
    reading.spend(at..end);
    Some(after_or(vocabulary, reading, end))
}

/// `not leather or suede`: what follows an `or` is excluded too.
fn after_or(vocabulary: &Vocabulary, reading: &mut Reading<'_>, end: usize) -> usize {
    let is_or = reading.tokens.get(end).is_some_and(|token| matches!(token.word.text.as_str(), "or" | "nor"));
    if is_or && exclude(vocabulary, reading, end + 1..end + 2).is_some() {
        reading.spend(end..end + 2);
        return end + 2;
    }
    end
}

fn exclude(vocabulary: &Vocabulary, reading: &mut Reading<'_>, range: Range<usize>) -> Option<()> {
    let key = reading.key(range.clone())?;
    let words = reading.words(range);
    let mut fields = 0;
    for meaning in vocabulary.meanings(&key).iter().filter(|m| m.field != Field::Category) {
        let test = Test::AnyOf(meaning.values.clone());
        let constraint =
            Constraint { field: meaning.field.clone(), test, is_negated: true, words: words.clone() };
        reading.found.constraints.push(constraint);
        fields += 1;
    }
    if fields == 0 {
        let test = Test::AnyOf(vec![words.to_lowercase()]);
        reading.found.constraints.push(Constraint { field: Field::Text, test, is_negated: true, words });
    }
    Some(())
}

/// A value of the catalog that stands in the text.
fn value(vocabulary: &Vocabulary, reading: &mut Reading<'_>, at: usize) -> Option<usize> {
    let end = (at + 1..=at + LONGEST).rev().find(|end| {
        let key = (*end <= reading.tokens.len()).then(|| reading.key(at..*end)).flatten();
        key.is_some_and(|key| !vocabulary.meanings(&key).is_empty())
    })?;
    let key = reading.key(at..end)?;
    let is_single_stop = end == at + 1 && reading.tokens[at].is_stop();
    let meanings = vocabulary.meanings(&key);
    let names_kind = meanings.iter().any(|meaning| meaning.field == Field::Category);
    let best = meanings.first()?.clone();
    if is_single_stop || is_stray_letter(reading, at..end, &best) {
        return None;
    }
    let second = meanings.iter().find(|meaning| meaning.field != best.field);
    let is_ambiguous = second.is_some_and(|second| second.count as f64 >= AMBIGUOUS * best.count as f64);
    let rarest = (at..end).map(|place| vocabulary.count(&reading.tokens[place].word.stem)).min().unwrap_or(0);
    let is_covered = best.count as f64 >= MIN_COVERAGE * rarest as f64;
    let is_weak = end == at + 1 && WEAK_VALUES.contains(&reading.tokens[at].word.text.as_str());
    let is_umbrella = covers_own_field(vocabulary, &key, &best.field);
    if names_kind || is_ambiguous || !is_covered || is_weak || is_umbrella || !best.is_whole {
        let meanings = meanings.to_vec();
        for meaning in meanings {
            prefer(reading, &meaning, at..end);
        }
    } else {
        demand(reading, &best, at..end, false);
        reading.spend(at..end);
    }
    Some(end)
}

/// Whether a word is an umbrella over other values of the field that it is a value of itself: `something warm` is for
/// the climate `Cold`, and not only for `Warm`.
fn covers_own_field(vocabulary: &Vocabulary, key: &str, field: &Field) -> bool {
    let narrower = vocabulary.lexicon.narrower(key).iter().map(|phrase| crate::lexicon::phrase_key(phrase));
    narrower
        .flat_map(|key| vocabulary.meanings(&key))
        .any(|meaning| meaning.field == *field && meaning.is_whole)
}

/// A single letter is a size only where it is written as the catalog writes it and is not an ordinary word.
fn is_stray_letter(reading: &Reading<'_>, range: Range<usize>, meaning: &Meaning) -> bool {
    let words = reading.words(range);
    words.chars().count() == 1
        && (!meaning.values.contains(&words)
            || reading.source.chars().all(|c| !c.is_lowercase())
            || words.chars().all(|c| c.is_ascii_digit()))
}

fn demand(reading: &mut Reading<'_>, meaning: &Meaning, range: Range<usize>, is_negated: bool) {
    let start = range.start;
    let words = reading.words(range);
    let field = meaning.field.clone();
    let test = Test::AnyOf(meaning.values.clone());
    let continues = range_start_continues(reading, start);
    let same = reading
        .found
        .constraints
        .last_mut()
        .filter(|c| c.field == field && c.is_negated == is_negated && continues);
    if let Some(Constraint { test: Test::AnyOf(values), words: said, .. }) = same {
        values.extend(meaning.values.iter().cloned());
        values.dedup();
        *said = format!("{said}, {words}");
        return;
    }
    reading.found.constraints.push(Constraint { field, test, is_negated, words });
}

/// Whether the value before is joined to this one: `red or blue`, `red, blue`.
fn range_start_continues(reading: &Reading<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1).map(|place| &reading.tokens[place]) else { return false };
    let from = before.word.end;
    let gap = reading.source.get(from..reading.tokens[start].word.start).unwrap_or_default();
    matches!(before.word.text.as_str(), "or" | "and") || before.is_spent && gap.contains([',', '/'])
}

fn prefer(reading: &mut Reading<'_>, meaning: &Meaning, range: Range<usize>) {
    let words = reading.words(range);
    let test = Test::AnyOf(meaning.values.clone());
    reading.found.preferences.push(Constraint {
        field: meaning.field.clone(),
        test,
        is_negated: false,
        words,
    });
}
