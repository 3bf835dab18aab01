//! Which kind of fact a question is after.

use search::analyse;

use super::asked_table::{ATTRIBUTES, AVAILABILITY, BRAND, OPINION, PRICE, RATING};
use crate::request::{Asked, Form};

/// The kinds of facts that the words ask for.
pub(super) fn read(text: &str) -> Vec<Asked> {
    let stems: Vec<String> = analyse::words(text).into_iter().map(|word| word.stem).collect();
    let has_any = |phrases: &[&str]| phrases.iter().any(|phrase| has(&stems, phrase));
    let mut asked = Vec::new();
    let simple = [
        (PRICE, Asked::Price),
        (AVAILABILITY, Asked::Availability),
        (BRAND, Asked::Brand),
        (OPINION, Asked::Opinion),
        (RATING, Asked::Rating),
    ];
    asked.extend(simple.into_iter().filter(|(phrases, _)| has_any(phrases)).map(|(_, kind)| kind));
    for row in ATTRIBUTES.iter().filter(|row| has_any(row.phrases)) {
        asked.push(Asked::Attribute {
            keys: row.keys.iter().map(|key| (*key).to_owned()).collect(),
            dimensions: row.dimensions.to_vec(),
            measured: row.measured.to_vec(),
            tellers: row.tellers.iter().map(|word| crate::opposites::stems(word)).collect(),
        });
    }
    asked
}

/// The stems of all words that ask for a kind of fact in this text.
pub(super) fn asking_stems(stems: &[String]) -> Vec<String> {
    let simple = [PRICE, AVAILABILITY, BRAND, OPINION, RATING];
    let attributes = ATTRIBUTES.iter().map(|row| row.phrases);
    simple.into_iter().chain(attributes).flat_map(|phrases| stems_of(phrases, stems)).collect()
}

/// The stems of those phrases that stand in the text.
pub(super) fn stems_of(phrases: &[&str], stems: &[String]) -> Vec<String> {
    let said = phrases.iter().filter(|phrase| has(stems, phrase));
    said.flat_map(|phrase| analyse::words(phrase)).map(|word| word.stem).collect()
}

/// Whether the words of a phrase stand in the text in this order, with at most three words between them.
pub(super) fn has(stems: &[String], phrase: &str) -> bool {
    let wanted: Vec<String> = analyse::words(phrase).into_iter().map(|word| word.stem).collect();
    let Some((first, rest)) = wanted.split_first() else { return false };
    stems.iter().enumerate().filter(|(_, stem)| *stem == first).any(|(start, _)| {
        let mut at = start;
        rest.iter().all(|wanted| {
            let next = stems.iter().enumerate().skip(at + 1).take(4).find(|(_, stem)| *stem == wanted);
            next.is_some_and(|(place, _)| {
                at = place;
                true
            })
        })
    })
}

/// Words that open a question that can be answered with yes or no.
const YES_NO: &[&str] = &[
    "is", "are", "was", "were", "do", "does", "did", "can", "could", "will", "would", "has", "have",
    "should", "may", "am", "isnt", "arent", "doesnt", "dont", "cant", "wont",
];

/// The form of a question, by the first word that can open one.
pub(super) fn form(text: &str) -> Form {
    let words: Vec<String> = analyse::words(text).into_iter().map(|word| word.text).collect();
    let how_much = [
        "much", "many", "long", "heavy", "big", "tall", "wide", "deep", "high", "large", "thick", "far",
        "fast",
    ];
    for pair in words.windows(2) {
        if pair[0] == "how" && how_much.contains(&pair[1].as_str()) {
            return Form::HowMuch;
        }
    }
    let open = ["what", "which", "who", "where", "when", "why", "how", "whose"];
    let opener = words.iter().find(|word| YES_NO.contains(&word.as_str()) || open.contains(&word.as_str()));
    match opener {
        Some(word) if YES_NO.contains(&word.as_str()) => Form::YesNo,
        _ => Form::Open,
    }
}
