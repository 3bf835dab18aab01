//! Where something is to be used: a place counts where the words around it say that somebody is there, and not that goods
//! come from there or are sent there.

use search::analyse::Word;

use crate::Snapshot;
use crate::climate;
use crate::request::Spotted;

/// Words before a place where somebody is or goes.
const BEFORE: &[&str] = &[
    "in", "to", "for", "around", "near", "across", "through", "at", "visit", "visiting", "into", "within",
    "nach", "en", "pour", "fur", "para", "and", "or",
];
/// Words that make a place one where goods or the shop are.
const OF_GOODS: &[&str] = &[
    "made",
    "make",
    "makes",
    "produced",
    "manufactured",
    "grown",
    "assembled",
    "designed",
    "origin",
    "ship",
    "ships",
    "shipping",
    "shipped",
    "deliver",
    "delivers",
    "delivered",
    "delivery",
    "send",
    "sends",
    "sent",
    "store",
    "stores",
    "shop",
    "shops",
    "located",
    "based",
    "warehouse",
    "pay",
    "sell",
    "sold",
    "from",
    "customs",
    "vat",
    "tax",
    "plug",
    "socket",
    "voltage",
    "adapter",
    "order",
];
/// Words that say that somebody goes there.
const TRAVEL: &[&str] = &[
    "trip",
    "travel",
    "travelling",
    "traveling",
    "visit",
    "visiting",
    "holiday",
    "holidays",
    "vacation",
    "going",
    "go",
    "moving",
    "weather",
    "climate",
    "wear",
    "pack",
    "week",
    "weeks",
    "weekend",
    "flying",
    "live",
    "hike",
    "hiking",
    "trek",
    "trekking",
    "winter",
    "summer",
];

/// A place with the places of its words.
pub(super) struct Place {
    pub(super) spotted: Spotted,
    pub(super) places: Vec<usize>,
}

/// The place that the words name.
pub(super) fn read(snapshot: Option<&Snapshot>, text: &str, words: &[Word], has_time: bool) -> Option<Place> {
    let is_of_goods = words.iter().any(|word| OF_GOODS.contains(&word.text.as_str()));
    if is_of_goods {
        return None;
    }
    let is_travel = words.iter().any(|word| TRAVEL.contains(&word.text.as_str()));
    let is_plain = has_time || is_travel;
    (0..words.len()).find_map(|start| {
        let led = start == 0 || leads(words, start);
        let may_be_misspelt =
            led && is_plain && snapshot.is_some_and(|snapshot| is_strange(snapshot, &words[start]));
        let found = climate::find(&words[start..], text, may_be_misspelt)?;
        let is_capital =
            text.get(words[start].start..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
        let is_meant = if found.spot.is_also { is_plain && is_capital && led } else { led || is_plain };
        let places = (start..start + found.length).collect();
        is_meant.then_some(Place { spotted: Spotted { spot: found.spot, is_exact: found.is_exact }, places })
    })
}

/// Whether a word before leads to a place, over an article.
fn leads(words: &[Word], start: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).map_or("", |place| words[place].text.as_str());
    BEFORE.contains(&before(1)) || before(1) == "the" && BEFORE.contains(&before(2))
}

/// Whether neither the goods nor the shop's pages have a word, so that it may be a misspelt name.
fn is_strange(snapshot: &Snapshot, word: &Word) -> bool {
    !word.stem.is_empty() && !snapshot.vocabulary.knows(&word.stem) && snapshot.documents.lacks(&word.stem)
}
