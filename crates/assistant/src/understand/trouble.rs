//! Needs that are told as troubles: `my wifi does not reach the bedroom`, `my back hurts after sitting all day`.

use search::{Constraint, Field, analyse};

use super::intent::seeks;
use crate::lexicon::troubles;
use crate::request::{Intent, Request};

/// Words of whoever tells it, or of what is theirs.
const OWN: &[&str] =
    &["i", "my", "we", "our", "me", "us", "the", "his", "her", "their", "im", "ive", "myself"];
/// Words by which something is not as it should be.
const AMISS: &[&str] = &[
    "not",
    "never",
    "no",
    "cannot",
    "cant",
    "dont",
    "doesnt",
    "wont",
    "isnt",
    "arent",
    "didnt",
    "hardly",
    "barely",
    "keep",
    "keeps",
    "kept",
    "always",
    "constantly",
    "too",
];
/// Words that stand for a product of the conversation, of which the text then speaks.
const POINTING: &[&str] = &["it", "its", "this", "that", "these", "those", "they", "them"];
/// So many words at the beginning of a text are its subject.
const SUBJECT: usize = 2;
/// Words of matters of the shop.
const OF_SHOP: &[&str] = &[
    "order",
    "orders",
    "ordered",
    "parcel",
    "package",
    "delivery",
    "delivered",
    "return",
    "returned",
    "refund",
    "account",
    "payment",
    "paid",
    "invoice",
    "receipt",
    "coupon",
    "voucher",
    "warranty",
    "bought",
];
/// First words of a question, an order or an answer.
const ASKING: &[&str] = &[
    "what", "which", "who", "where", "why", "how", "is", "are", "do", "does", "did", "can", "could", "will",
    "would", "should", "may", "tell", "show", "find", "compare", "add", "no", "yes", "not", "and", "but",
    "or",
];
/// The fewest words that tell one.
const MIN_WORDS: usize = 4;

/// Whether a text tells of a trouble, names no product and asks for nothing.
pub(crate) fn tells_trouble(request: &Request) -> bool {
    let words: Vec<String> = analyse::words(&request.text).into_iter().map(|word| word.text).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let is_statement = !request.text.contains('?')
        && words.first().is_some_and(|first| !ASKING.contains(&first.as_str()))
        && !seeks(&request.text);
    let is_told = words.iter().any(|word| !troubles::help(&analyse::stem(word)).is_empty());
    // `Before the evening` asks for no opening hours.
    let is_of_shop = request.focus.is_policy && !is_told || !request.focus.asked.is_empty() || has(OF_SHOP);
    let is_kind = |own: &Constraint| own.field == Field::Category && !own.is_negated;
    // `My tent leaks` asks for a tent, or for a rule, sooner than for what speaks of rain.
    let names_kind = request.need.preferences.iter().chain(&request.need.constraints).any(is_kind);
    let is_free =
        request.products.is_empty() && request.basket.is_none() && !request.place.is_carried && !names_kind;
    is_statement
        && is_free
        && !is_of_shop
        && matches!(request.intent, Intent::Find | Intent::Answer)
        && words.len() >= MIN_WORDS
        && has(OWN)
        && !words.iter().take(SUBJECT).any(|word| POINTING.contains(&word.as_str()))
        && (has(AMISS) || is_told)
}
