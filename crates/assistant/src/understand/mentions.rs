//! Products that a text names: by source id, or by enough of the title to tell them from all others.

use std::collections::BTreeMap;

use commerce::{Product, Quantity, Unit};
use search::{Query, analyse};

use super::absence;
use crate::lexicon::stem_list;
use crate::{AskError, Snapshot};

/// Titles that are looked at, best match first.
const CANDIDATES: usize = 24;
/// Products that one question can be about.
const MAX_MENTIONS: usize = 6;
/// The share of a title's weight that must stand in the text.
const MIN_SHARE: f32 = 0.6;
/// The same where two words of it stand in the text and one of them is hardly in any other product.
const MIN_SHARE_IF_RARE: f32 = 0.3;
/// The share of a title from which on all of it stands in the text.
const WHOLE: f32 = 0.999;
/// Digits of the longest number that is part of a name.
const MAX_NUMBER_LETTERS: usize = 3;
/// How many products have such a word at most.
const RARE: u64 = 2;
/// A name must hold a word that at most this many products have in their text.
const MAX_PRODUCTS_WITH_WORD: u64 = 12;

/// A product with the words that name it.
pub(super) struct Mention {
    pub(super) product: Product,
    /// The places of the words of the text that are the name.
    pub(super) places: Vec<usize>,
    /// The rarest word of the name.
    key: String,
    share: f32,
}

impl Mention {
    /// Takes in the words of the title that stand beside the name, and leaves out one that is said of the product at the
    /// end of a question: `are the Halden boots waterproof` of waterproof boots.
    fn spread(&mut self, words: &[analyse::Word]) {
        let title = stem_list(&self.product.title);
        let is_said =
            words.first().is_some_and(|word| matches!(word.text.as_str(), "is" | "are" | "was" | "were"));
        let last = words.len().saturating_sub(1);
        // A name ends in what it is: `is the Larkspur vegan` asks something of a Larkspur Vegan Boot.
        let ends_name = stem_list(head(&self.product.title)).last() == words.get(last).map(|word| &word.stem);
        let is_subject = self.places.iter().min().is_some_and(|first| *first <= 2);
        let is_in_order = self.places.last() == Some(&last);
        let is_predicate = is_said
            && self.places.len() > 1
            && self.places.contains(&last)
            && (!is_in_order || !ends_name && is_subject);
        for (place, word) in words.iter().enumerate() {
            let is_beside =
                place > 0 && self.places.contains(&(place - 1)) || self.places.contains(&(place + 1));
            if is_beside
                && !self.places.contains(&place)
                && title.contains(&word.stem)
                && !(is_said && place == last)
            {
                self.places.push(place);
            }
        }
        if is_predicate {
            self.places.retain(|place| *place != last);
        }
    }

    /// Whether the words speak of some good and not of this one, beside a page that is open: `a 2000 W heater`, `my dog weighs 10 kg`.
    pub(super) fn is_of_any(&self, snapshot: &Snapshot, words: &[analyse::Word]) -> bool {
        let Some(first) = self.places.iter().min() else { return false };
        let before = first.checked_sub(1).map_or("", |place| words[place].text.as_str());
        let is_indefinite =
            matches!(before, "a" | "an" | "my" | "our" | "another" | "some" | "any" | "his" | "her");
        let is_plain = |place: &usize| {
            let word = &words[*place];
            word.text.bytes().all(|byte| byte.is_ascii_digit())
                || Unit::parse(&word.text).is_some()
                || snapshot.vocabulary.is_kind(&word.stem)
        };
        self.share < WHOLE && (is_indefinite || self.places.iter().all(is_plain))
    }

    /// Whether the words describe goods and name none, though some title is made of such words: kinds, makers, values and measures.
    pub(super) fn describes(&self, snapshot: &Snapshot, words: &[analyse::Word]) -> bool {
        let Some(first) = self.places.iter().min() else { return false };
        let before = first.checked_sub(1).map_or("", |place| words[place].text.as_str());
        let is_definite = matches!(before, "the" | "this" | "that" | "your" | "my");
        let is_plain = |place: &usize| {
            let word = &words[*place];
            let known = snapshot.vocabulary.meanings(&word.stem);
            Unit::parse(&word.text).is_some()
                || Quantity::parse(&word.text).is_some()
                || word.text.bytes().all(|byte| byte.is_ascii_digit())
                || snapshot.vocabulary.is_kind(&word.stem)
                || !known.is_empty()
                || snapshot.vocabulary.count(&word.stem) > RARE
        };
        self.share < WHOLE && !is_definite && self.places.iter().all(is_plain)
    }

    /// Whether this one and another are read from the same words.
    fn overlaps(&self, other: &Self) -> bool {
        self.places.iter().any(|place| other.places.contains(place))
    }

    /// Whether the words name this product as well: then the page that the shopper looks at decides.
    pub(super) fn is_also(&self, page: &Product, words: &[analyse::Word]) -> bool {
        let title = stem_list(&page.title);
        self.product.id == page.id || self.places.iter().all(|place| title.contains(&words[*place].stem))
    }
}

/// Of goods that are read from the same words the one whose title they cover best.
pub(super) fn keep_best(mentions: &mut Vec<Mention>) {
    mentions.sort_by(|a, b| b.share.total_cmp(&a.share));
    let mut kept: Vec<Mention> = Vec::new();
    for mention in mentions.drain(..) {
        match kept.iter_mut().find(|known| known.overlaps(&mention)) {
            Some(known) => {
                known.places.extend(mention.places);
                known.places.sort_unstable();
                known.places.dedup();
            }
            None => kept.push(mention),
        }
    }
    *mentions = kept;
}

/// The products that the text names, in the order of the text.
pub(super) fn find(
    snapshot: &Snapshot,
    text: &str,
    words: &[analyse::Word],
) -> Result<Vec<Mention>, AskError> {
    let stems: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
    let mut found: BTreeMap<String, Mention> = BTreeMap::new();
    for token in text.split_whitespace() {
        let token = token.trim_matches(|c: char| !c.is_alphanumeric());
        let is_code = token.len() >= 3 && token.chars().any(|c| c.is_ascii_digit());
        let id = if is_code { snapshot.index.find(token)? } else { None };
        let id = match id {
            None if is_code => snapshot.index.find(&token.to_uppercase())?,
            id => id,
        };
        let Some(id) = id else { continue };
        if let Some(product) = snapshot.index.product(&id)? {
            let at = text.find(token).unwrap_or(0);
            let places: Vec<usize> = (0..words.len())
                .filter(|place| (at..at + token.len()).contains(&words[*place].start))
                .collect();
            found.insert(
                product.source_id.clone(),
                Mention { product, places, key: token.to_owned(), share: 1.0 },
            );
        }
    }
    let query = Query { text: text.to_owned(), limit: CANDIDATES, ..Query::default() };
    let mut hits = snapshot.index.search(&query, None)?.hits;
    hits.retain(|hit| !has_other_number(&hit.title, words));
    let by_head = by_head(snapshot, &hits, words);
    for (place, hit) in hits.into_iter().enumerate() {
        let head = by_head.as_ref().filter(|(known, _)| *known == place).map(|(_, name)| name.clone());
        let Some(name) = name(snapshot, &hit.title, words, &stems).or(head) else { continue };
        if let Some(product) = snapshot.index.product(&hit.product_id)? {
            let Name { places, key, share } = name;
            found.entry(product.source_id.clone()).or_insert(Mention { product, places, key, share });
        }
    }
    let mut mentions = settle(found.into_values().collect(), words);
    mentions.iter_mut().for_each(|mention| mention.spread(words));
    // What somebody must do without names nothing that they ask about.
    mentions.retain(|mention| !mention.places.iter().any(|place| absence::is_avoided(words, *place)));
    Ok(mentions)
}

/// Whether a title has another number behind the same word: the `Halden 1` is no `Halden 2`.
fn has_other_number(title: &str, words: &[analyse::Word]) -> bool {
    let title = analyse::words(title);
    let is_number = |word: &analyse::Word| {
        word.text.len() <= MAX_NUMBER_LETTERS && word.text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let numbered = |all: &[analyse::Word]| -> Vec<(String, String)> {
        let pairs = all.windows(2).filter(|pair| is_number(&pair[1]) && !is_number(&pair[0]));
        pairs.map(|pair| (pair[0].stem.clone(), pair[1].text.clone())).collect()
    };
    let said = numbered(words);
    numbered(&title).iter().any(|(name, number)| {
        let mut same = said.iter().filter(|(other, _)| other == name).peekable();
        let is_small = analyse::is_stop_word(name);
        !is_small && same.peek().is_some() && !words.iter().any(|word| word.text == *number)
    })
}

/// The one title that the words behind `the` belong to: `the Halden drill` of `Halden Pro 18 V cordless drill`. A
/// single word has to be hardly anywhere else.
fn by_head(snapshot: &Snapshot, hits: &[search::Hit], words: &[analyse::Word]) -> Option<(usize, Name)> {
    let titles: Vec<Vec<String>> = hits.iter().map(|hit| stem_list(head(&hit.title))).collect();
    let leads =
        words.iter().enumerate().filter(|(_, word)| matches!(word.text.as_str(), "the" | "your" | "this"));
    for start in leads.map(|(place, _)| place + 1).filter(|start| *start < words.len()) {
        let run =
            |title: &Vec<String>| words[start..].iter().take_while(|word| title.contains(&word.stem)).count();
        let longest = titles.iter().map(run).max().unwrap_or(0);
        if longest == 0 {
            continue;
        }
        let mut fitting = titles.iter().enumerate().filter(|(_, title)| run(title) == longest);
        let (Some((place, _)), None) = (fitting.next(), fitting.next()) else { continue };
        let places: Vec<usize> = (start..start + longest).collect();
        let key = *places.iter().min_by_key(|place| snapshot.vocabulary.count(&words[**place].stem))?;
        let rarest = snapshot.vocabulary.count(&words[key].stem);
        if longest > 1 || rarest <= RARE {
            return Some((place, Name { places, key: words[key].text.clone(), share: MIN_SHARE_IF_RARE }));
        }
    }
    None
}

/// The part of a title that names the goods, before what they are with: `Glide wardrobe` of `Glide wardrobe with two
/// sliding doors`.
pub(crate) fn head(title: &str) -> &str {
    let ends = [" with ", " for ", ", ", " – ", " - ", " ("];
    let end = ends.iter().filter_map(|mark| title.find(mark)).min().unwrap_or(title.len());
    &title[..end]
}

/// A title as it stands in a text.
#[derive(Clone)]
struct Name {
    places: Vec<usize>,
    key: String,
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
    let is_whole = share > WHOLE && title_words.len() >= 2 && !is_spread;
    let key = words[*key].text.clone();
    (is_named || is_whole).then_some(Name { places, key, share })
}

/// How much a word tells one product from the others, in nats.
pub(crate) fn rarity(snapshot: &Snapshot, stem: &str) -> f32 {
    let products = snapshot.index.len() as f32;
    let count = snapshot.vocabulary.count(stem) as f32;
    (1.0 + products / (1.0 + count)).ln()
}

/// Where several titles claim the same rare word, the one that is covered best stays.
fn settle(mut mentions: Vec<Mention>, words: &[analyse::Word]) -> Vec<Mention> {
    // Who says `the D-1 case` does not mean the D-2 case, though less of that title's words is left over.
    let places: Vec<Vec<usize>> = mentions.iter().map(|mention| mention.places.clone()).collect();
    let is_part = |own: &[usize], of: &[usize]| own.len() < of.len() && own.iter().all(|p| of.contains(p));
    mentions.retain(|mention| {
        mention.share > WHOLE || !places.iter().any(|other| is_part(&mention.places, other))
    });
    mentions.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| b.places.len().cmp(&a.places.len())));
    let mut kept: Vec<Mention> = Vec::new();
    for mention in mentions {
        // `Halden 1 or Halden 2`: the same word names both where each has a number or two words of its own.
        let has_own_name = |known: &Mention| {
            let own: Vec<_> = mention.places.iter().filter(|place| !known.places.contains(place)).collect();
            let is_number = |place: &&&usize| words[***place].text.bytes().any(|byte| byte.is_ascii_digit());
            // `The Yew mug or the Oak mug`: what is left of the second stands before a word of its title.
            let goes_on = |place: &&&usize| {
                let next = words.get(***place + 1);
                next.is_some_and(|next| stem_list(&mention.product.title).contains(&next.stem))
            };
            own.len() >= 2 || own.iter().any(|place| is_number(&place) || goes_on(&place))
        };
        // `Does the whole milk contain lactose` names the milk, and not the lactose-free one.
        let shares_whole = |known: &Mention| {
            known.share > WHOLE
                && mention.share <= WHOLE
                && mention.places.iter().any(|place| known.places.contains(place))
        };
        let overlaps =
            |known: &Mention| (known.key == mention.key || shares_whole(known)) && !has_own_name(known);
        if !kept.iter().any(overlaps) && kept.len() < MAX_MENTIONS {
            kept.push(mention);
        }
    }
    kept.sort_by_key(|mention| mention.places.iter().min().copied());
    kept
}
