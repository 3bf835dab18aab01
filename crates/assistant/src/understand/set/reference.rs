//! What words stand for in a list of products: `these`, `the first two`, `the second one`, `the cheaper of the two`.

use commerce::Product;
use search::EvidenceRow;
use search::analyse::Word;

use super::words_table::{ALL, ALL_IF_NO_PAGE, BINDING, BOTH, COUNTS, ORDINALS, TOPS};
use super::{MAX_SET, has_words};
use crate::reason::{Comparative, comparative_asked, compared, meant};
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Snapshot};

/// Ids that are looked at.
const MAX_IDS: usize = 24;

/// What words stand for in a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reference {
    All,
    First(usize),
    Last(usize),
    /// Places, from 0.
    Places(Vec<usize>),
    /// The one of them that has most or least of something.
    Most(Box<Reference>, &'static Comparative),
    /// Some of a longer list, which ones is not said: `these two` of five.
    Some,
}

impl Reference {
    /// What the free words of a text stand for in a list of this length. `is_open` is whether no page is open.
    pub(super) fn of(free: &[String], words: &[Word], length: usize, is_open: bool) -> Option<Self> {
        if length == 0 {
            return None;
        }
        let several = Self::several(free, length, is_open)
            .or_else(|| is_open.then(|| Self::bare(free, words)).flatten());
        // `The cheaper of the two`, `the lightest one`: one product, of which something else is asked.
        let is_the = |place: usize| place > 0 && free[place - 1] == "the";
        let chosen = (0..free.len()).filter(|place| is_the(*place)).find_map(|place| {
            let rest = words[place..(place + 3).min(words.len())].iter().map(|word| word.text.as_str());
            let phrase = rest.collect::<Vec<_>>().join(" ");
            let asked = comparative_asked(&words[place].text)
                .or_else(|| phrase.starts_with("more ").then(|| comparative_asked(&phrase)).flatten())?;
            let after = free.get(place + 1).map_or("", String::as_str);
            matches!(after, "of" | "one" | "").then_some(asked)
        });
        match (chosen, several) {
            (Some(asked), several) => Some(Self::Most(Box::new(several.unwrap_or(Self::All)), asked)),
            (None, several) => several,
        }
    }

    /// `Which is lighter?` with nothing else said is about all that is in the list.
    fn bare(free: &[String], words: &[Word]) -> Option<Self> {
        let (first, last) = (words.first()?, words.last()?);
        let opens = matches!(first.text.as_str(), "which" | "whats" | "what" | "and");
        let text = free.join(" ");
        let asked = comparative_asked(&text).filter(|_| opens && last.start > 0)?;
        let is_said =
            |word: &String| asked.phrases.iter().any(|phrase| phrase.split(' ').any(|part| part == word));
        free.iter()
            .all(|word| is_said(word) || BINDING.contains(&word.as_str()) || word == "has")
            .then_some(Self::All)
    }

    fn several(free: &[String], length: usize, is_open: bool) -> Option<Self> {
        let count = |word: &String| COUNTS.iter().find(|(name, _)| name == word).map(|(_, count)| *count);
        for (place, pair) in free.windows(2).enumerate() {
            let Some(count) = count(&pair[1]) else { continue };
            if TOPS.contains(&pair[0].as_str()) {
                return Some(Self::First(count));
            }
            if pair[0] == "last" {
                return Some(Self::Last(count));
            }
            let is_number = pair[0] == "number" && pair[1].bytes().all(|byte| byte.is_ascii_digit());
            if is_number && place + 2 <= free.len() {
                return Some(Self::Places(vec![count - 1]));
            }
        }
        let places = ordinals(free, length);
        if !places.is_empty() {
            return Some(Self::Places(places));
        }
        let bare = if is_open { ALL_IF_NO_PAGE } else { &[] };
        let phrase = ALL.iter().chain(bare).find(|phrase| has_words(free, phrase))?;
        let last = phrase.rsplit(' ').next().unwrap_or_default();
        let said = COUNTS.iter().find(|(name, _)| *name == last).map(|(_, count)| *count);
        let said = said.or((*phrase == BOTH).then_some(2));
        Some(if said.is_some_and(|said| said < length) { Self::Some } else { Self::All })
    }
}

/// `The second one`, `the first and the third`: places in a list.
fn ordinals(free: &[String], length: usize) -> Vec<usize> {
    let mut places = Vec::new();
    for (at, word) in free.iter().enumerate() {
        let place = match word.as_str() {
            "last" => Some(length.saturating_sub(1)),
            word => ORDINALS.iter().position(|name| *name == word),
        };
        let Some(place) = place else { continue };
        let before = at.checked_sub(1).map_or("", |before| free[before].as_str());
        let after = free.get(at + 1).map_or("", String::as_str);
        let is_place =
            matches!(after, "one" | "and" | "or" | "with" | "to" | "against" | "vs" | "versus" | "");
        if matches!(before, "the" | "and" | "with" | "or") && is_place {
            places.push(place);
        }
    }
    places
}

impl Reference {
    /// All of which it points at one by what they have.
    pub(super) fn candidates(&self) -> &Self {
        match self {
            Self::Most(of, _) => of,
            plain => plain,
        }
    }
}

/// The products that the words stand for.
pub(super) fn resolve(
    snapshot: &Snapshot,
    ask: &Ask,
    reference: &Reference,
    pool: &[String],
    notes: &mut Vec<String>,
) -> Result<Vec<Product>, AskError> {
    let chosen: Vec<String> = match reference {
        Reference::All => pool.to_vec(),
        Reference::Some => Vec::new(),
        Reference::First(count) => pool.iter().take(*count).cloned().collect(),
        Reference::Last(count) => pool[pool.len().saturating_sub(*count)..].to_vec(),
        Reference::Places(places) => places.iter().filter_map(|place| pool.get(*place)).cloned().collect(),
        Reference::Most(of, asked) => {
            let mut products = resolve(snapshot, ask, of, pool, notes)?;
            products.truncate(MAX_SET);
            return first_in(snapshot, ask, asked, products);
        }
    };
    load(snapshot, Voice::of(&ask.locale), &chosen, notes)
}

/// The one that has most or least of something, where all state it.
pub(crate) fn first_in(
    snapshot: &Snapshot,
    ask: &Ask,
    asked: &'static Comparative,
    products: Vec<Product>,
) -> Result<Vec<Product>, AskError> {
    let mut found: Option<(f64, usize)> = None;
    let rows: Vec<Vec<EvidenceRow>> =
        products.iter().map(|product| snapshot.index.evidence_of(&product.id)).collect::<Result<_, _>>()?;
    let asked = &meant(
        ask,
        asked,
        products.iter().zip(&rows).map(|(product, rows)| (product, rows.iter().collect())),
    );
    for (place, (product, rows)) in products.iter().zip(&rows).enumerate() {
        let amount = compared(ask, asked, product, &rows.iter().collect::<Vec<_>>()).map(|a| a.base);
        let Some(amount) = amount else { return Ok(products) };
        let amount = if asked.wants_most { -amount } else { amount };
        if found.is_none_or(|(best, _)| amount < best) {
            found = Some((amount, place));
        }
    }
    let first = found.and_then(|(_, place)| products.into_iter().nth(place));
    Ok(first.into_iter().collect())
}

/// The products of these source ids that the shop has.
pub(crate) fn products_of(snapshot: &Snapshot, ids: &[String]) -> Result<Vec<Product>, AskError> {
    load(snapshot, Voice::default(), ids, &mut Vec::new())
}

/// The products of these ids; one that is not there is noted.
pub(super) fn load(
    snapshot: &Snapshot,
    voice: Voice,
    ids: &[String],
    notes: &mut Vec<String>,
) -> Result<Vec<Product>, AskError> {
    let mut products = Vec::new();
    for source_id in ids.iter().take(MAX_IDS) {
        let product = match snapshot.index.find(source_id)? {
            Some(id) => snapshot.index.product(&id)?,
            None => None,
        };
        match product {
            Some(product) => products.push(product),
            None => notes.push(voice.say(Line::NoSuchProduct, &[source_id])),
        }
    }
    Ok(products)
}
