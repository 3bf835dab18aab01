//! What is not wanted: `not leather`, `without hood`, `other than red`, `gluten-free`, `zuckerfrei`.
//!
//! A value that is denied must not be stated, and a word that is no value must not be said by the text. Products that
//! deny it themselves are liked. Where the word is an adjective of the goods (`gluten-free pasta`) and the catalog has
//! goods that say so, they must say so.

use std::ops::Range;

use super::Reading;
use super::phrases::LONGEST;
use crate::denials::denied;
use crate::vocabulary::Meaning;
use crate::{Constraint, Field, Test};

/// Small words between a denial and what it denies, at most.
const MAX_SMALL_WORDS: usize = 3;
/// Words that are no value and are denied together, at most.
const MAX_PLAIN_WORDS: usize = 3;

/// Reads what is denied from this token on; the token behind it, or `None` where nothing is.
pub(super) fn read(reading: &mut Reading<'_>, at: usize) -> Option<usize> {
    free(reading, at).or_else(|| {
        let length = reading.grammar.denial(|offset| reading.text(at + offset));
        denial(reading, at, length)
    })
}

/// Reads what somebody must do without, wherever they say so: `allergic to nuts`, `a nut allergy`.
pub(super) fn avoid(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.tokens.len() {
        let length = reading.grammar.avoidance(|offset| reading.text(at + offset));
        let is_before = reading.text(at + 1).is_some_and(|word| reading.grammar.is_avoidance(word));
        let end = match is_before && !reading.tokens[at].is_stop {
            true => excluded_alone(reading, at),
            false => denial(reading, at, length),
        };
        at = end.unwrap_or(at + 1);
    }
}

/// `nut allergy`: the word before it is what must not be.
fn excluded_alone(reading: &mut Reading<'_>, at: usize) -> Option<usize> {
    let (key, words) = (reading.key(at..at + 1)?, reading.words(at..at + 1));
    exclude(reading, &key, words)?;
    reading.spend(at..at + 2);
    Some(at + 2)
}

/// `leather-free`, `gluten free`, `zuckerfrei`.
fn free(reading: &mut Reading<'_>, at: usize) -> Option<usize> {
    let token = reading.tokens.get(at).filter(|token| !token.is_spent && !token.is_stop)?;
    let is_free = reading.text(at + 1).is_some_and(|word| reading.grammar.is_free(word));
    let (stem, end) = match reading.grammar.denied_in(&token.word.text) {
        Some(rest) => (reading.vocabulary.key(rest), at + 1),
        None if is_free => (token.word.stem.clone(), at + 2),
        None => return None,
    };
    if reading.vocabulary.denials(&stem) > 0 {
        let words = reading.words(at..end);
        let test = Test::AnyOf(vec![denied(&stem)]);
        reading.found.constraints.push(Constraint::read(Field::Text, test, words));
    } else {
        // What must not be is the thing itself: `leather` of `leather-free`.
        let denied = reading.grammar.denied_in(&token.word.text).map(str::to_owned);
        let words = denied.unwrap_or_else(|| reading.words(at..at + 1));
        exclude(reading, &stem, words)?;
    }
    reading.spend(at..end);
    Some(end)
}

/// `not leather or suede`, `without a hood`: so many words deny what follows.
fn denial(reading: &mut Reading<'_>, at: usize, length: usize) -> Option<usize> {
    let mut start = at + Some(length).filter(|length| *length > 0)?;
    let limit = start + MAX_SMALL_WORDS;
    while start < limit && reading.tokens.get(start).is_some_and(|token| token.is_stop) {
        start += 1;
    }
    let mut end = excluded(reading, start)?;
    reading.spend(at..end);
    while reading.text(end).is_some_and(|word| reading.grammar.is_or(word)) {
        let Some(next) = excluded(reading, end + 1) else { break };
        reading.spend(end..next);
        end = next;
    }
    Some(end)
}

/// Excludes the longest phrase from here that means something, else one word.
fn excluded(reading: &mut Reading<'_>, start: usize) -> Option<usize> {
    let means =
        |key: &str| !reading.vocabulary.meanings(key).is_empty() || !reading.vocabulary.flags(key).is_empty();
    let meant = (start + 1..=start + LONGEST).rev().find(|end| {
        let key = (*end <= reading.tokens.len()).then(|| reading.key(start..*end)).flatten();
        key.is_some_and(|key| means(&key))
    });
    let end = meant.unwrap_or_else(|| end_of_words(reading, start));
    let range: Range<usize> = start..end;
    let key = reading.key(range.clone()).filter(|key| !key.is_empty())?;
    let words = reading.words(range);
    exclude(reading, &key, words)?;
    Some(end)
}

/// Where the plain words from here end: `noise cancelling` of `without noise cancelling in black`.
fn end_of_words(reading: &Reading<'_>, start: usize) -> usize {
    let is_plain = |place: &usize| {
        let token = &reading.tokens[*place];
        let is_word = token.word.text.chars().all(char::is_alphabetic);
        let means_something = !reading.vocabulary.meanings(&token.word.stem).is_empty();
        is_word
            && !token.is_spent
            && !token.is_stop
            && !means_something
            && !reading.grammar.is_break(&token.word.text)
    };
    let rest = start + 1..reading.tokens.len().min(start + MAX_PLAIN_WORDS);
    start + 1 + rest.take_while(is_plain).count()
}

/// Demands that nothing states these stems.
fn exclude(reading: &mut Reading<'_>, key: &str, words: String) -> Option<()> {
    let meanings = reading.vocabulary.meanings(key);
    let (lacking, having): (Vec<&Meaning>, Vec<&Meaning>) = meanings
        .iter()
        .filter(|meaning| meaning.field != Field::Category)
        .partition(|meaning| states_lack(reading, meaning));
    if reading.vocabulary.denials(key) > 0 {
        let test = Test::AnyOf(vec![denied(key)]);
        reading.found.preferences.push(Constraint::read(Field::Text, test, words.clone()));
    }
    let is_listed_as_lacking = !lacking.is_empty();
    for meaning in lacking {
        let test = Test::AnyOf(meaning.values.clone());
        reading.found.preferences.push(Constraint::read(meaning.field.clone(), test, words.clone()));
    }
    let mut fields: Vec<Field> = having.iter().map(|meaning| meaning.field.clone()).collect();
    let mut values: Vec<String> = having.iter().flat_map(|meaning| meaning.values.clone()).collect();
    let (lacking, flags): (Vec<&String>, Vec<&String>) =
        reading.vocabulary.flags(key).iter().partition(|flag| says_lack(reading, flag));
    // What stands in a list of what is not there, `Free from: nuts`, is no word of what is.
    let says_lack = is_listed_as_lacking || !lacking.is_empty();
    for flag in lacking {
        // `Gluten free: no` says that there is some.
        let says = |value: &str| {
            let test = Test::AnyOf(vec![value.to_owned()]);
            Constraint::read(Field::Attribute(flag.clone()), test, words.clone())
        };
        reading.found.preferences.push(says("Yes"));
        reading.found.constraints.push(Constraint { is_negated: true, ..says("No") });
    }
    if !flags.is_empty() {
        fields.extend(flags.into_iter().map(|flag| Field::Attribute(flag.clone())));
        values.push("Yes".to_owned());
    }
    if let Some((attribute, part)) = reading.vocabulary.part(key) {
        let field = Field::Attribute(attribute.to_owned());
        let test = Test::AnyOf(part.lacking.clone());
        reading.found.preferences.push(Constraint::read(field.clone(), test, words.clone()));
        // What the attribute says decides before what other ones do.
        fields.retain(|other| *other != field);
        fields.insert(0, field);
        values.extend(part.having.iter().cloned());
    }
    let mut fields = fields.into_iter();
    let constraint = match fields.next() {
        Some(field) => {
            Constraint { or_fields: fields.collect(), ..Constraint::read(field, Test::AnyOf(values), words) }
        }
        // Of goods that do not state it the text decides.
        None if says_lack => return Some(()),
        None => Constraint::read(Field::Text, Test::AnyOf(vec![words.to_lowercase()]), words),
    };
    reading.found.constraints.push(Constraint { is_negated: true, ..constraint });
    Some(())
}

/// Whether the attribute says what is not in it, as `free_from: Gluten` does.
fn states_lack(reading: &Reading<'_>, meaning: &Meaning) -> bool {
    matches!(&meaning.field, Field::Attribute(key) if says_lack(reading, key))
}

/// Whether an attribute of this key says what is not there: `free_from`, `gluten_free`.
fn says_lack(reading: &Reading<'_>, key: &str) -> bool {
    let parts: Vec<&str> = key.split('_').collect();
    let denies = |at: usize| reading.grammar.denial(|offset| parts.get(at + offset).copied()) > 0;
    (0..parts.len()).any(|at| denies(at) || reading.grammar.is_free(parts[at]))
}
