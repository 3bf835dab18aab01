//! Values of the catalog in the text, longest first.

use std::ops::Range;

use super::{Reading, denied};
use crate::vocabulary::Meaning;
use crate::{Constraint, Field, Test};

/// Values of more words than this are not looked for.
pub(super) const LONGEST: usize = 4;
/// A longer word is no code of a size.
const LONGEST_CODE: usize = 4;
/// A value is demanded only where at least this share of the products whose text has the word also state it: shops
/// leave fields out.
const MIN_COVERAGE: f64 = 0.2;
/// A second field with at least this share of the first one's products makes a phrase ambiguous.
const AMBIGUOUS: f64 = 0.3;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.tokens.len() {
        at = named_value(reading, at)
            .or_else(|| whole_value(reading, at))
            .or_else(|| denied::read(reading, at))
            .or_else(|| value(reading, at, 1))
            .unwrap_or(at + 1);
    }
}

/// `size M`, `colour: dark blue`, `brand Luma`: the attribute's name, then a value of it.
fn named_value(reading: &mut Reading<'_>, at: usize) -> Option<usize> {
    let (field, start) =
        (1..=2).rev().find_map(|length| Some((named(reading, at..at + length)?, at + length)))?;
    let named = |end: usize| {
        let key = (end <= reading.tokens.len()).then(|| reading.key(start..end)).flatten()?;
        let meanings = values_named(reading, &field, &key);
        (!meanings.is_empty()).then_some((end, meanings))
    };
    let Some((end, meaning)) = (start + 1..=start + LONGEST).rev().find_map(named) else {
        return missing_choice(reading, &field, at, start);
    };
    demand(reading, &meaning, start..end);
    reading.spend(at..end);
    Some(end)
}

/// A code of a size that nothing comes in is asked for all the same, so that its lack is told: `size XXL`.
fn missing_choice(reading: &mut Reading<'_>, field: &Field, at: usize, start: usize) -> Option<usize> {
    let token = reading.tokens.get(start).filter(|token| !token.is_spent && !token.is_stop)?;
    let is_code = token.word.text.chars().count() <= LONGEST_CODE;
    let is_known = !reading.vocabulary.meanings(&token.word.stem).is_empty();
    if !is_code
        || is_known
        || !reading.vocabulary.is_option(field)
        || reading.grammar.is_break(&token.word.text)
    {
        return None;
    }
    let value = reading.words(start..start + 1);
    let words = reading.words(at..start + 1);
    reading.found.constraints.push(Constraint::read(field.clone(), Test::AnyOf(vec![value]), words));
    reading.spend(at..start + 1);
    Some(start + 1)
}

/// The values of a field that go by these stems; a bare number is also that of values which end in it: `EU 38` of `size 38`.
fn values_named(reading: &Reading<'_>, field: &Field, key: &str) -> Vec<Meaning> {
    let meanings = reading.vocabulary.meanings(key).iter();
    let mut meanings: Vec<Meaning> = meanings.filter(|meaning| meaning.field == *field).cloned().collect();
    let numbered = reading.vocabulary.numbered(field, key);
    if meanings.is_empty() && !numbered.is_empty() {
        let (field, values) = (field.clone(), numbered.to_vec());
        meanings.push(Meaning { field, values, count: 0, is_whole: true });
    }
    meanings
}

/// The field that some tokens are the name of.
fn named(reading: &Reading<'_>, range: Range<usize>) -> Option<Field> {
    let key = reading.key(range.clone())?;
    if let Some(key) = reading.vocabulary.attribute_named(&key) {
        return Some(Field::Attribute(key.to_owned()));
    }
    let word = reading.text(range.start).filter(|_| range.len() == 1)?;
    match (word, reading.grammar.attribute(word)) {
        ("brand", _) | (_, Some("brand")) => Some(Field::Brand),
        ("category", _) => Some(Field::Category),
        (_, key) => Some(Field::Attribute(key?.to_owned())),
    }
}

/// A value of several words, before its first one is read as a denial: `gluten free` may be a value itself, and so may
/// `no sugar`.
fn whole_value(reading: &mut Reading<'_>, at: usize) -> Option<usize> {
    let is_denial = reading.grammar.denial(|offset| reading.text(at + offset)) > 0;
    let is_denied = reading.text(at + 1).is_some_and(|word| reading.grammar.is_free(word));
    if is_denial || is_denied { value(reading, at, 2) } else { None }
}

/// A value of the catalog of at least so many words that stands in the text.
fn value(reading: &mut Reading<'_>, at: usize, shortest: usize) -> Option<usize> {
    let end = (at + shortest..=at + LONGEST).rev().find(|end| {
        let key = (*end <= reading.tokens.len()).then(|| reading.key(at..*end)).flatten();
        key.is_some_and(|key| !reading.vocabulary.meanings(&key).is_empty())
    })?;
    let key = reading.key(at..end)?;
    let is_single_stop = end == at + 1 && reading.tokens[at].is_stop;
    let all = reading.vocabulary.meanings(&key);
    let fitting = all.iter().filter(|meaning| reading.is_stated_of_head(&meaning.field));
    let mut meanings: Vec<Meaning> = fitting.cloned().collect();
    let fits = !meanings.is_empty();
    if !fits {
        meanings = all.to_vec();
    }
    let best = meanings.first()?;
    if is_single_stop || is_stray_letter(reading, at..end, best) {
        return None;
    }
    if best.field == Field::Brand && is_of_another(reading, at) {
        return None;
    }
    if is_for_whom(reading, at..end) {
        let suited: Vec<Meaning> = meanings.iter().map(|meaning| for_everybody(reading, meaning)).collect();
        demand(reading, &suited, at..end);
        reading.spend(at..end);
        return Some(end);
    }
    if let Some(end) = longer_phrase(reading, at, end) {
        meanings.iter().for_each(|meaning| prefer(reading, meaning, at..end));
        return Some(end);
    }
    let demanded = demanded(&meanings);
    if fits && is_certain(reading, &key, &meanings, at..end) {
        demand(reading, &demanded, at..end);
        reading.spend(at..end);
    } else {
        meanings.iter().for_each(|meaning| prefer(reading, meaning, at..end));
    }
    Some(end)
}

/// Whether what stands here is what the goods are for: the brand of `toner for an Acme 200` is not that of the toner.
fn is_of_another(reading: &Reading<'_>, at: usize) -> bool {
    let mut before = reading.tokens[..at].iter().rev();
    reading.tokens[at].is_context
        && before
            .find(|token| reading.grammar.is_break(&token.word.text))
            .is_some_and(|token| reading.grammar.is_serving(&token.word.text))
}

/// The end of a phrase of the lexicon that begins here and is longer than the value: `oat milk` is not milk with oats.
fn longer_phrase(reading: &Reading<'_>, at: usize, end: usize) -> Option<usize> {
    (end + 1..=at + LONGEST).rev().find(|end| {
        let key = (*end <= reading.tokens.len()).then(|| reading.key(at..*end)).flatten();
        key.is_some_and(|key| reading.vocabulary.lexicon().has(&key))
    })
}

/// Whether a phrase says for whom something is.
fn is_for_whom(reading: &Reading<'_>, range: Range<usize>) -> bool {
    range.len() == 1 && reading.grammar.is_for_whom(&reading.tokens[range.start].word.text)
}

/// A meaning with the values of its field that suit everybody.
fn for_everybody(reading: &Reading<'_>, meaning: &Meaning) -> Meaning {
    let anyone = reading.vocabulary.for_anyone(&meaning.field);
    let values = meaning.values.iter().chain(anyone.iter().filter(|value| !meaning.values.contains(value)));
    Meaning { values: values.cloned().collect(), ..meaning.clone() }
}

/// The meanings that are about as common as the commonest: any of them will do.
fn demanded(meanings: &[Meaning]) -> Vec<Meaning> {
    let most = meanings.first().map_or(0, |best| best.count) as f64;
    let is_common = |meaning: &&Meaning| {
        (meaning.is_whole || meanings[0] == **meaning) && meaning.count as f64 >= AMBIGUOUS * most
    };
    meanings.iter().filter(is_common).cloned().collect()
}

/// Whether a phrase surely asks for a value and for nothing else.
fn is_certain(reading: &Reading<'_>, key: &str, meanings: &[Meaning], range: Range<usize>) -> bool {
    let tokens = &reading.tokens[range.clone()];
    let Some(best) = meanings.first() else { return false };
    let rarest = tokens.iter().map(|token| reading.vocabulary.count(&token.word.stem)).min().unwrap_or(0);
    let is_covered = best.count as f64 >= MIN_COVERAGE * rarest as f64;
    let is_weak = tokens.len() == 1 && reading.grammar.is_weak(&tokens[0].word.text);
    let names_kind = meanings.iter().any(|meaning| meaning.field == Field::Category);
    let has_head = tokens.iter().any(|token| token.is_head);
    let is_umbrella = covers_own_field(reading, key, &best.field);
    (best.is_whole || is_shade(reading, best))
        && is_covered
        && !is_weak
        && !names_kind
        && !has_head
        && !is_umbrella
}

/// Whether a word is that of several values that variants differ by, and of nothing else: `blue` of `Ink Blue` and `Mist Blue`.
fn is_shade(reading: &Reading<'_>, meaning: &Meaning) -> bool {
    reading.vocabulary.is_option(&meaning.field) && meaning.values.len() > 1
}

/// Whether a word is an umbrella over other values of the field that it is a value of itself: `something warm` is for
/// the climate `Cold`, and not only for `Warm`.
fn covers_own_field(reading: &Reading<'_>, key: &str, field: &Field) -> bool {
    let lexicon = reading.vocabulary.lexicon();
    let narrower = lexicon.narrower(key).iter().map(|phrase| lexicon.key(phrase));
    narrower
        .flat_map(|key| reading.vocabulary.meanings(&key))
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

fn demand(reading: &mut Reading<'_>, meanings: &[Meaning], range: Range<usize>) {
    let Some((first, others)) = meanings.split_first() else { return };
    let (start, words) = (range.start, reading.words(range));
    let values: Vec<String> = meanings.iter().flat_map(|meaning| meaning.values.clone()).collect();
    let continues = continues(reading, start);
    let last = reading.found.constraints.last_mut();
    let same = last.filter(|last| continues && last.field == first.field && !last.is_negated);
    if let Some(Constraint { test: Test::AnyOf(known), words: said, .. }) = same {
        known.extend(values);
        known.dedup();
        *said = format!("{said}, {words}");
        return;
    }
    reading.found.constraints.push(Constraint {
        or_fields: others.iter().map(|meaning| meaning.field.clone()).collect(),
        ..Constraint::read(first.field.clone(), Test::AnyOf(values), words)
    });
}

/// Whether the value before is joined to this one: `red or blue`, `red, blue`.
fn continues(reading: &Reading<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1).map(|place| &reading.tokens[place]) else { return false };
    let gap = reading.source.get(before.word.end..reading.tokens[start].word.start).unwrap_or_default();
    let word = before.word.text.as_str();
    let is_joined = reading.grammar.is_or(word) || reading.grammar.is_and(word);
    is_joined || before.is_spent && gap.contains([',', '/'])
}

fn prefer(reading: &mut Reading<'_>, meaning: &Meaning, range: Range<usize>) {
    let test = Test::AnyOf(meaning.values.clone());
    let words = reading.words(range);
    reading.found.preferences.push(Constraint::read(meaning.field.clone(), test, words));
}
