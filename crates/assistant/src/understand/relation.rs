//! What is asked for by its relation to a product that is known: what goes with it, what is like it.

use search::analyse;

use super::asked;
use crate::request::Relation;

/// Phrases that ask for what is used together with a product.
const TOGETHER: &[&str] = &[
    "goes with",
    "go with",
    "goes well with",
    "pair with",
    "pairs with",
    "compatible with this",
    "compatible with it",
    "what is compatible with",
    "what compatible with",
    "which are compatible with",
    "accessories for",
    "accessory for",
    "accessories",
    "add ons",
    "complements",
    "complement",
    "bought together",
    "what else do i need",
    "what else need",
    "anything else need",
    "need with it",
    "need with this",
    "need to use it",
    "need to use with",
    "matches this",
    "matching",
    "spare parts",
    "refills for",
];
/// Phrases that ask for what could be bought in a product's place.
const INSTEAD: &[&str] = &[
    "similar to",
    "something similar",
    "anything similar",
    "similar ones",
    "similar products",
    "similar items",
    "similar",
    "alternative to",
    "alternatives to",
    "alternatives",
    "alternative",
    "something like",
    "anything like",
    "more like this",
    "like this one",
    "substitute for",
    "substitute",
    "substitutes",
    "replacement for",
    "other options",
    "others like",
];
/// Words of a question about one thing that is named beside the product: `is it compatible with iPhone`.
const OPENING: &[&str] = &["is", "are", "does", "do", "will", "can", "would"];

/// The relation that a text asks for, where it asks for goods by one.
pub(super) fn read(text: &str) -> Option<Relation> {
    let words = analyse::words(text);
    let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| asked::has(&stems, phrase));
    let is_of_one = words.first().is_some_and(|word| OPENING.contains(&word.text.as_str()))
        && !words.iter().any(|word| matches!(word.text.as_str(), "there" | "anything" | "you" | "any"));
    match (is_of_one, has(TOGETHER), has(INSTEAD)) {
        (true, ..) | (_, false, false) => None,
        (_, true, _) => Some(Relation::Together),
        (_, false, true) => Some(Relation::Instead),
    }
}

/// Phrases that ask whether two things go together.
const JOINING: &[&str] = &[
    "fit",
    "fits",
    "work with",
    "works with",
    "compatible",
    "go with",
    "goes with",
    "go together",
    "used with",
    "use with",
    "used together",
    "together with",
    "charge",
    "charges",
    "connect",
    "connects",
    "pair with",
    "pairs with",
    "plug into",
    "screw onto",
    "attach",
    "attaches",
    "clip onto",
    "inside",
    "on top of",
];

/// Whether a text asks if two things that it names go together.
pub(super) fn joins(text: &str) -> bool {
    let words = analyse::words(text);
    let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    let is_asked = words.first().is_some_and(|word| OPENING.contains(&word.text.as_str()));
    is_asked && JOINING.iter().any(|phrase| asked::has(&stems, phrase))
}

/// Whether a text asks what fits a product, which its own data may say.
pub(crate) fn asks_what_fits(text: &str) -> bool {
    analyse::words(text).iter().any(|word| matches!(word.text.as_str(), "compatible" | "compatibility"))
}
