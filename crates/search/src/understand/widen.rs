//! Other words for what is left in the text: synonyms and umbrella words of the lexicon ("something warm" also likes
//! products that state "Cool" or "Fleece", and text that says "insulated"), and compounds with their parts.

use std::ops::Range;

use super::{Reading, spelling};
use crate::{Alternative, Constraint, Field, Test};

/// What a match of a synonym is worth beside the word itself.
const SYNONYM_WEIGHT: f32 = 0.8;
/// What a match of a word under an umbrella word is worth.
const NARROWER_WEIGHT: f32 = 0.6;
/// What the parts of a compound are worth beside it.
const PARTS_WEIGHT: f32 = 0.6;
/// Phrases of the lexicon have at most this many words.
const LONGEST: usize = 4;
/// A shorter word is the end of too many others.
const MIN_COMPOUND_END: usize = 4;
/// A shorter word has no two parts.
const MIN_COMPOUND: usize = 7;
/// Compounds that count for one word.
const MAX_COMPOUNDS: usize = 16;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.tokens.len() {
        let end = (at + 1..=at + LONGEST).rev().find(|end| widen(reading, at..*end));
        compounds(reading, at);
        at = end.unwrap_or(at + 1);
    }
}

/// Adds what the lexicon has for these words; `false` where it has nothing.
fn widen(reading: &mut Reading<'_>, range: Range<usize>) -> bool {
    let Some(key) = (range.end <= reading.tokens.len()).then(|| reading.key(range.clone())).flatten() else {
        return false;
    };
    if reading.tokens[range.clone()].iter().all(|token| token.is_stop) {
        return false;
    }
    let lexicon = reading.vocabulary.lexicon();
    let (synonyms, narrower) = (lexicon.synonyms(&key).to_vec(), lexicon.narrower(&key).to_vec());
    for (others, weight) in [(&synonyms, SYNONYM_WEIGHT), (&narrower, NARROWER_WEIGHT)] {
        add(reading, range.clone(), others.clone(), weight);
    }
    let words = reading.words(range);
    let mut liked: Vec<Constraint> = Vec::new();
    for other in synonyms.iter().chain(&narrower) {
        for meaning in reading.vocabulary.meanings(&lexicon.key(other)) {
            if meaning.field != Field::Category || synonyms.contains(other) {
                like(&mut liked, &meaning.field, &meaning.values, &words);
            }
        }
    }
    reading.found.preferences.append(&mut liked);
    !(synonyms.is_empty() && narrower.is_empty())
}

/// Lets others count for the words of these tokens that stand in the text.
fn add(reading: &mut Reading<'_>, range: Range<usize>, others: Vec<String>, weight: f32) {
    let text = reading.tokens[range].iter().filter(|token| !token.is_stop);
    let word = text.map(|token| token.word.text.as_str()).collect::<Vec<_>>().join(" ");
    if !others.is_empty() {
        reading.found.alternatives.push(Alternative { word, others, weight });
    }
}

/// A compound counts for the word that it ends with, where a language writes it as one word (`Regenjacke` for `Jacke`),
/// and its parts count for it (`power bank` for `powerbank`).
fn compounds(reading: &mut Reading<'_>, at: usize) {
    let token = &reading.tokens[at];
    let (word, stem) = (token.word.text.clone(), token.word.stem.clone());
    if token.is_spent || token.is_stop || !word.chars().all(char::is_alphabetic) {
        return;
    }
    if stem.len() >= MIN_COMPOUND_END {
        let found = reading.vocabulary.words.ending_with(&stem, MAX_COMPOUNDS);
        let found: Vec<String> = found.into_iter().map(str::to_owned).collect();
        add(reading, at..at + 1, found, SYNONYM_WEIGHT);
    }
    if word.len() >= MIN_COMPOUND
        && let Some((left, right)) = spelling::split(reading.vocabulary, &word)
    {
        add(reading, at..at + 1, vec![format!("{left} {right}")], PARTS_WEIGHT);
    }
}

/// Joins the values of one field into one liking.
fn like(liked: &mut Vec<Constraint>, field: &Field, values: &[String], words: &str) {
    let same = liked.iter_mut().find(|known| known.field == *field);
    if let Some(Constraint { test: Test::AnyOf(known), .. }) = same {
        known.extend(values.iter().filter(|value| !known.contains(value)).cloned().collect::<Vec<_>>());
        return;
    }
    liked.push(Constraint::read(field.clone(), Test::AnyOf(values.to_vec()), words));
}
