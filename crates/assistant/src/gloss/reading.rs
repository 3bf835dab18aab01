//! What a text was read as, with where each word came from.

use std::ops::Range;

use super::Piece;

/// A text in English beside its source, so that the shopper's own words can be told again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The shopper's words; empty where they are English.
    pub(crate) source: String,
    /// In English.
    pub(crate) english: String,
    spans: Vec<(Range<usize>, Range<usize>)>,
}

/// The pieces as a text.
pub(super) fn join(source: &str, pieces: &[Piece]) -> Reading {
    let mut english = String::new();
    let mut spans = Vec::new();
    for piece in pieces {
        if !piece.english.is_empty() {
            if !english.is_empty() {
                english.push(' ');
            }
            let start = english.len();
            english.push_str(&piece.english);
            spans.push((start..english.len(), piece.source.clone()));
        }
        english.push_str(&piece.marks);
    }
    Reading { source: source.to_owned(), english, spans }
}

impl Reading {
    /// A text that is read as it stands.
    pub(crate) fn plain(text: &str) -> Self {
        Self { source: String::new(), english: text.to_owned(), spans: Vec::new() }
    }

    /// Where in the source a part of the English text came from, from its first word to its last.
    pub(crate) fn source_of(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let touched = self.spans.iter().filter(|(own, _)| own.start < part.end && part.start < own.end);
        let places: Vec<&Range<usize>> =
            touched.map(|(_, source)| source).filter(|source| !source.is_empty()).collect();
        let start = places.iter().map(|place| place.start).min()?;
        let end = places.iter().map(|place| place.end).max()?;
        Some(start..end)
    }

    /// Where a text stands in the English text.
    pub(crate) fn place_of(&self, part: &str) -> Option<Range<usize>> {
        let start = self.english.find(part)?;
        Some(start..start + part.len())
    }

    /// What the shopper wrote for a part of the English text; the part itself where it cannot be told.
    pub(crate) fn own_words(&self, part: &str) -> String {
        if self.source.is_empty() {
            return part.to_owned();
        }
        let lower = self.english.to_lowercase();
        let found = lower.find(&part.to_lowercase()).filter(|_| lower.len() == self.english.len());
        let Some(start) = found else { return part.to_owned() };
        let range = start..start + part.len();
        let touched = self.spans.iter().filter(|(own, _)| own.start < range.end && range.start < own.end);
        let mut places: Vec<&Range<usize>> =
            touched.map(|(_, source)| source).filter(|source| !source.is_empty()).collect();
        places.sort_by_key(|place| place.start);
        let words: Vec<&str> = places.iter().filter_map(|place| self.source.get((*place).clone())).collect();
        if words.is_empty() { part.to_owned() } else { words.join(" ") }
    }
}
