//! Things that are asked to be absent: `is it gluten free`, `is it free of parabens`, `I am allergic to latex`.

use search::analyse::{self, Word};

use crate::lexicon::concepts::Found;

/// Stems of words by which somebody says that they must do without something.
const INTOLERANT: &[&str] = &["allerg", "allergi", "intoler"];
/// Words behind which nothing is meant any more that somebody must do without.
const BREAKS: &[&str] = &[
    "is", "are", "does", "do", "did", "can", "could", "will", "would", "should", "which", "what", "so",
    "but", "i", "it", "this", "that", "for", "with", "has", "have",
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
    let is_behind_of = matches!(place.checked_sub(1).and_then(text), Some("of" | "from"));
    is_free(Some(place + 1)) || is_behind_of && is_free(place.checked_sub(2)) || is_avoided(words, place)
}

/// Whether somebody says that they must do without what the word here names: `allergic to nuts or milk`, `a nut allergy`.
pub(super) fn is_avoided(words: &[Word], place: usize) -> bool {
    let before = words[..place].iter().rev().take(REACH);
    let mut before = before.take_while(|word| !BREAKS.contains(&word.text.as_str()));
    words.get(place + 1).is_some_and(is_intolerant) || before.any(is_intolerant)
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
