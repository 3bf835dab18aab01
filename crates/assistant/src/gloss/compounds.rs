//! Compounds that are written as one word, as German does: `Regenjacke` is `rain jacket`.

use super::{GlossBook, Kind};

/// Letters of each part at least.
const LEAST_PART: usize = 3;
/// Letters of a word that is taken apart at least.
const LEAST_WORD: usize = 7;
/// What can stand between two parts.
const JOINTS: &[&str] = &["", "s", "n", "en", "er", "es", "e"];

/// Prefixes that German parts from their verbs, between which and the verb stands the `zu` of an infinitive.
const PREFIXES: &[&str] =
    &["zuruck", "um", "an", "aus", "ein", "ab", "auf", "mit", "vor", "nach", "weg", "hin", "her", "zusammen"];

/// An infinitive with `zu` in it: `zurückzugeben`.
pub(super) fn without_zu(book: &GlossBook, word: &str) -> Option<(String, Kind)> {
    if !book.language().has_closed_compounds() {
        return None;
    }
    let parted = PREFIXES.iter().filter_map(|prefix| Some((prefix, word.strip_prefix(prefix)?)));
    let mut plain = parted.filter_map(|(prefix, rest)| Some(format!("{prefix}{}", rest.strip_prefix("zu")?)));
    plain.find_map(|plain| book.word(&plain).map(|(english, kind)| (english.to_owned(), kind)))
}

/// The English of a compound of words of the book; what it is, is what its last part is.
pub(super) fn split(book: &GlossBook, word: &str) -> Option<(String, Kind)> {
    if let Some((first, last)) = word.split_once(' ') {
        // Written with a hyphen: `Kaschmir Pulli`.
        let (last, kind) = part(book, last)?;
        let first = part(book, first).map_or(first.to_owned(), |(english, _)| english);
        return Some((format!("{first} {last}"), kind));
    }
    if !book.language().has_closed_compounds() || word.len() < LEAST_WORD {
        return None;
    }
    // The longest last part says best what it is.
    let places = (LEAST_PART..=word.len() - LEAST_PART).filter(|place| word.is_char_boundary(*place));
    places.filter_map(|place| joined(book, &word[..place], &word[place..])).next()
}

fn joined(book: &GlossBook, first: &str, last: &str) -> Option<(String, Kind)> {
    let (last, kind) = part(book, last)?;
    let stripped = JOINTS.iter().filter_map(|joint| first.strip_suffix(joint));
    let first = stripped
        .filter(|first| first.len() >= LEAST_PART)
        .find_map(|first| part(book, first).or_else(|| split(book, first)))?;
    Some((format!("{} {last}", first.0), kind))
}

/// A word that can be a part of a compound.
fn part(book: &GlossBook, word: &str) -> Option<(String, Kind)> {
    let found = book.word(word)?;
    let can_join = matches!(found.1, Kind::Noun | Kind::Adjective | Kind::Verb);
    (can_join && word.len() >= LEAST_PART).then(|| (found.0.to_owned(), found.1))
}
