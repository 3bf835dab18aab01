//! Whether a text asks about something or looks for something.

use search::{Constraint, Field, Understood, analyse};

use super::asked;
use super::pointing::points;
use crate::Snapshot;
use crate::reason::{comparative_asked, left};
use crate::request::{Focus, Form, Intent};

/// Openings of a search for products.
const SEEKING: &[&str] = &[
    "show me",
    "looking for",
    "i need",
    "i want",
    "we need",
    "recommend",
    "suggest",
    "find me",
    "help me find",
    "do you have",
    "do you sell",
    "do you carry",
    "do you stock",
    "have you got",
    "what do you have",
    "gift for",
    "present for",
    "best",
    "cheapest",
    "which",
    "any good",
    "are there any",
    "is there a",
    "is there any",
    "is there anything",
    "is there something",
    "search for",
    "browse",
    "something",
    "options for",
    "in the market for",
    "where can i find",
    "what kind of",
    "what kinds of",
    "similar",
    "alternatives",
];

/// Openings that wish for goods even where the rest could be about a rule of the shop: `a gift for …` is no gift card.
const WISHING: &[&str] = &[
    "looking for",
    "show me",
    "find me",
    "help me find",
    "recommend",
    "suggest",
    "gift for",
    "present for",
    "in the market for",
    "something",
];

/// Decides by what the text names, how it opens, and what the shop's documents are about.
pub(super) fn decide(
    snapshot: &Snapshot,
    text: &str,
    need: &Understood,
    focus: &Focus,
    names_products: bool,
    has_page: bool,
) -> Intent {
    let words = analyse::words(text);
    let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    let seeks = is_sought(&stems) || asks_which(&words, need) || asks_for_any(&words, need);
    if names_products {
        return Intent::Answer;
    }
    if has_page {
        let wants_others = ["other", "similar", "alternative", "alternatives", "else", "instead"];
        let is_elsewhere = seeks && words.iter().any(|word| wants_others.contains(&word.text.as_str()));
        return if is_elsewhere { Intent::Find } else { Intent::Answer };
    }
    if wishes(text, need)
        || asks_for_most(text, &words, need)
        || asks_for_sales(&words, need)
        || asks_for_stock(text, &words, need, focus)
    {
        return Intent::Find;
    }
    if focus.is_policy && snapshot.documents.count > 0 && !describes_goods(need, focus, &words) {
        return Intent::Answer;
    }
    let asks_how = words
        .first()
        .is_some_and(|word| matches!(word.text.as_str(), "how" | "why" | "when" | "where" | "who"));
    match (seeks, focus.form, asks_how) {
        (true, ..) => Intent::Find,
        (false, _, true) => Intent::Answer,
        (false, Form::YesNo | Form::HowMuch, _) => Intent::Answer,
        (false, Form::Open, _) if opens_question(&words) => Intent::Answer,
        _ => Intent::Find,
    }
}

/// Whether a text opens as a search for products.
pub(super) fn seeks(text: &str) -> bool {
    is_sought(&analyse::words(text).into_iter().map(|word| word.stem).collect::<Vec<_>>())
}

fn is_sought(stems: &[String]) -> bool {
    SEEKING.iter().any(|phrase| asked::has(stems, phrase))
}

/// Whether a text is the name of goods and nothing else, so that they are to be shown: `rain jacket`.
pub(super) fn only_names(text: &str, focus: &Focus) -> bool {
    let asks = opens_question(&analyse::words(text)) || focus.form != Form::Open || text.contains('?');
    let says_more = !focus.terms.is_empty()
        || !focus.asked.is_empty()
        || !focus.values.is_empty()
        || !focus.measures.is_empty()
        || focus.choice.is_some();
    !asks && !says_more
}

/// Whether a text wishes for goods, whatever else it could be about.
pub(crate) fn wishes(text: &str, need: &Understood) -> bool {
    let stems: Vec<String> = analyse::words(text).into_iter().map(|word| word.stem).collect();
    names_goods(need) && WISHING.iter().any(|phrase| asked::has(&stems, phrase))
}

/// Whether a text says a kind of goods and what they have to be, and nothing else: `a 2-person tent` is nobody to talk to.
fn describes_goods(need: &Understood, focus: &Focus, words: &[analyse::Word]) -> bool {
    let is_of_goods =
        |own: &Constraint| !own.is_negated && !matches!(own.field, Field::Price | Field::Saving);
    let kinds: Vec<String> = need
        .preferences
        .iter()
        .filter(|own| own.field == Field::Category)
        .flat_map(|own| analyse::words(&own.words))
        .map(|word| word.stem)
        .collect();
    let is_kind = |word: &analyse::Word| kinds.contains(&word.stem);
    let is_whole = need.constraints.iter().any(is_of_goods) && analyse::words(&need.text).iter().all(is_kind);
    focus.form == Form::Open
        && !opens_question(words)
        && !kinds.is_empty()
        && (is_whole || opens_with(words, &kinds))
}

/// Words behind a kind of goods that say more of it.
const MORE: &[&str] = &["with", "for", "without", "that", "which"];
/// How many words can describe goods before their kind.
const DESCRIBING: usize = 4;

/// Whether a text opens with a kind of goods and goes on to say what they have or are for: `a simple phone with a big screen`.
fn opens_with(words: &[analyse::Word], kinds: &[String]) -> bool {
    let Some(first) = words.iter().position(|word| kinds.contains(&word.stem)) else { return false };
    let length = words[first..].iter().take_while(|word| kinds.contains(&word.stem)).count();
    let describes = |word: &analyse::Word| {
        matches!(word.text.as_str(), "a" | "an" | "the" | "some" | "any" | "in")
            || !analyse::is_stop_word(&word.text)
    };
    first <= DESCRIBING
        && words[..first].iter().all(describes)
        && words.get(first + length).is_some_and(|next| MORE.contains(&next.text.as_str()))
}

/// Whether a text asks which goods of a kind are or have something, as `what tents are waterproof` does: the kind stands
/// right behind the first word, with a small word or a verb of having behind it. `What shoe size` asks for no shoes.
fn asks_which(words: &[analyse::Word], need: &Understood) -> bool {
    let [first, rest @ ..] = words else { return false };
    let kinds = need.preferences.iter().filter(|own| own.field == Field::Category && !own.is_negated);
    let kinds: Vec<String> = kinds.flat_map(|own| analyse::words(&own.words)).map(|word| word.stem).collect();
    let length = rest.iter().take_while(|word| kinds.contains(&word.stem)).count();
    let goes_on = rest.get(length).is_some_and(|next| {
        analyse::is_stop_word(&next.text)
            || matches!(next.text.as_str(), "have" | "has" | "come" | "fit" | "cost")
    });
    matches!(first.text.as_str(), "what" | "which") && length > 0 && goes_on
}

/// Whether a text asks for whatever is so and says no more, as `what is waterproof and under 60` does.
fn asks_for_any(words: &[analyse::Word], need: &Understood) -> bool {
    let opens = matches!(words.first().map(|word| word.text.as_str()), Some("what" | "whats"));
    opens && need.text.is_empty() && !need.constraints.is_empty() && !asks_rule(words)
}

/// Whether a text asks which goods of a kind have most of something: `which tent is lightest`.
fn asks_for_most(text: &str, words: &[analyse::Word], need: &Understood) -> bool {
    let opens = words.first().is_some_and(|word| matches!(word.text.as_str(), "which" | "what" | "whats"));
    let is_kind = |own: &Constraint| own.field == Field::Category && !own.is_negated;
    let names_kind = !need.head.is_empty() || need.preferences.iter().chain(&need.constraints).any(is_kind);
    opens && names_kind && comparative_asked(text).is_some()
}

/// Whether a text asks for what is reduced in price, and not for a rule on it: `what is on sale`, `any deals on tents`.
fn asks_for_sales(words: &[analyse::Word], need: &Understood) -> bool {
    let is_saving = |own: &Constraint| own.field == Field::Saving;
    let is_of_goods = need.text.is_empty() || !need.head.is_empty();
    need.constraints.iter().any(is_saving) && is_of_goods && !asks_rule(words)
}

/// Whether a text asks which goods can be had, or how many of a kind: `what is sold out`, `how many tents are left`. A question of yes
/// or no may be one on a rule.
fn asks_for_stock(text: &str, words: &[analyse::Word], need: &Understood, focus: &Focus) -> bool {
    let is_of_stock = need.constraints.iter().any(|own| own.field == Field::Availability);
    let is_kind = !need.head.is_empty();
    let asks = match focus.form {
        Form::Open => is_of_stock && (need.text.is_empty() || is_kind) && !asks_rule(words),
        Form::HowMuch => is_kind && left::is_asked(text),
        Form::YesNo => false,
    };
    asks && !points(text)
}

/// Whether a text opens as a question on how something is done.
fn asks_rule(words: &[analyse::Word]) -> bool {
    let opening = words.first().map(|word| word.text.as_str());
    matches!(opening, Some("how" | "why" | "when" | "can" | "may"))
}

/// Whether a need has a price or names a category or a value of the catalog.
fn names_goods(need: &Understood) -> bool {
    !need.head.is_empty() || !need.constraints.is_empty() || !need.preferences.is_empty()
}

/// Whether a text opens as a question that wants to be told something.
pub(super) fn opens_question(words: &[analyse::Word]) -> bool {
    words.first().is_some_and(|word| matches!(word.text.as_str(), "what" | "whats" | "tell" | "explain"))
}
