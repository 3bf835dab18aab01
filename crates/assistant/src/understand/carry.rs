//! A text as it is meant after what was said before: `it`, `and the other one?`, `under 50`, `forget the colour`, `not that one`.

mod dismissed;
mod dropped;
mod going_on;
mod meant;
mod setting;
mod words_table;

use search::analyse::{self, Word};

use super::understand;
use crate::request::Intent;
use crate::thread::{Need, Step, Thread};
use crate::{Ask, AskError, Request, Snapshot};

use meant::points;
use words_table::{ASKING, BOUNDS, DENYING, LEADING, OF_LIST, TRAILING};

/// A text in its conversation.
pub(crate) struct Heard {
    /// As it would be asked by somebody who says all of it.
    pub(crate) ask: Ask,
    /// As it was read.
    pub(crate) request: Request,
    /// The conversation with it.
    pub(crate) thread: Thread,
    /// Whether several products were shown and it is taken to be about the one that was talked about.
    pub(crate) is_one_of_several: bool,
}

/// Reads a text in its conversation.
pub(crate) fn hear(snapshot: &Snapshot, ask: &Ask) -> Result<Heard, AskError> {
    let mut thread = ask.thread.clone();
    if let Some(page) = &ask.product {
        thread.topic = Some(page.clone());
    }
    thread.set_aside(&ask.drop);
    let ask = &with_list(ask);
    let request = understand(snapshot, ask)?;
    let said = Said::of(&request.text);
    // `The price does not matter` says what counts, where goods were compared.
    let is_weighing = meant::decision(ask, &said, &request).is_some() && ask.drop.is_empty();
    if let Some(need) = dropped::need(snapshot, ask, &said).filter(|_| !is_weighing) {
        return Ok(search_for(snapshot, ask, request, thread, need));
    }
    if let Some(ids) = dismissed::ids(ask, &said, &request) {
        thread.dismiss(&ids);
        let need = match thread.need() {
            Some(need) => Some(need.clone()),
            None => dismissed::kind(snapshot, &ids)?.map(|kind| Need::of(&kind)),
        };
        if let Some(need) = need {
            let mut heard = search_for(snapshot, ask, request, thread, need);
            heard.request.place.is_dismissal = true;
            return Ok(heard);
        }
    }
    let again = match setting::again(snapshot, ask, &said)? {
        Some(again) => Some(again),
        None => meant::question(snapshot, ask, &said, &request)?,
    };
    if let Some(again) = again {
        let request = understand(snapshot, &again)?;
        let is_one_of_several = ask.shown.len() > 1 && again.product == ask.thread.topic;
        return Ok(Heard { ask: again, request, thread, is_one_of_several });
    }
    match going_on::need(snapshot, ask, &said, &request)? {
        // What suits a place and a time is read as a whole.
        Some(need) if request.intent != Intent::Suit => Ok(search_for(snapshot, ask, request, thread, need)),
        None if said.is_bound() && !said.bare().is_empty() && !ASKING.contains(&said.rest()[0]) => {
            let bare = Ask { text: said.bare().to_owned(), ..ask.clone() };
            let request = understand(snapshot, &bare)?;
            Ok(Heard { ask: bare, request, thread, is_one_of_several: false })
        }
        _ => Ok(Heard { ask: ask.clone(), request, thread, is_one_of_several: false }),
    }
}

/// What words can stand for in a list, where the last reply showed one product only, is in the list before it.
fn with_list(ask: &Ask) -> Ask {
    let words = analyse::words(&ask.text);
    let is_asked = words.iter().any(|word| OF_LIST.contains(&word.text.as_str()));
    let is_needed = is_asked && ask.shown.len() < 2 && ask.products.is_empty() && !ask.thread.list.is_empty();
    Ask { shown: if is_needed { ask.thread.list.clone() } else { ask.shown.clone() }, ..ask.clone() }
}

/// A search for a need of several messages.
fn search_for(snapshot: &Snapshot, ask: &Ask, request: Request, mut thread: Thread, need: Need) -> Heard {
    let read = need.read(&snapshot.vocabulary);
    let order = need.order().unwrap_or_default().to_owned();
    let same = thread.needs.iter().position(|known| known.steps.first() == need.steps.first());
    thread.look_for(need, same);
    let wishes = read.constraints.iter().chain(&read.preferences).map(|read| read.words.as_str());
    let text = std::iter::once(read.text.as_str()).chain(wishes).filter(|words| !words.is_empty());
    let mut words: Vec<&str> = Vec::new();
    text.for_each(|part| {
        if !words.contains(&part) {
            words.push(part)
        }
    });
    let mut request = Request {
        text: format!("{} {order}", words.join(" ")).trim().to_owned(),
        intent: Intent::Find,
        products: Vec::new(),
        need: read,
        reviews: None,
        restated: None,
        is_below_page: false,
        ..request
    };
    request.place.is_carried = true;
    // The vector is of the last words only.
    let ask = Ask { vector: None, product: None, thread: thread.clone(), ..ask.clone() };
    Heard { ask, request, thread, is_one_of_several: false }
}

/// A text without the words that only bind it to what was said before.
struct Said<'a> {
    text: &'a str,
    words: Vec<Word>,
    /// Places of the words that are left.
    first: usize,
    last: usize,
}

impl<'a> Said<'a> {
    fn of(text: &'a str) -> Self {
        let words = analyse::words(text);
        let spells = |start: usize, phrase: &str| {
            let parts: Vec<&str> = phrase.split(' ').collect();
            let fits = parts
                .iter()
                .enumerate()
                .all(|(at, part)| words.get(start + at).is_some_and(|w| w.text == *part));
            fits.then_some(parts.len())
        };
        let (mut first, mut last) = (0, words.len());
        while let Some(length) = LEADING.iter().find_map(|phrase| spells(first, phrase)) {
            if !is_bound_by(text, &words, first, length) {
                break;
            }
            first += length;
        }
        while last > first && TRAILING.contains(&words[last - 1].text.as_str()) {
            last -= 1;
        }
        Self { text, words, first: first.min(last), last }
    }

    /// Whether it was bound to what was said before.
    fn is_bound(&self) -> bool {
        self.first > 0
    }

    /// The words that are left.
    fn bare(&self) -> &'a str {
        match (self.words.get(self.first), self.words[..self.last].last()) {
            (Some(first), Some(last)) if self.first < self.last => {
                self.text.get(first.start..last.end).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// The folded words that are left.
    fn rest(&self) -> Vec<&str> {
        self.words[self.first..self.last].iter().map(|word| word.text.as_str()).collect()
    }

    /// All folded words.
    fn all(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.text.as_str()).collect()
    }
}

/// Whether the words at a place only bind: `no` does before a pause, and denies what follows it otherwise.
fn is_bound_by(text: &str, words: &[Word], place: usize, length: usize) -> bool {
    let (Some(word), Some(next)) = (words.get(place + length - 1), words.get(place + length)) else {
        return true;
    };
    let pauses =
        text.get(word.end..next.start).is_some_and(|gap| gap.contains([',', '.', ';', '!', '–', ':']));
    !DENYING.contains(&word.text.as_str()) || pauses || BOUNDS.contains(&next.text.as_str())
}

/// The words behind the first phrase of a list that a text begins with.
fn behind<'a, 'b>(words: &'b [&'a str], phrases: &[&str]) -> Option<&'b [&'a str]> {
    phrases.iter().find_map(|phrase| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        words.starts_with(&parts).then(|| &words[parts.len()..])
    })
}

impl Need {
    /// The same need with these words.
    fn and(&self, words: &str) -> Self {
        self.with(Step::Said(words.to_owned()))
    }
}
