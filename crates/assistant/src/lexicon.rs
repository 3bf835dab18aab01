//! What the assistant knows of shopping, as data: what questions ask about, kinds of values, and contraries. Each file is
//! read once, at its first use.

use search::analyse;

pub(crate) mod circumstances;
pub(crate) mod concepts;
pub(crate) mod everyday;
pub(crate) mod goods;
pub(crate) mod groups;
pub(crate) mod kinds;
pub(crate) mod needs;
pub(crate) mod numbers;
pub(crate) mod opposites;
pub(crate) mod patterns;
pub(crate) mod persons;
pub(crate) mod sizes;
pub(crate) mod spelling;
pub(crate) mod troubles;

pub(crate) use concepts::{Concept, Measured};

/// The stems of a phrase joined by spaces.
pub(crate) fn stems(phrase: &str) -> String {
    stem_list(phrase).join(" ")
}

/// The stems of a phrase.
pub(crate) fn stem_list(phrase: &str) -> Vec<String> {
    analyse::words(phrase).into_iter().map(|word| word.stem).collect()
}

/// Whether the stems of a phrase stand side by side.
pub(crate) fn has_phrase(stems: &[String], phrase: &str) -> bool {
    place_of(stems, phrase).is_some()
}

/// Where the stems of a phrase stand side by side.
pub(crate) fn place_of(stems: &[String], phrase: &str) -> Option<usize> {
    let first = phrase.split(' ').next().filter(|first| !first.is_empty())?;
    let length = phrase.split(' ').count();
    let starts = stems.iter().enumerate().filter(|(_, stem)| *stem == first);
    starts.map(|(place, _)| place).find(|place| {
        stems.len() >= place + length
            && stems[*place..place + length].iter().zip(phrase.split(' ')).all(|(a, b)| a == b)
    })
}
