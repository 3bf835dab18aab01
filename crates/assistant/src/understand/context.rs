//! Circumstances in a text: weather and season, person, occasion.

use search::analyse;

use crate::request::Context;

const CLIMATE: &[&str] = &[
    "winter", "summer", "spring", "autumn", "fall", "rain", "rainy", "snow", "snowy", "wind", "windy",
    "cold", "hot", "warm", "cool", "humid", "dry", "wet", "storm", "sunny", "freezing", "indoor", "outdoor",
];
const PERSONS: &[&str] = &[
    "wife",
    "husband",
    "daughter",
    "son",
    "mother",
    "father",
    "mom",
    "mum",
    "dad",
    "girlfriend",
    "boyfriend",
    "kid",
    "kids",
    "child",
    "children",
    "baby",
    "toddler",
    "teenager",
    "grandmother",
    "grandfather",
    "friend",
    "colleague",
    "beginner",
    "dog",
    "cat",
];
const OCCASIONS: &[&str] = &[
    "wedding",
    "birthday",
    "christmas",
    "easter",
    "halloween",
    "party",
    "gift",
    "office",
    "work",
    "school",
    "travel",
    "trip",
    "camping",
    "hiking",
    "running",
    "gym",
    "beach",
    "valentine",
    "anniversary",
    "picnic",
];

/// What the text names.
pub(super) fn read(text: &str) -> Context {
    let words = analyse::words(text);
    let all = |known: &[&str]| {
        words.iter().filter(|w| known.contains(&w.text.as_str())).map(|w| w.text.clone()).collect()
    };
    let first =
        |known: &[&str]| words.iter().find(|w| known.contains(&w.text.as_str())).map(|w| w.text.clone());
    Context { climate: all(CLIMATE), person: first(PERSONS), occasion: first(OCCASIONS) }
}
