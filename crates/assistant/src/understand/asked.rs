//! Which facts of the snapshot a question is after, and its form.

use search::analyse;

use super::asked_table::{AVAILABILITY, OPINION, OTHER_COSTS, PRICE, QUESTION_WORDS, RATING, VARIANTS};
use crate::lexicon::{concepts, has_phrase, stem_list};
use crate::reason::left;
use crate::request::{Asked, Form};

/// The word that asks whether something can be had, where it ends a question.
const AVAILABLE: &str = "available";
/// Phrases between whose words nothing else stands: `can I buy a cover for it` asks for the cover.
const AVAILABLE_IT: &[&str] = &["can i buy it", "can i order it"];
/// Words that can follow it, as stems.
const LATER: &[&str] = &["now", "right", "still", "yet", "again", "today", "current", "here", "please"];
/// How many other words can stand between two words of a phrase.
const GAP: usize = 3;

/// The facts that the words ask for.
pub(super) fn read(stems: &[String]) -> Vec<Asked> {
    let has_any = |phrases: &[&str]| phrases.iter().any(|phrase| has(stems, phrase));
    let is_price = has_any(PRICE) && !has_any(OTHER_COSTS);
    let facts = [
        (is_price, Asked::Price),
        (
            has_any(AVAILABILITY)
                || AVAILABLE_IT.iter().any(|phrase| has_phrase(stems, &crate::lexicon::stems(phrase)))
                || left::is_asked_by(stems)
                || left::wanted(&stems.join(" ")).is_some()
                || ends_with_availability(stems),
            Asked::Availability,
        ),
        (has_any(OPINION), Asked::Opinion),
        (has_any(RATING), Asked::Rating),
        (has_any(VARIANTS), Asked::Variants),
    ];
    facts.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, fact)| fact).collect()
}

/// The stems of all words that ask for such a fact in this text.
pub(super) fn asking_stems(stems: &[String]) -> Vec<String> {
    let phrases = [PRICE, AVAILABILITY, OPINION, RATING, VARIANTS].into_iter().flatten();
    let mut asking: Vec<String> =
        phrases.filter(|phrase| has(stems, phrase)).flat_map(|phrase| stem_list(phrase)).collect();
    if left::is_asked_by(stems) {
        asking.extend(left::asking_stems());
    }
    if ends_with_availability(stems) {
        asking.extend(stem_list(AVAILABLE));
    }
    asking
}

/// Whether a question is `is the Cirrus available?`; `available in blue` asks for a choice, and `available for pickup` for a service.
fn ends_with_availability(stems: &[String]) -> bool {
    let wanted = stem_list(AVAILABLE);
    let mut said = stems.iter().rev().filter(|stem| !LATER.contains(&stem.as_str()));
    said.next().is_some_and(|last| wanted.contains(last))
}

/// Whether a word asks for something, so that it is no misspelling of a word of the catalog.
pub(super) fn knows(word: &str) -> bool {
    let facts = [PRICE, AVAILABILITY, OPINION, RATING, VARIANTS].into_iter().flatten();
    facts
        .flat_map(|phrase| phrase.split(' '))
        .chain(QUESTION_WORDS.iter().copied())
        .any(|known| known == word)
        || concepts::knows(&analyse::stem(word))
}

/// Whether the words of a phrase stand in the text in this order, near each other.
pub(super) fn has(stems: &[String], phrase: &str) -> bool {
    let wanted = stem_list(phrase);
    let Some((first, rest)) = wanted.split_first() else { return false };
    stems.iter().enumerate().filter(|(_, stem)| *stem == first).any(|(start, _)| {
        let mut at = start;
        rest.iter().all(|wanted| {
            let next = stems.iter().enumerate().skip(at + 1).take(GAP + 1).find(|(_, stem)| *stem == wanted);
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
/// Those of them that tell something behind the first word.
const DENYING: &[&str] = &["isnt", "arent", "doesnt", "dont", "cant", "wont"];
/// Words that open any other question.
const OPEN: &[&str] = &["what", "which", "who", "where", "when", "why", "how", "whose", "whats"];
/// Words after which a verb tells of the word before them: `socks that dont smell`.
const RELATIVE: &[&str] = &["that", "which", "who"];
/// Words that ask for an amount after `how`.
const AMOUNTS: &[&str] = &[
    "much", "many", "long", "heavy", "big", "tall", "wide", "deep", "high", "large", "thick", "far", "fast",
    "old", "loud", "bright", "hot", "cold", "soon", "late", "often",
];

/// What happens to an order in a story, and when.
const GOING: &[&str] = &["leaves", "ships", "goes", "arrives", "comes", "dispatched", "shipped", "sent"];
const DAYS: &[&str] = &["today", "tonight", "tomorrow"];

/// The form of a question, by the first word that can open one; a choice between two is open: `for men or for women`.
pub(super) fn form(text: &str) -> Form {
    let words: Vec<String> = analyse::words(text).into_iter().map(|word| word.text).collect();
    if words.windows(2).any(|pair| pair[0] == "how" && AMOUNTS.contains(&pair[1].as_str())) {
        return Form::HowMuch;
    }
    let is_opener = |word: &str| YES_NO.contains(&word) || OPEN.contains(&word);
    let is_relative = |place: usize| place > 0 && RELATIVE.contains(&words[place - 1].as_str());
    // `My wife can't eat gluten, pasta please` asks nothing.
    let is_told = |place: usize| place > 0 && DENYING.contains(&words[place].as_str());
    let opener =
        (0..words.len()).find(|place| is_opener(&words[*place]) && !is_relative(*place) && !is_told(*place));
    // `Ordered at 11, leaves today?` tells a story and asks whether it goes on so.
    let says = |table: &[&str]| words.iter().any(|word| table.contains(&word.as_str()));
    if opener.is_none() && text.trim_end().ends_with('?') && says(GOING) && says(DAYS) {
        return Form::YesNo;
    }
    match opener.map(|place| &words[place]) {
        Some(word) if YES_NO.contains(&word.as_str()) => Form::YesNo,
        _ => Form::Open,
    }
}
