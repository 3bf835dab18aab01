//! Which words are nouns, by how the reviews use them: after `the` and before a verb stands a noun, after `to` a verb, after
//! `very` an adjective. Endings decide where there is too little use.

use crate::grammar::Class;
use crate::sentiment::Judges;
use crate::vocabulary::{Entry, Vocabulary, WordId};

/// What an ending is worth: how often the word would have been used as a noun, of how often in all.
type Prior = (f32, f32);

/// Endings of nouns.
const NOUN: &[&str] =
    &["ness", "tion", "sion", "ment", "ity", "ance", "ence", "ship", "ware", "ery", "ology", "ture", "ism"];
/// Endings of words that are nouns now and then.
const OTHER: &[&str] = &["ing", "ed", "ful", "ous", "ive", "able", "ible", "ish", "less", "est", "ier"];
const OF_NOUN: Prior = (2.0, 2.0);
const OF_OTHER: Prior = (0.5, 2.0);
const OF_JUDGING: Prior = (0.3, 2.5);
const UNKNOWN: Prior = (0.9, 1.5);
/// Words that are nouns in this share of their uses are taken for nouns.
const LEAST: f32 = 0.5;

/// Whether a word is taken for a noun.
pub(crate) fn is_noun(entry: &Entry) -> bool {
    let is_verdict = entry.judgement.weight != 0.0 && entry.judgement.kind == Judges::Overall;
    if entry.class != Class::Open || is_verdict || entry.text.len() < 2 {
        return false;
    }
    let [noun, verb, adjective] = entry.uses.map(|count| count as f32);
    let (own, all) = prior(entry);
    (noun + own) / (noun + verb + adjective + all) >= LEAST
}

fn prior(entry: &Entry) -> Prior {
    let ends = |endings: &[&str]| endings.iter().any(|ending| entry.text.ends_with(ending));
    match () {
        () if entry.judgement.weight != 0.0 => OF_JUDGING,
        () if ends(NOUN) => OF_NOUN,
        () if ends(OTHER) => OF_OTHER,
        () => UNKNOWN,
    }
}

/// Counts how the words of a sentence are used.
pub(crate) fn count_uses(vocabulary: &mut Vocabulary, words: &[WordId]) {
    for place in 0..words.len() {
        if vocabulary.class(words[place]) != Class::Open {
            continue;
        }
        if let Some(usage) = usage(vocabulary, words, place) {
            vocabulary.entries[words[place] as usize].uses[usage] += 1;
        }
    }
}

/// The use that is plain from the neighbours: 0 noun, 1 verb, 2 adjective.
fn usage(vocabulary: &Vocabulary, words: &[WordId], place: usize) -> Option<usize> {
    let class = |place: Option<usize>| {
        place.and_then(|place| words.get(place)).map_or(Class::Stop, |word| vocabulary.class(*word))
    };
    let before = class(place.checked_sub(1));
    let second = class(place.checked_sub(2));
    let after = class(Some(place + 1));
    let judges = |place: Option<usize>| {
        place
            .and_then(|place| words.get(place))
            .is_some_and(|word| vocabulary.entry(*word).judgement.weight != 0.0)
    };
    let opens = matches!(after, Class::Determiner | Class::Possessive | Class::Pronoun | Class::Subject);
    match before {
        Class::Determiner | Class::Possessive if !after.is_content() => Some(0),
        Class::Adjective if !after.is_content() && !opens => Some(0),
        Class::Open if judges(place.checked_sub(1)) && !after.is_content() && !opens => Some(0),
        Class::Preposition if !after.is_content() && !opens => Some(0),
        Class::Subject | Class::Modal | Class::To => Some(1),
        Class::Negation if matches!(second, Class::Do | Class::Modal) => Some(1),
        Class::Be | Class::Intensify | Class::Soften | Class::Excess if !after.is_content() => Some(2),
        Class::Negation if second == Class::Be && !after.is_content() => Some(2),
        Class::Determiner | Class::Possessive => None,
        _ if opens && !after.is_break() && before != Class::Preposition => Some(1),
        _ => None,
    }
}
