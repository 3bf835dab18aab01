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
/// Verbs that lead to a choice: `does it come in blue`, `do you have this in green`.
const CHOICE_LEADS: &[&str] =
    &["come", "comes", "available", "get", "have", "sold", "sell", "stock", "carry"];
/// How far before the `in` the verb can stand, in words.
const CHOICE_REACH: usize = 3;

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
        rules: asked::stems_of(POLICY, &stems),
        is_policy: POLICY.iter().any(|phrase| asked::has(&stems, phrase)),
        choice: choice(text, &words),
        words: Vec::new(),
    };
    let asking = asked::asking_stems(&stems);
    let counted = counted_noun(&words);
    for word in &words {
        let is_counted = counted.is_some_and(|counted| counted.start == word.start);
        let is_name = !is_counted
            && (names.iter().any(|name| name.split(' ').any(|part| part == word.text))
                || page_name.len() > 1 && page_name.contains(&word.stem.as_str()) && names.is_empty());
        let decides = !analyse::is_stop_word(&word.text) && !QUESTION_WORDS.contains(&word.text.as_str());
        let is_number = word.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if decides
            && !is_name
            && !is_number
            && word.text.len() > 1
            && !focus.words.iter().any(|known| known.stem == word.stem)
        {
            let names_fact = asking.contains(&word.stem);
            focus.words.push(FocusWord { names_fact, ..focus_word(snapshot, word) });
        }
    }
    if focus.words.is_empty() && focus.asked.is_empty() {
        let is_content = |word: &&analyse::Word| {
            !analyse::is_stop_word(&word.text)
                && !QUESTION_WORDS.contains(&word.text.as_str())
                && word.text.len() > 2
        };
        focus.words.extend(words.iter().rev().find(is_content).map(|word| focus_word(snapshot, word)));
    }
    focus
}

/// The noun in `how many drawers` and `which knives`: it is asked about even where it is a part of the product's name.
fn counted_noun(words: &[analyse::Word]) -> Option<&analyse::Word> {
    let is =
        |place: usize, text: &str| words.get(place).is_some_and(|word: &analyse::Word| word.text == text);
    let start = (0..words.len())
        .find(|place| is(*place, "how") && (is(place + 1, "many") || is(place + 1, "much")))?;
    words.get(start + 2).filter(|word| !analyse::is_stop_word(&word.text))
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
        names_fact: false,
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
    let is_lead = |word: &analyse::Word| CHOICE_LEADS.contains(&word.text.as_str());
    let start = (1..words.len()).find(|place| {
        words[*place].text == "in" && words[place.saturating_sub(CHOICE_REACH)..*place].iter().any(is_lead)
    })? + 1;
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
