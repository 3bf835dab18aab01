//! Texts that leave open what they are about: a greeting, or `is it loud?` where no product is in sight.

use search::Sort;
use search::analyse;

use crate::{Intent, Request};

/// Words that stand for a product which has to be known.
const POINTING: &[&str] = &["it", "its", "they", "them", "these", "those"];
/// The same where nothing they could stand before follows.
const POINTING_ALONE: &[&str] = &["this", "that"];
/// Verbs after which `that` stands for something.
const OPENING: &[&str] =
    &["is", "are", "was", "does", "do", "can", "will", "would", "has", "have", "how", "what"];

/// Words of thanks and of leave, and those around them.
const COURTESIES: &[&str] = &[
    "thanks", "thank", "thx", "thankyou", "ty", "cheers", "bye", "goodbye", "cya", "merci", "danke",
    "gracias",
];
const AROUND_COURTESIES: &[&str] = &[
    "you", "very", "much", "so", "a", "lot", "ok", "okay", "great", "perfect", "for", "your", "the", "help",
    "that", "is", "was", "all", "good", "day", "have", "nice", "and", "many", "again", "then", "no", "see",
];

/// Whether a text does nothing but thank or take leave.
pub(crate) fn is_courtesy(text: &str) -> bool {
    let words: Vec<String> = analyse::words(text).into_iter().map(|word| word.text).collect();
    let is_among = |word: &String, list: &[&str]| list.contains(&word.as_str());
    words.iter().any(|word| is_among(word, COURTESIES))
        && words.iter().all(|word| is_among(word, COURTESIES) || is_among(word, AROUND_COURTESIES))
}

/// Whether a text names nothing that could be looked for or asked.
pub(crate) fn says_nothing(request: &Request) -> bool {
    let (need, focus) = (&request.need, &request.focus);
    let wants_nothing = need.text.is_empty()
        && need.constraints.is_empty()
        && need.preferences.is_empty()
        && need.codes.is_empty()
        && need.sort == Sort::default();
    // What is wanted most or least of nothing is no wish.
    let is_order_alone = request.intent == Intent::Find && request.basket.is_none();
    let asks_nothing =
        is_order_alone || focus.concepts().next().is_none() && focus.asked.is_empty() && !focus.is_policy;
    request.products.is_empty() && wants_nothing && asks_nothing && !points(&request.text)
}

/// Whether a text speaks of a product that it does not name.
pub(crate) fn points(text: &str) -> bool {
    let words: Vec<String> = analyse::words(text).into_iter().map(|word| word.text).collect();
    let is_among = |word: &str, list: &[&str]| list.contains(&word);
    let is_alone = |place: usize| {
        let before = place.checked_sub(1).is_some_and(|before| is_among(&words[before], OPENING));
        let noun = words.get(place + 2).is_some_and(|after| !analyse::is_stop_word(after));
        before && is_among(&words[place], POINTING_ALONE) && !noun
    };
    (0..words.len()).any(|place| is_among(&words[place], POINTING) || is_alone(place))
}
