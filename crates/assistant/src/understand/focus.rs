//! The words of a question that decide: rare ones, with their synonyms and contraries, without the product's name.

use commerce::{Product, Quantity};
use search::analyse;

use super::asked;
use super::asked_table::{POLICY, QUESTION_WORDS};
use super::mentions::rarity;
use crate::request::{Focus, FocusWord};
use crate::{Snapshot, opposites};

/// What a synonym is worth beside the word itself.
const SYNONYM: f32 = 0.85;
/// What a word under an umbrella word is worth.
const NARROWER: f32 = 0.6;
/// Words that lead to a choice: `does it come in blue`.
const CHOICE_LEADS: &[&[&str]] = &[
    &["come", "in"],
    &["comes", "in"],
    &["available", "in"],
    &["get", "in"],
    &["have", "in"],
    &["made", "in"],
    &["sold", "in"],
];

/// Reads what is asked; `names` are the words that name products.
pub(super) fn read(snapshot: &Snapshot, text: &str, names: &[String], page: Option<&Product>) -> Focus {
    let words = analyse::words(text);
    let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    let page_name = page.map(|product| opposites::stems(&product.title)).unwrap_or_default();
    let page_name: Vec<&str> = page_name.split(' ').collect();
    let mut focus = Focus {
        form: asked::form(text),
        asked: asked::read(text),
        measures: Quantity::find_all(text).into_iter().map(|(_, quantity)| quantity).collect(),
        is_policy: POLICY.iter().any(|phrase| asked::has(&stems, phrase)),
        choice: choice(text, &words),
        words: Vec::new(),
    };
    for word in &words {
        let is_name = names.iter().any(|name| name.split(' ').any(|part| part == word.text))
            || page_name.len() > 1 && page_name.contains(&word.stem.as_str()) && names.is_empty();
        let decides = !analyse::is_stop_word(&word.text) && !QUESTION_WORDS.contains(&word.text.as_str());
        let is_number = word.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if decides
            && !is_name
            && !is_number
            && word.text.len() > 1
            && !focus.words.iter().any(|known| known.stem == word.stem)
        {
            focus.words.push(focus_word(snapshot, word));
        }
    }
    focus
}

fn focus_word(snapshot: &Snapshot, word: &analyse::Word) -> FocusWord {
    let lexicon = snapshot.vocabulary.lexicon();
    let weigh = |phrases: &[String], weight: f32| -> Vec<(String, f32)> {
        phrases.iter().map(|phrase| (opposites::stems(phrase), weight)).collect()
    };
    let mut others = weigh(lexicon.synonyms(&word.stem), SYNONYM);
    others.extend(weigh(lexicon.narrower(&word.stem), NARROWER));
    others.extend(verb_of(&word.stem).map(|verb| (verb, SYNONYM)));
    FocusWord {
        text: word.text.clone(),
        stem: word.stem.clone(),
        weight: rarity(snapshot, &word.stem),
        others,
        opposites: opposites::of(&word.stem).to_vec(),
    }
}

/// The verb in `washable` and `foldable`.
fn verb_of(stem: &str) -> Option<String> {
    let verb = stem.strip_suffix("abl").or_else(|| stem.strip_suffix("able"))?;
    (verb.len() >= 3).then(|| verb.to_owned())
}

/// The words after `come in`, `available in` and the like.
fn choice(text: &str, words: &[analyse::Word]) -> Option<String> {
    let start = CHOICE_LEADS.iter().find_map(|lead| {
        words
            .windows(lead.len())
            .position(|window| window.iter().zip(*lead).all(|(word, lead)| word.text == *lead))
            .map(|place| place + lead.len())
    })?;
    let rest: Vec<&analyse::Word> = words[start..]
        .iter()
        .skip_while(|word| {
            matches!(word.text.as_str(), "a" | "an" | "the" | "size" | "color" | "colour" | "sizes")
        })
        .take_while(|word| !analyse::is_stop_word(&word.text))
        .take(3)
        .collect();
    let (first, last) = (rest.first()?, rest.last()?);
    Some(text[first.start..last.end].to_owned())
}
