//! Questions that leave a choice and so are none of yes or no: `is it new or refurbished`, `a brush or a roller`.

use search::analyse::Word;

use crate::lexicon::kinds;

/// Whether a question asks which of two it is.
pub(super) fn is_asked(words: &[Word], stems: &[String]) -> bool {
    has_two_values(stems) || names_two(words)
}

/// Whether one of two things is asked for right behind what it is asked of: `is it new or refurbished`.
fn names_two(words: &[Word]) -> bool {
    let is = |place: usize, known: &[&str]| {
        words.get(place).is_some_and(|word| known.contains(&word.text.as_str()))
    };
    let Some(or) = words.iter().position(|word| word.text == "or") else { return false };
    let subject = (1..=2).find(|before| {
        or.checked_sub(before + 1).is_some_and(|at| is(at, &["it", "this", "they", "these", "that"]))
    });
    let is_short = (1..=2).contains(&(words.len() - or - 1));
    is(0, &["is", "are"]) && subject.is_some() && is_short && !is(or + 1, &["not", "what"])
}

/// Whether a choice is given: `for men or for women`, `a brush or a roller`.
fn has_two_values(stems: &[String]) -> bool {
    let said = |part: &[String]| -> Vec<&'static str> {
        part.iter().flat_map(|stem| kinds::of(stem)).collect::<Vec<_>>()
    };
    let Some(place) = stems.iter().position(|stem| stem == "or") else { return false };
    let (before, after) = (said(&stems[..place]), said(&stems[place + 1..]));
    before
        .iter()
        .any(|kind| *kind != "payment" && *kind != "region" && *kind != "allergen" && after.contains(kind))
}
