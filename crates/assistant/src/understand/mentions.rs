//! Products that a text names: by source id, or by enough of the title to tell them from all others.

use std::collections::BTreeMap;

use commerce::Product;
use search::{Query, analyse};

use crate::{AskError, Snapshot};

/// Titles that are looked at, best match first.
const CANDIDATES: usize = 24;
/// Products that one question can be about.
const MAX_MENTIONS: usize = 6;
/// The share of a title's weight that must stand in the text.
const MIN_SHARE: f32 = 0.6;
/// The same where two words of it stand in the text and one of them is hardly in any other product.
const MIN_SHARE_IF_RARE: f32 = 0.3;
/// How many products have such a word at most.
const RARE: u64 = 2;
/// A name must hold a word that at most this many products have in their text.
const MAX_PRODUCTS_WITH_WORD: u64 = 12;

/// A product with the words that name it.
pub(super) struct Mention {
    pub(super) product: Product,
    /// The words of the text that are the name, separated by spaces.
    pub(super) words: String,
    /// The rarest word of the name.
    key: String,
    /// Where the name starts among the words of the text.
    place: usize,
    share: f32,
}

/// The products that the text names, in the order of the text.
pub(super) fn find(snapshot: &Snapshot, text: &str) -> Result<Vec<Mention>, AskError> {
    let words = analyse::words(text);
    let stems: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
    let mut found: BTreeMap<String, Mention> = BTreeMap::new();
    for token in text.split_whitespace() {
        let token = token.trim_matches(|c: char| !c.is_alphanumeric());
        let is_code = token.len() >= 3 && token.chars().any(|c| c.is_ascii_digit());
        let id = if is_code { snapshot.index.find(token)? } else { None };
        let Some(id) = id else { continue };
        if let Some(product) = snapshot.index.product(&id)? {
            let place =
                text.find(token).map_or(0, |at| words.iter().take_while(|word| word.start < at).count());
            found.insert(
                product.source_id.clone(),
                Mention { product, words: token.to_owned(), key: token.to_owned(), place, share: 1.0 },
            );
        }
    }
    let query = Query { text: text.to_owned(), limit: CANDIDATES, ..Query::default() };
    for hit in snapshot.index.search(&query, None)?.hits {
        let Some(name) = name(snapshot, &hit.title, &words, &stems) else { continue };
        if let Some(product) = snapshot.index.product(&hit.product_id)? {
            let Name { words, key, place, share } = name;
            found.entry(product.source_id.clone()).or_insert(Mention { product, words, key, place, share });
        }
    }
    Ok(settle(found.into_values().collect()))
}

/// A title as it stands in a text.
struct Name {
    words: String,
    key: String,
    place: usize,
    share: f32,
}

/// How a title stands in the words, if it does.
fn name(snapshot: &Snapshot, title: &str, words: &[analyse::Word], stems: &[&str]) -> Option<Name> {
    let title_words = analyse::words(title);
    let weight = |stem: &str| rarity(snapshot, stem);
    let whole: f32 = title_words.iter().map(|word| weight(&word.stem)).sum();
    let places: Vec<usize> =
        title_words.iter().filter_map(|word| stems.iter().position(|stem| *stem == word.stem)).collect();
    let matched: f32 = places.iter().map(|place| weight(stems[*place])).sum();
    let key = places.iter().min_by_key(|place| snapshot.vocabulary.count(stems[**place]))?;
    let rarest = snapshot.vocabulary.count(stems[*key]);
    let is_short = title_words.len() <= 2 && places.len() < title_words.len();
    let first = *places.iter().min()?;
    let last = *places.iter().max()?;
    let is_spread = last - first > 2 * title_words.len() + 2;
    let share = matched / whole.max(f32::EPSILON);
    let is_rare = rarest <= RARE && places.len() >= 2 && share >= MIN_SHARE_IF_RARE;
    let is_named =
        (share >= MIN_SHARE || is_rare) && rarest <= MAX_PRODUCTS_WITH_WORD && !is_short && !is_spread;
    let is_whole = share > 0.999 && title_words.len() >= 2 && !is_spread;
    (is_named || is_whole).then(|| Name {
        words: places.iter().map(|place| words[*place].text.as_str()).collect::<Vec<_>>().join(" "),
        key: words[*key].text.clone(),
        place: first,
        share,
    })
}

/// How much a word tells one product from the others, in nats.
pub(crate) fn rarity(snapshot: &Snapshot, stem: &str) -> f32 {
    let products = snapshot.index.len() as f32;
    let count = snapshot.vocabulary.count(stem) as f32;
    (1.0 + products / (1.0 + count)).ln()
}

/// Where several titles claim the same rare word, the one that is covered best stays.
fn settle(mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| b.words.len().cmp(&a.words.len())));
    let mut kept: Vec<Mention> = Vec::new();
    for mention in mentions {
        let overlaps = |known: &Mention| known.key == mention.key;
        if !kept.iter().any(overlaps) && kept.len() < MAX_MENTIONS {
            kept.push(mention);
        }
    }
    kept.sort_by_key(|mention| mention.place);
    kept
}
