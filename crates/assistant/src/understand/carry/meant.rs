//! A question that leaves out what was said before: `is it warm?`, `and the Heron?`, `and to Germany?`.

use search::analyse;

use super::words_table::{ASKING, COUNTING};
use super::{Said, behind};
use crate::claim::Clarify;
use crate::lexicon::stem_list;
use crate::understand::relation;
use crate::{Ask, AskError, Intent, Request, Snapshot};

/// Asks for a decision.
const HELP: &str = "help me decide";
/// The one of two that was not talked about.
const OTHER_ONE: &[&str] = &["the other one", "the other", "other one", "that other one"];
/// Words for one product, wherever they stand.
const IT: &[&str] = &["it", "its"];
/// The same before a noun or at the end.
const THAT: &[&str] = &["that", "this"];
/// What takes the place of what stood behind the same word in the question before.
const PREPOSITIONS: &[&str] =
    &["in", "to", "on", "for", "with", "from", "by", "at", "as", "after", "without", "under"];

/// The question in full; `None` where nothing is left out.
pub(super) fn question(
    snapshot: &Snapshot,
    ask: &Ask,
    said: &Said<'_>,
    request: &Request,
) -> Result<Option<Ask>, AskError> {
    if request.place.is_set || ask.product.is_some() {
        return Ok(None);
    }
    if let Some(again) = between(ask, said, request) {
        return Ok(Some(again));
    }
    let asked = ask.thread.question.as_deref();
    if let Some(asked) = asked.filter(|_| OTHER_ONE.contains(&said.rest().join(" ").as_str()))
        && let [first, second] = ask.shown.as_slice()
    {
        let other = if ask.thread.topic.as_ref() == Some(first) { second } else { first };
        let (text, product) = (asked.to_owned(), Some(other.clone()));
        // `The cheaper of the two` of the question before is not meant again.
        return Ok(Some(Ask { text, product, shown: Vec::new(), vector: None, ..ask.clone() }));
    }
    if let Some(again) = decision(ask, said, request) {
        return Ok(Some(again));
    }
    // `With the Tarn knife`, after a comparison that lacked another product.
    if let ([_], Some(asked), Some(Clarify::Another)) = (request.products.as_slice(), asked, ask.thread.open)
    {
        let (text, product) = (format!("{asked} {}", ask.text), ask.thread.topic.clone());
        return Ok(Some(Ask { text, product, vector: None, ..ask.clone() }));
    }
    match (request.products.as_slice(), asked) {
        ([product], Some(asked)) if is_only_name(said, &format!("{} {}", product.title, product.brand)) => {
            let (text, product) = (asked.to_owned(), Some(product.source_id.clone()));
            Ok(Some(Ask { text, product, vector: None, ..ask.clone() }))
        }
        ([], Some(asked)) if said.is_bound() => match with_other_end(asked, &said.rest()) {
            Some(text) => {
                let product = ask
                    .thread
                    .topic
                    .clone()
                    .filter(|_| points(snapshot, ask, &Said::of(&text)).unwrap_or(false));
                Ok(Some(Ask { text, product, vector: None, ..ask.clone() }))
            }
            None => topic(snapshot, ask, said, request),
        },
        ([], _) => topic(snapshot, ask, said, request),
        _ => Ok(None),
    }
}

/// The same question where `it` is the product that was talked about and another one is named: `does it fit the Halden`.
fn between(ask: &Ask, said: &Said<'_>, request: &Request) -> Option<Ask> {
    let [named] = request.products.as_slice() else { return None };
    let topic = ask.thread.topic.as_ref().filter(|topic| **topic != named.source_id)?;
    let is_pointed = said.all().iter().any(|word| IT.contains(word) || THAT.contains(word));
    let is_meant = is_pointed && relation::joins(&request.text) && !ask.thread.has_dismissed(topic);
    is_meant.then(|| Ask { product: Some(topic.clone()), ..ask.clone() })
}

/// The decision before once more, or one between what was compared, with what counts: `price matters most`, `and if it has to be
/// quiet?`.
pub(super) fn decision(ask: &Ask, said: &Said<'_>, request: &Request) -> Option<Ask> {
    let counts = said.all().iter().any(|word| COUNTING.contains(word));
    if !ask.thread.is_of_set || !request.products.is_empty() || !counts {
        return None;
    }
    let products = if ask.products.is_empty() { ask.thread.list.clone() } else { ask.products.clone() };
    Some(Ask { text: format!("{HELP}, {}", said.bare()), products, vector: None, ..ask.clone() })
}

/// The same question about the product that was talked about.
fn topic(
    snapshot: &Snapshot,
    ask: &Ask,
    said: &Said<'_>,
    request: &Request,
) -> Result<Option<Ask>, AskError> {
    let Some(topic) = ask.thread.topic.clone().filter(|topic| !ask.thread.has_dismissed(topic)) else {
        return Ok(None);
    };
    // `A cover for it` wishes for something else.
    let is_asked = said.rest().first().is_some_and(|first| ASKING.contains(first));
    if request.intent == Intent::Find && !is_asked {
        return Ok(None);
    }
    // In the midst of questions about a product, one that names nothing is about it too.
    let is_open = ask.thread.question.is_some()
        && matches!(request.intent, Intent::Answer | Intent::Reviews)
        && !request.focus.is_policy
        && request.need.head.is_empty();
    let is_meant = is_open || points(snapshot, ask, said)?;
    Ok(is_meant.then(|| Ask { product: Some(topic), ..ask.clone() }))
}

/// Whether a text speaks of one product that it does not name.
pub(super) fn points(snapshot: &Snapshot, ask: &Ask, said: &Said<'_>) -> Result<bool, AskError> {
    let words = said.all();
    if words.iter().any(|word| IT.contains(word)) {
        return Ok(true);
    }
    let Some(topic) = &ask.thread.topic else { return Ok(false) };
    let product = match snapshot.index.find(topic)? {
        Some(id) => snapshot.index.product(&id)?,
        None => None,
    };
    let Some(product) = product else { return Ok(false) };
    let kinds = product.categories.iter().flat_map(|path| path.names());
    let own: Vec<String> = kinds.chain([&product.title]).flat_map(|name| stem_list(name)).collect();
    let is_meant = |place: usize| {
        let next = said.words.get(place + 1);
        next.is_none_or(|next| next.text == "one" || own.contains(&next.stem))
    };
    Ok((0..words.len()).any(|place| THAT.contains(&words[place]) && is_meant(place)))
}

/// Whether a text is no more than the name of a product.
fn is_only_name(said: &Said<'_>, name: &str) -> bool {
    let name = stem_list(name);
    let rest = &said.words[said.first..said.last];
    let is_name = |word: &analyse::Word| {
        name.contains(&word.stem) || matches!(word.text.as_str(), "the" | "one" | "that" | "this" | "other")
    };
    !rest.is_empty() && rest.iter().all(is_name)
}

/// The question before with another end: `do you ship to Germany` of `do you ship to Canada` and `to Germany`.
fn with_other_end(asked: &str, rest: &[&str]) -> Option<String> {
    let (first, object) = rest.split_first()?;
    if !PREPOSITIONS.contains(first)
        || object.is_empty()
        || object.len() > 4
        || behind(object, ASKING).is_some()
    {
        return None;
    }
    let words = analyse::words(asked);
    let at = words.iter().rposition(|word| word.text == *first)?;
    let before = asked.get(..words[at].end)?;
    // As many words make room as come; what follows them stays.
    let after = words.get(at + 1 + object.len()).map(|word| word.start);
    let after = after.and_then(|start| asked.get(start..)).unwrap_or_default();
    Some(format!("{before} {} {after}", object.join(" ")).trim_end().to_owned())
}
