//! Synonyms and umbrella words of what is left in the text: "something warm" also likes products that state "Cool" or
//! "Fleece", and text that says "insulated".

use super::Reading;
use crate::{Alternative, Constraint, Field, Test, Vocabulary};

/// What a match of a synonym is worth beside the word itself.
const SYNONYM_WEIGHT: f32 = 0.8;
/// What a match of a word under an umbrella word is worth.
const NARROWER_WEIGHT: f32 = 0.6;
/// Phrases of the lexicon have at most this many words.
const LONGEST: usize = 3;

pub(super) fn read(vocabulary: &Vocabulary, reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.tokens.len() {
        let end = (at + 1..=at + LONGEST).rev().find(|end| widen(vocabulary, reading, at..*end));
        at = end.unwrap_or(at + 1);
    }
}

/// Adds what the lexicon has for these words; `false` where it has nothing.
fn widen(vocabulary: &Vocabulary, reading: &mut Reading<'_>, range: std::ops::Range<usize>) -> bool {
    let Some(key) = (range.end <= reading.tokens.len()).then(|| reading.key(range.clone())).flatten() else {
        return false;
    };
    if range.len() == 1 && reading.tokens[range.start].is_stop() {
        return false;
    }
    let synonyms = vocabulary.lexicon.synonyms(&key).to_vec();
    let narrower = vocabulary.lexicon.narrower(&key).to_vec();
    let word = reading.tokens[range.end - 1].word.text.clone();
    for (others, weight) in [(&synonyms, SYNONYM_WEIGHT), (&narrower, NARROWER_WEIGHT)] {
        if !others.is_empty() {
            reading.found.alternatives.push(Alternative {
                word: word.clone(),
                others: others.clone(),
                weight,
            });
        }
    }
    let words = reading.words(range);
    let mut liked: Vec<Constraint> = Vec::new();
    for other in synonyms.iter().chain(&narrower) {
        for meaning in vocabulary.meanings(&crate::lexicon::phrase_key(other)) {
            if meaning.field != Field::Category || synonyms.contains(other) {
                like(&mut liked, &meaning.field, &meaning.values, &words);
            }
        }
    }
    reading.found.preferences.append(&mut liked);
    !(synonyms.is_empty() && narrower.is_empty())
}

/// Joins the values of one field into one liking.
fn like(liked: &mut Vec<Constraint>, field: &Field, values: &[String], words: &str) {
    let same = liked.iter_mut().find(|known| known.field == *field);
    if let Some(Constraint { test: Test::AnyOf(known), .. }) = same {
        known.extend(values.iter().filter(|value| !known.contains(value)).cloned().collect::<Vec<_>>());
        return;
    }
    let test = Test::AnyOf(values.to_vec());
    liked.push(Constraint { field: field.clone(), test, is_negated: false, words: words.to_owned() });
}
