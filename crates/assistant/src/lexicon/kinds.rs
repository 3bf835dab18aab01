//! Kinds of values, such as materials, from `kinds_en.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{place_of, stems};

static KINDS: LazyLock<Kinds> = LazyLock::new(|| Kinds::parse(include_str!("kinds_en.txt")));

#[derive(Default)]
struct Kinds {
    /// Values as stems by kind.
    values: HashMap<String, Vec<String>>,
    /// What a value covers besides itself.
    covers: HashMap<String, Vec<String>>,
}

/// The kind of things that people must do without.
pub(crate) const ALLERGEN: &str = "allergen";

/// The values of a kind, as stems.
pub(crate) fn values(kind: &str) -> &'static [String] {
    KINDS.values.get(kind).map_or(&[], Vec::as_slice)
}

/// The kinds that have a value, given as stems.
pub(crate) fn of(value: &str) -> impl Iterator<Item = &'static str> {
    let has = move |values: &Vec<String>| values.iter().any(|known| known == value);
    let mut kinds: Vec<&'static str> =
        KINDS.values.iter().filter(|(_, values)| has(values)).map(|(kind, _)| kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.into_iter()
}

/// The values of a kind that stand in a text; of two that overlap the longer one.
pub(crate) fn said(kind: &str, text: &[String]) -> Vec<&'static str> {
    let mut found: Vec<&'static str> =
        values(kind).iter().map(String::as_str).filter(|value| place_of(text, value).is_some()).collect();
    let all = found.clone();
    let is_part = |value: &str| {
        all.iter()
            .any(|longer| longer.len() > value.len() && format!(" {longer} ").contains(&format!(" {value} ")))
    };
    found.retain(|value| !is_part(value));
    found
}

/// Whether one value speaks of another, both as stems.
pub(crate) fn covers(said: &str, asked: &str) -> bool {
    said == asked || KINDS.covers.get(said).is_some_and(|covered| covered.iter().any(|value| value == asked))
}

/// The values that one covers, as stems: what is of it.
pub(crate) fn covered(value: &str) -> &'static [String] {
    KINDS.covers.get(value).map_or(&[], Vec::as_slice)
}

impl Kinds {
    fn parse(text: &str) -> Self {
        let mut kinds = Self::default();
        let phrases = |list: &str| -> Vec<String> { list.split(',').map(stems).collect() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((kind, list)) = line.split_once(':') {
                let mut list = phrases(list);
                list.sort();
                list.dedup();
                kinds.values.insert(kind.trim().to_owned(), list);
            } else if let Some((value, list)) = line.split_once('>') {
                kinds.covers.entry(stems(value)).or_default().extend(phrases(list));
            }
        }
        kinds
    }
}

#[cfg(test)]
mod tests {
    use super::super::stem_list;
    use super::*;

    #[test]
    fn values_are_found_with_their_kinds() {
        assert_eq!(of("glass").collect::<Vec<_>>(), ["material"]);
        assert_eq!(said("material", &stem_list("a cast iron pan with a wood handle")), ["cast iron", "wood"]);
        assert!(covered(&stems("nuts")).contains(&stems("hazelnut")));
        assert!(covers(&stems("weekdays"), &stems("Tuesdays")));
        assert!(!covers(&stems("weekdays"), &stems("Saturday")));
    }
}
