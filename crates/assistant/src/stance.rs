//! Which way a sentence speaks about the words of a question: for them, against them, or neither.

use crate::request::Focus;
use crate::retrieve::place_of;

/// Words before a word that turn it around, as stems.
const NEGATIONS: &[&str] = &[
    "not", "no", "never", "isnt", "isn", "arent", "aren", "wasnt", "wasn", "doesnt", "doesn", "dont", "don",
    "didnt", "didn", "cant", "cannot", "wont", "without", "hardli", "bare", "lack", "lacks", "non",
    "neither", "nor", "wouldnt", "couldnt", "nothing", "none", "less", "zero", "far",
];
/// How many words before a word a negation can stand.
const REACH: usize = 4;

/// Which way a sentence speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stance {
    For,
    Against,
    Silent,
}

/// Reads the stance of a sentence, given as stems, towards the deciding words: a deciding word or synonym speaks for,
/// a contrary against, and a negation right before turns either around.
pub(crate) fn read(stems: &[String], focus: &Focus) -> Stance {
    let mut balance = 0i32;
    let strongest = focus.words.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
    let words = focus.words.iter().filter(|word| !word.opposites.is_empty());
    let judged: Vec<_> = words.chain(strongest).collect();
    for word in judged {
        let own = place_of(stems, &word.stem);
        let near = || word.others.iter().find_map(|(other, _)| place_of(stems, other));
        if let Some(place) = own.or_else(near) {
            balance += if is_negated(stems, place) { -1 } else { 1 };
        } else if stems.iter().any(|stem| stem.strip_prefix("un").is_some_and(|rest| rest == word.stem)) {
            balance -= 1;
        } else if let Some(place) = word.opposites.iter().find_map(|opposite| place_of(stems, opposite)) {
            balance += if is_negated(stems, place) { 1 } else { -1 };
        }
    }
    match balance {
        0 => Stance::Silent,
        1.. => Stance::For,
        _ => Stance::Against,
    }
}

/// Whether a negation stands within reach before this place.
pub(crate) fn is_negated(stems: &[String], place: usize) -> bool {
    let window = &stems[place.saturating_sub(REACH)..place];
    let but = window.iter().rposition(|stem| matches!(stem.as_str(), "but" | "and" | "onli"));
    let window = &window[but.map_or(0, |place| place + 1)..];
    window.iter().filter(|stem| NEGATIONS.contains(&stem.as_str())).count() % 2 == 1
}
