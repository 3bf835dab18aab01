//! Several products as one subject: named in the text, chosen by id, or of those shown before (`the first two`, `the
//! cheaper of the two`), with what is wanted of them.

use commerce::Product;
use search::analyse::{self, Word};

use super::wish;
use crate::lexicon::stem_list;
use crate::reason::comparative_asked;
use crate::request::{Intent, Set};
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Snapshot};

mod parts;
mod reference;
mod words_table;

use reference::Reference;
pub(crate) use reference::{first_in, products_of};
use words_table::{
    ALL, ALL_IF_NO_PAGE, BEFORE_NEED, BINDING, COMPARE, COUNTS, DECIDE, DECIDE_AMONG, NEED_OPENINGS, ONE_OF,
    ORDINALS, PAGE, SHOWING, TAKING, TOPS,
};

/// Products that can stand side by side.
const MAX_SET: usize = 6;

/// What a text says of a set.
pub(super) struct Read {
    /// What is wanted of it; `None` where the text is no matter for a set.
    pub(super) intent: Option<Intent>,
    /// The products that the words stand for; empty where they stand for none but those that are named.
    pub(super) products: Vec<Product>,
    /// Places of words that stand for products and ask for nothing.
    pub(super) places: Vec<usize>,
    /// The set.
    pub(super) set: Set,
}

/// A text in which products may be named.
pub(super) struct Named<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    /// The products.
    pub(super) products: &'a [Product],
    /// Places of the words that name them.
    pub(super) places: Vec<usize>,
    /// The product whose page is open.
    pub(super) page: Option<&'a Product>,
}

impl Named<'_> {
    /// The words that are no names; those that are, are empty.
    fn free(&self) -> Vec<String> {
        let free = |place: usize| match self.places.contains(&place) {
            true => String::new(),
            false => self.words[place].text.clone(),
        };
        (0..self.words.len()).map(free).collect()
    }
}

/// Reads a text about a set.
pub(super) fn read(snapshot: &Snapshot, ask: &Ask, mut named: Named<'_>) -> Result<Read, AskError> {
    let mut free = named.free();
    let wants = |free: &[String], phrases: &[&str]| phrases.iter().any(|phrase| has_words(free, phrase));
    let (compares, decides) = (wants(&free, COMPARE), wants(&free, DECIDE));
    let mut products = named.products.to_vec();
    let known = products.len();
    // `Which is lighter, the Halden or the Merle`.
    let is_choice = comparative_asked(named.text).is_some() && free.iter().any(|word| word == "or");
    let is_either = free.iter().any(|word| word == "or");
    let models = match (compares || decides || is_either) && named.page.is_none() {
        true => parts::by_model(snapshot, &named)?,
        false => Vec::new(),
    };
    let is_by_model = models.len() > 1;
    let mut compares = compares;
    if is_by_model {
        named.places = models.iter().flat_map(|(places, _)| places.clone()).collect();
        products = models.into_iter().map(|(_, product)| product).collect();
        free = named.free();
        // `The X100 or the X200`, and no more said.
        compares |= !decides
            && free.iter().all(|word| word.is_empty() || analyse::is_stop_word(word) || word == "or");
    }
    if (compares || decides || is_choice) && products.len() < 2 {
        products = parts::find(snapshot, &mut named, &free)?;
        free = named.free();
    }
    let pool: &[String] = if ask.products.is_empty() { &ask.shown } else { &ask.products };
    let reference = Reference::of(&free, named.words, pool.len(), named.page.is_none());
    let reference = reference.filter(|_| ask.products.len() > 1 || !counts_others(snapshot, pool, &free));
    let voice = Voice::of(&ask.locale);
    let mut notes = Vec::new();
    let (rest, spent) = rest(&named, &free, reference.as_ref());
    // `The cheaper one` and nothing else asks which it is; `the second` asks to see it.
    let is_bare = rest.split(' ').all(|word| word.is_empty() || SHOWING.contains(&word));
    if let Some(reference) = &reference {
        let pointed = if is_bare && !decides { reference.candidates() } else { reference };
        products.extend(reference::resolve(snapshot, ask, pointed, pool, &mut notes)?);
    }
    // `I can’t choose`, `which one should I take for hiking`: between those at hand.
    let is_at_hand = decides && (rest.is_empty() || wants(&free, ONE_OF) || !names_goods(&named, &free));
    let is_open = reference == Some(Reference::Some);
    if products.is_empty() && !is_open && (ask.products.len() > 1 || is_at_hand) {
        products = reference::load(snapshot, voice, pool, &mut notes)?;
    }
    let points_at_page = PAGE.iter().any(|word| has_words(&free, word));
    if (compares || decides) && products.len() == 1 && points_at_page {
        products.splice(0..0, named.page.filter(|page| page.id != products[0].id).cloned());
    }
    tidy(voice, &mut products, &mut notes);
    let top = count_of_top(&free).map(|(_, count)| count);
    let is_set = products.len() > 1;
    let is_one_thing = is_set && comparative_asked(named.text).is_some();
    let is_meant =
        is_set || top.is_some() || reference.is_some() || free.first().is_some_and(|w| w == "compare");
    let intent = match (compares, decides) {
        (_, true) => Some(Intent::Decide),
        (true, _) if !is_one_thing && is_meant => Some(Intent::Compare),
        _ if is_set && !is_one_thing && wants(&free, DECIDE_AMONG) => Some(Intent::Decide),
        _ if is_bare && reference.is_some() && !is_one_thing && !products.is_empty() => Some(Intent::Find),
        _ => None,
    };
    let is_by_parts = is_choice && products.len() > known && intent.is_none();
    let is_by_words =
        is_by_model || reference.is_some() || !ask.products.is_empty() || intent.is_some() || is_by_parts;
    let spent = if is_by_parts || is_by_model { named.places.clone() } else { spent };
    Ok(Read {
        intent,
        products: if is_by_words { products } else { Vec::new() },
        places: if is_by_words { spent } else { Vec::new() },
        set: Set { rest: if is_open { String::new() } else { rest }, top, notes },
    })
}

/// Each product once, and no more than can stand side by side; what is left out is said.
fn tidy(voice: Voice, products: &mut Vec<Product>, notes: &mut Vec<String>) {
    let mut kept: Vec<Product> = Vec::new();
    let mut left_out = Vec::new();
    for product in products.drain(..) {
        if kept.iter().any(|known| known.id == product.id) {
            notes.push(voice.say(Line::NamedTwice, &[&product.title]));
        } else if kept.len() == MAX_SET {
            left_out.push(product.title);
        } else {
            kept.push(product);
        }
    }
    if !left_out.is_empty() {
        notes.push(voice.say(Line::TooMany, &[&MAX_SET.to_string(), &voice.list(&left_out)]));
    }
    notes.dedup();
    *products = kept;
}

/// Whether goods are named right behind what asks for a decision: `help me choose a tent`, not `… for cold nights`.
fn names_goods(named: &Named<'_>, free: &[String]) -> bool {
    let asking = places_of(free, DECIDE.iter());
    let Some(last) = asking.iter().max() else { return false };
    let rest = free.iter().enumerate().skip(last + 1);
    let Some((place, word)) = rest.clone().find(|(_, word)| !TAKING.contains(&word.as_str())) else {
        return false;
    };
    let gap = named.text.get(named.words[*last].end..named.words[place].start).unwrap_or_default();
    !gap.contains([',', '.', '?', '!', ';', ':', '–']) && !BEFORE_NEED.contains(&word.as_str())
}

/// How many of a search are wanted, with the place of the number: `the top three tents`.
fn count_of_top(words: &[String]) -> Option<(usize, usize)> {
    words.windows(2).enumerate().find_map(|(place, pair)| {
        let count = COUNTS.iter().find(|(name, _)| *name == pair[1]).map(|(_, count)| *count)?;
        TOPS.contains(&pair[0].as_str()).then_some((place + 1, count.min(MAX_SET)))
    })
}

/// Whether the best of goods are counted that are of another kind than those at hand: `the top three kettles` behind a list of tents.
fn counts_others(snapshot: &Snapshot, pool: &[String], free: &[String]) -> bool {
    let Some((place, _)) = count_of_top(free).filter(|(place, _)| free[place - 1] != "first") else {
        return false;
    };
    let behind = &free[place + 1..];
    let end = behind.iter().position(|word| word.is_empty() || NEED_OPENINGS.contains(&word.as_str()));
    let kind = wish::need(&snapshot.vocabulary, &behind[..end.unwrap_or(behind.len())].join(" ")).head;
    let Ok(at_hand) = reference::load(snapshot, Voice::default(), pool, &mut Vec::new()) else {
        return false;
    };
    let stem = analyse::stem(&kind);
    let is_of_kind = |product: &Product| {
        let names = product.categories.iter().flat_map(|path| path.names());
        names.chain([&product.title]).any(|name| stem_list(name).contains(&stem))
    };
    !kind.is_empty() && !at_hand.iter().any(is_of_kind)
}

/// The place of the number in `the top three tents`, which is none of the name of a `Three tent`.
pub(super) fn place_of_top(words: &[Word]) -> Option<usize> {
    let words: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
    count_of_top(&words).map(|(place, _)| place)
}

/// The text without names and without what only asks for the set, and the places of the words that stand for products.
fn rest(named: &Named<'_>, free: &[String], reference: Option<&Reference>) -> (String, Vec<usize>) {
    let mut spent = places_of(free, ALL.iter().chain(ALL_IF_NO_PAGE));
    for place in 0..free.len() {
        let word = free[place].as_str();
        let counts =
            |place: usize| free.get(place).is_some_and(|word| COUNTS.iter().any(|(name, _)| name == word));
        let is_of_count = TOPS.contains(&word) && counts(place + 1);
        let is_count = counts(place) && place > 0 && TOPS.contains(&free[place - 1].as_str());
        let is_chosen = matches!(reference, Some(Reference::Most(..)))
            && place > 0
            && free[place - 1] == "the"
            && comparative_asked(word).is_some();
        let is_ordinal = reference.is_some() && (ORDINALS.contains(&word) || word == "one");
        if is_of_count || is_count || is_ordinal || is_chosen {
            spent.push(place);
        }
    }
    let asking = places_of(free, COMPARE.iter().chain(DECIDE));
    let is_kept =
        |place: &usize| !named.places.contains(place) && !spent.contains(place) && !asking.contains(place);
    let kept: Vec<&str> =
        (0..free.len()).filter(is_kept).map(|place| named.words[place].text.as_str()).collect();
    let first = kept.iter().position(|word| !BINDING.contains(word)).unwrap_or(kept.len());
    (kept[first..].join(" "), if reference.is_some() { spent } else { Vec::new() })
}

/// The places of all words of these phrases.
fn places_of<'a>(free: &[String], phrases: impl Iterator<Item = &'a &'a str>) -> Vec<usize> {
    let mut places = Vec::new();
    for phrase in phrases {
        let parts: Vec<&str> = phrase.split(' ').collect();
        for (start, window) in free.windows(parts.len()).enumerate() {
            if window.iter().zip(&parts).all(|(a, b)| a == b) {
                places.extend(start..start + parts.len());
            }
        }
    }
    places
}

/// Whether the words of a phrase stand side by side, letter by letter.
fn has_words(free: &[String], phrase: &str) -> bool {
    !places_of(free, std::iter::once(&phrase)).is_empty()
}
