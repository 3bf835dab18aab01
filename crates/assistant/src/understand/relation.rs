//! What is asked for by its relation to a product that is known: what goes with it, what is like it.

use search::analyse;

use super::asked;
use super::cheaper::is_less_wished;
use crate::reason::comparative_asked;
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
    "comparable to",
];
/// Phrases behind which the name of what is to be replaced stands.
const IN_PLACE_OF: &[&str] = &["instead of", "in place of", "can replace", "could replace", "to replace"];
/// Words that may stand about a wish for a lower price before the name of what is dearer.
const BESIDE: &[&str] = &["than", "like"];
/// What rules a product out, and words for other goods.
const RULED_OUT: &[&str] = &[
    "too expensive",
    "too dear",
    "too pricey",
    "too costly",
    "too much",
    "sold out",
    "out of stock",
    "unavailable",
    "not available",
    "no longer available",
];
const OTHERS: &[&str] =
    &["else", "instead", "alternative", "cheaper", "similar", "other", "another", "replace"];
/// Words of a question about one thing that is named beside the product: `is it compatible with iPhone`.
const OPENING: &[&str] = &["is", "are", "does", "do", "will", "can", "would"];

/// The relation that a text asks for, where it asks for goods by one; `name` is the place of the first word that names a product in
/// it.
pub(super) fn read(text: &str, name: Option<usize>) -> Option<Relation> {
    let words = analyse::words(text);
    let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    let stands = |stems: &[String], phrases: &[&str]| phrases.iter().any(|phrase| asked::has(stems, phrase));
    let has = |phrases: &[&str]| stands(&stems, phrases);
    let is_of_one = words.first().is_some_and(|word| OPENING.contains(&word.text.as_str()))
        && !words.iter().any(|word| matches!(word.text.as_str(), "there" | "anything" | "you" | "any"));
    let is_passed_over = |name: usize| {
        stands(&stems[..name], IN_PLACE_OF)
            || is_less_wished(&words) && has(BESIDE)
            || has(RULED_OUT) && has(OTHERS)
    };
    let is_instead = || has(INSTEAD) || name.is_some_and(is_passed_over);
    match (is_of_one, has(TOGETHER), is_instead()) {
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

/// Words between a kind of goods and the name of what they are to fit, longer ones first: `which bags fit the Halden 3`.
const FITTING: &[&str] = &[
    "that i can use with",
    "that can be used with",
    "that can be used in",
    "can be used with",
    "can be used in",
    "can be used on",
    "can i use with",
    "can i use in",
    "can i use on",
    "can i use for",
    "can i put on",
    "can i put in",
    "can i put into",
    "can i install in",
    "can i install on",
    "do i need for",
    "do i use with",
    "do i use for",
    "fits into",
    "fits on",
    "fit on",
    "fit onto",
    "go on",
    "goes on",
    "that are compatible with",
    "which are compatible with",
    "compatible with",
    "that work with",
    "that works with",
    "work with",
    "works with",
    "that go with",
    "go with",
    "goes with",
    "that will fit",
    "will fit",
    "that would fit",
    "that fit in",
    "that fit into",
    "fit into",
    "fit in",
    "fits in",
    "go in",
    "goes in",
    "go into",
    "goes into",
    "that fit",
    "that fits",
    "to fit",
    "fit",
    "fits",
    "that take",
    "that support",
    "take",
    "takes",
    "support",
    "supports",
    "suitable for",
    "made for",
    "for",
];
/// Words between a kind and a name where a verb behind the name says that it takes such goods: `which ink does the Halden 3 take`.
const TAKING: &[&str] = &["does", "do", "will", "can", "should"];
const TAKES: &[&str] =
    &["take", "takes", "use", "uses", "need", "needs", "accept", "accepts", "support", "require"];
/// Words before a name that are none of it, and before a kind.
const ARTICLES: &[&str] = &["the", "a", "an", "my", "our", "this", "new", "old"];
const LEADING: &[&str] = &[
    "which",
    "what",
    "compatible",
    "matching",
    "suitable",
    "right",
    "show",
    "me",
    "find",
    "i",
    "need",
    "want",
    "any",
    "some",
    "all",
    "a",
    "an",
    "the",
    "is",
    "are",
    "do",
    "you",
    "have",
    "there",
];

/// The same where nothing is known of names: a kind of goods, and what may be the name of something behind it.
pub(super) fn kind_and_name(
    words: &[analyse::Word],
) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    (1..words.len()).find_map(|name| {
        let is_article = ARTICLES.contains(&words[name].text.as_str());
        let kind = kind_for(words, name).filter(|_| !is_article)?;
        Some((kind, name..words.len()))
    })
}

/// The words for the kind of goods that are to fit what is named behind them, which begins at this word: `vacuum bags` of `vacuum bags
/// that fit the Halden 3`.
pub(super) fn kind_for(words: &[analyse::Word], name: usize) -> Option<std::ops::Range<usize>> {
    let text = |at: usize| words[at].text.as_str();
    // `The widest tyre that fits` is a measure of what it fits.
    let opens_otherwise = matches!(text(0), "whats" | "how" | "why");
    if opens_otherwise || words.iter().any(|word| comparative_asked(&word.text).is_some()) {
        return None;
    }
    let end = (0..name).rev().find(|at| !ARTICLES.contains(&text(*at)))? + 1;
    let joins = |phrase: &str| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        let start = end.checked_sub(parts.len())?;
        parts.iter().enumerate().all(|(at, part)| text(start + at) == *part).then_some(start)
    };
    let is_taken = || words[name..].iter().any(|word| TAKES.contains(&word.text.as_str()));
    let asks_taken = || TAKING.iter().find_map(|word| joins(word)).filter(|_| is_taken());
    let end = FITTING.iter().find_map(|phrase| joins(phrase)).or_else(asks_taken)?;
    let start = (0..end).find(|at| !LEADING.contains(&text(*at)))?;
    (start < end).then_some(start..end)
}
