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

/// Words after which nothing more is said of what the goods have: `a jacket for walks with the dog`.
const OF_USE: &[&str] = &["for", "who", "whom", "because", "at", "when", "while", "since", "to", "from"];
/// Words that say how something is, and not what: of `deep bass` the bass is what goods have.
const VAGUE: &[&str] = &[
    "good",
    "great",
    "nice",
    "deep",
    "long",
    "big",
    "large",
    "small",
    "high",
    "low",
    "strong",
    "lots",
    "plenty",
    "extra",
    "really",
    "decent",
    "proper",
    "enough",
    "easy",
    "best",
    "better",
    "many",
    "much",
    "more",
    "less",
    "full",
    "own",
    "new",
    "port",
    "ports",
    "feature",
    "features",
    "function",
    "functions",
    "support",
    "option",
    "mode",
];

/// What the goods are to have, as it is typed: `headphone`, `jack` of `a phone with a headphone jack`.
pub(super) fn attached(text: &str) -> Vec<String> {
    let mut is_feature = false;
    let mut words = Vec::new();
    for word in analyse::words(text) {
        let says = |words: &[&str]| words.contains(&word.text.as_str());
        if says(OF_USE) {
            break;
        }
        is_feature = (is_feature && !says(PURPOSE)) || says(FEATURE);
        if is_feature && !says(VAGUE) {
            words.push(word.text);
        }
    }
    words
}

/// Words behind which stands what goods have to fit.
const FITTING: &[&str] = &["for", "fit", "fits", "fitting", "compatible"];

/// The number that tells one from another of what goods have to fit, with the word before it: `jet`, `300` of `ink for a Jet 300`.
/// One that counts, as in `for 10 children`, tells nothing.
pub(super) fn named(text: &str) -> Vec<String> {
    let words = analyse::words(text);
    let says = |place: usize, known: &[&str]| {
        words.get(place).is_some_and(|word| known.contains(&word.text.as_str()))
    };
    let Some(start) = (0..words.len()).find(|place| says(*place, FITTING)) else { return Vec::new() };
    let end = (start + 1..words.len()).find(|place| says(*place, FEATURE) || says(*place, OF_USE));
    let run = &words[start + 1..end.unwrap_or(words.len())];
    let is_number = |word: &Word| word.text.bytes().any(|byte| byte.is_ascii_digit());
    let is_name = |word: &Word| !analyse::is_stop_word(&word.text) && !is_number(word);
    run.windows(2)
        .find(|pair| is_name(&pair[0]) && is_number(&pair[1]))
        .map(|pair| pair.iter().map(|word| word.text.clone()).collect())
        .unwrap_or_default()
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
