//! Things that are asked to be absent: `is it gluten free`, `is it free of parabens`, `I am allergic to latex`.

use search::analyse::{self, Word};

use crate::lexicon::concepts::Found;

/// Stems of words by which somebody says that they must do without something.
const INTOLERANT: &[&str] = &["allerg", "allergi", "intoler", "avoid"];
/// Words that deny, and the verbs behind them that deny all that they name: `she cannot eat gluten`.
const CANNOT: &[&str] = &["cant", "cannot", "not", "never", "mustnt", "shouldnt", "dont"];
const BEARS: &[&str] = &["eat", "have", "drink", "tolerate", "digest", "stand", "take"];
/// Illnesses with what somebody who has them must do without, as stems.
const ILLNESSES: &[(&str, &str)] =
    &[("celiac", "gluten"), ("coeliac", "gluten"), ("coeliacs", "gluten"), ("celiacs", "gluten")];
/// Words behind which nothing is meant any more that somebody must do without.
const BREAKS: &[&str] = &[
    "is",
    "are",
    "does",
    "do",
    "did",
    "can",
    "could",
    "will",
    "would",
    "should",
    "which",
    "what",
    "so",
    "but",
    "i",
    "it",
    "this",
    "that",
    "for",
    "with",
    "has",
    "have",
    "a",
    "an",
    "some",
    "please",
    "need",
    "want",
    "looking",
    "show",
    "find",
    "recommend",
    "suggest",
    "give",
];
/// How many words can be named together.
const REACH: usize = 5;

/// Whether the word here is said to be absent: `paraben free`, `free of parabens`, `allergic to nuts or milk`, `a nut allergy`.
pub(super) fn is_absent(words: &[Word], place: usize) -> bool {
    let text = |place: usize| words.get(place).map(|word| word.text.as_str());
    let is_free = |place: Option<usize>| place.and_then(text) == Some("free");
    if analyse::is_stop_word(&words[place].text) || is_intolerant(&words[place]) {
        return false;
    }
    let is_behind_non = place.checked_sub(1).and_then(text) == Some("non");
    let is_behind_of = matches!(place.checked_sub(1).and_then(text), Some("of" | "from"));
    is_behind_non
        || is_free(Some(place + 1))
        || is_behind_of && is_free(place.checked_sub(2))
        || is_avoided(words, place)
}

/// Whether somebody says that they must do without what the word here names: `allergic to nuts or milk`, `a nut allergy`.
pub(super) fn is_avoided(words: &[Word], place: usize) -> bool {
    let before = words[..place].iter().rev().take(REACH);
    let mut before = before.take_while(|word| !BREAKS.contains(&word.text.as_str()));
    words.get(place + 1).is_some_and(is_intolerant) || before.any(is_intolerant) || is_not_borne(words, place)
}

/// Whether somebody says that they cannot have what the word here names: `my daughter can't have dairy`. `I can't have enough` is none.
fn is_not_borne(words: &[Word], place: usize) -> bool {
    let is_among = |at: usize, list: &[&str]| list.contains(&words[at].text.as_str());
    let start = place.saturating_sub(REACH);
    let verb = (start..place).rev().find(|at| is_among(*at, BEARS));
    let is_told = |verb: usize| verb > 0 && is_among(verb - 1, CANNOT) && is_someone(words, verb - 1);
    verb.is_some_and(|verb| {
        is_told(verb) && !words[verb + 1..place].iter().any(|word| BREAKS.contains(&word.text.as_str()))
    })
}

/// Whether the words before a denial name somebody: `I`, `my son`, and no goods.
fn is_someone(words: &[Word], denial: usize) -> bool {
    words[..denial].iter().rev().take(3).any(|word| {
        matches!(
            word.text.as_str(),
            "i" | "we" | "she" | "he" | "they" | "my" | "our" | "who" | "someone" | "somebody"
        )
    })
}

/// What somebody says that they must do without, as stems.
pub(crate) fn avoided(text: &str) -> Vec<String> {
    let words = analyse::words(text);
    let mut things: Vec<String> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let ill = ILLNESSES.iter().find(|(illness, _)| word.text == *illness || word.stem == *illness);
        let is_named =
            !analyse::is_stop_word(&word.text) && !is_intolerant(word) && is_avoided(&words, place);
        let thing = ill.map(|(_, thing)| analyse::stem(thing)).or(is_named.then(|| word.stem.clone()));
        things.extend(thing);
    }
    things.sort();
    things.dedup();
    things
}

fn is_intolerant(word: &Word) -> bool {
    INTOLERANT.contains(&word.stem.as_str())
}

/// Whether the word here is the `free` of something that is absent.
pub(super) fn is_mark(words: &[Word], place: usize) -> bool {
    let is_free = words[place].text == "free";
    let goes_on = matches!(words.get(place + 1).map(|word| word.text.as_str()), Some("of" | "from"));
    is_free && (goes_on || place > 0 && is_absent(words, place - 1))
}

/// Whether a question asks for the thing that a concept tells to be absent: `does it contain gluten`.
pub(super) fn asks_for_thing(words: &[Word], found: &Found) -> bool {
    let is_thing = |place: &&usize| found.concept.names_thing(&words[**place].stem);
    let mut things = found.places.iter().filter(is_thing).peekable();
    things.peek().is_some() && !things.any(|place| is_absent(words, *place))
}
