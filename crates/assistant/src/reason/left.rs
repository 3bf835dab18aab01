//! How many pieces are left, where a question asks for that: the number that the feed gives, and that it gives none where it does not.

use commerce::Variant;

use search::analyse;

use crate::lexicon::{has_phrase, place_of, stem_list, stems};
use crate::voice::{Line, Voice};

/// Words that ask for a number, and those of which one stands behind them where it is that of the pieces at hand.
const OPENINGS: &[&str] = &["how many", "how much", "number of", "what quantity", "which quantity"];
const LEFT: &[&str] = &["left", "in stock", "remaining", "remain", "on hand"];
/// The same where nothing is named that could be counted: `how many of these do you have`.
const BARE: &[&str] = &["how many do", "how many have", "how many of"];
const HAVE: &[&str] = &["do you have", "have you got", "available"];
/// What is counted otherwise than in pieces: `how many colours are left`.
const OTHERWISE: &[&str] = &[
    "colour", "color", "size", "variant", "version", "kind", "type", "sort", "model", "style", "brand",
    "day", "hour", "battery", "charge", "time",
];

/// Whether a text asks how many pieces are left.
pub(crate) fn is_asked(text: &str) -> bool {
    is_asked_by(&stem_list(text))
}

/// The stems of the words that ask so.
pub(crate) fn asking_stems() -> impl Iterator<Item = String> {
    LEFT.iter().flat_map(|phrase| stem_list(phrase))
}

/// Whether the stems of a text ask how many pieces are left.
pub(crate) fn is_asked_by(said: &[String]) -> bool {
    let end = |phrase: &&str| {
        let phrase = stems(phrase);
        place_of(said, &phrase).map(|place| place + phrase.split(' ').count())
    };
    let follows = |from: usize, phrases: &[&str]| {
        let rest = said.get(from..).unwrap_or_default();
        phrases.iter().any(|phrase| has_phrase(rest, &stems(phrase)))
    };
    let counts_pieces = |from: usize| {
        let next = said.get(from).map_or("", String::as_str);
        !OTHERWISE.iter().any(|word| stems(word) == next)
    };
    let is_left = OPENINGS.iter().filter_map(end).any(|from| counts_pieces(from) && follows(from, LEFT));
    is_left || BARE.iter().filter_map(end).any(|from| follows(from - 1, HAVE))
}

/// How many pieces a text asks about: `more than 5 in stock`, `are there 10 left`.
pub(crate) fn wanted(text: &str) -> Option<u32> {
    let words = analyse::words(text);
    let number = |place: usize| words.get(place).and_then(|word| word.text.parse::<u32>().ok());
    let says = |place: usize, phrase: &str| {
        phrase
            .split(' ')
            .enumerate()
            .all(|(at, part)| words.get(place + at).is_some_and(|word| word.text == part))
    };
    (0..words.len()).find_map(|place| {
        let count = number(place)?;
        let is_more = place >= 2 && (says(place - 2, "more than") || says(place - 2, "over than"));
        let behind = (place + 1..place + 4).any(|at| LEFT.iter().any(|phrase| says(at, phrase)));
        behind.then_some(if is_more { count + 1 } else { count })
    })
}

/// How many pieces of these variants can be had, where the feed counts all of them.
pub(crate) fn counted(variants: &[&Variant]) -> Option<u64> {
    let buyable = variants.iter().filter(|variant| variant.offer.availability.is_buyable());
    buyable.map(|variant| variant.offer.stock.map(u64::from)).sum()
}

/// A state of stock with how many are left of these variants: `in stock, 7 left`, and what each has where there are several.
pub(crate) fn told(voice: Voice, state: &str, variants: &[&Variant]) -> String {
    let buyable: Vec<&&Variant> =
        variants.iter().filter(|variant| variant.offer.availability.is_buyable()).collect();
    let counts: Option<Vec<u32>> = buyable.iter().map(|variant| variant.offer.stock).collect();
    match counts.as_deref() {
        // What is sold out has none left.
        Some([]) => state.to_owned(),
        None => voice.say(Line::NotSaidHowMany, &[state]),
        Some([only]) => voice.say(Line::SoManyLeft, &[state, &only.to_string()]),
        Some(counts) => {
            let each = buyable.iter().zip(counts);
            let each: Vec<String> = each
                .map(|(variant, count)| voice.say(Line::Reason, &[&name(variant), &count.to_string()]))
                .collect();
            let all = counts.iter().map(|count| u64::from(*count)).sum::<u64>().to_string();
            let all = voice.say(Line::PartsOfSum, &[&all, &each.join("; ")]);
            voice.say(Line::SoManyLeft, &[state, &all])
        }
    }
}

/// What tells a variant from the others of its product.
pub(crate) fn name(variant: &Variant) -> String {
    if variant.title.is_empty() {
        variant.options.values().cloned().collect::<Vec<_>>().join(", ")
    } else {
        variant.title.clone()
    }
}
