//! The shopper's own words for what is looked for.

use search::analyse::{self, Word};

use crate::Request;

/// Words after which stands what the goods are for, and not what they are.
const PURPOSE: &[&str] = &[
    "for", "who", "whom", "because", "like", "from", "at", "when", "while", "since", "as", "i", "we", "my",
    "our", "to", "under", "over", "below", "above", "less", "more", "than",
];
/// Words after which stands what the goods have.
const FEATURE: &[&str] = &["with", "has", "have", "having", "featuring", "including"];

/// The words of a text that say what the goods are or have: `bass` of `headphones with good bass`, not `mother` of `headphones
/// for my mother`.
pub(super) fn features(text: &str) -> Vec<String> {
    let mut is_feature = true;
    let mut features = Vec::new();
    for word in analyse::words(text) {
        let says = |words: &[&str]| words.contains(&word.text.as_str());
        is_feature = (is_feature && !says(PURPOSE)) || says(FEATURE);
        if is_feature {
            features.push(word.text);
        }
    }
    features
}

/// The part of the text that says what is looked for: `iphones` of `do you sell iphones?`.
pub(super) fn told(request: &Request) -> &str {
    let need = &request.need;
    let corrected = need.corrections.iter().map(|correction| correction.from.as_str());
    let read = need.constraints.iter().chain(&need.preferences).flat_map(|read| read.words.split(' '));
    let meant: Vec<String> =
        need.text.split(' ').chain(corrected).chain(read).map(str::to_lowercase).collect();
    let words = analyse::words(&request.text);
    let is_meant = |word: &&Word| {
        let typed = request.text.get(word.start..word.end).unwrap_or_default().to_lowercase();
        let is_same = |meant: &String| {
            meant.trim_matches(|c: char| !c.is_alphanumeric()) == typed || *meant == word.text
        };
        meant.iter().any(is_same)
    };
    let first = words.iter().find(is_meant).map(|word| word.start);
    let last = words.iter().rfind(is_meant).map(|word| word.end);
    let range = first.zip(last).map(|(first, last)| first..last);
    let told = range.and_then(|range| request.text.get(range)).unwrap_or(&request.text);
    told.trim_end_matches(['?', '.', '!', ' '])
}
