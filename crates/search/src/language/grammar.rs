//! The small words of one language, read from its data file.

use std::collections::{HashMap, HashSet};

use commerce::{Availability, Currency, Dimension};

use crate::Sort;
use crate::analyse;

/// On which side of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Below,
    AtMost,
    Above,
    AtLeast,
    Around,
}

/// What a comparing phrase measures.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Measures {
    /// Whatever the number has a unit of.
    Anything,
    /// A price.
    Price,
    /// One of these dimensions.
    Of(Vec<Dimension>),
}

/// A comparing phrase: on which side of the number, and of what where the phrase tells.
#[derive(Clone, Debug)]
pub(crate) struct Comparator {
    pub(crate) phrase: Vec<String>,
    pub(crate) side: Side,
    pub(crate) measures: Measures,
}

/// A phrase that asks for an order.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) phrase: Vec<String>,
    pub(crate) sort: Sort,
    /// Whether it only leans to one end (`cheap`), so that it orders nothing but goods of the kind that is named.
    pub(crate) is_leaning: bool,
}

/// A word that asks for the most or the least of a measure by itself: `lightest`.
#[derive(Clone, Debug)]
pub(crate) struct Extreme {
    pub(crate) phrase: Vec<String>,
    pub(crate) is_most: bool,
    /// The dimension and the name, as in [`MeasureName`], of what is measured; `None` where the words behind it name that.
    pub(crate) of: Option<(Dimension, String)>,
}

/// What a measure can be a measure of, and the words that say so.
#[derive(Clone, Debug)]
pub(crate) struct MeasureName {
    pub(crate) dimension: Dimension,
    pub(crate) name: String,
    pub(crate) words: Vec<String>,
}

/// A phrase that says whether goods can be had.
#[derive(Clone, Debug)]
pub(crate) struct Stock {
    pub(crate) phrase: Vec<String>,
    /// The states that it stands for, in the words of [`commerce::Availability`].
    pub(crate) states: Vec<String>,
    /// Whether it says so only at the end of a text: `which tents are left`, not `are left-handed`.
    pub(crate) is_at_end: bool,
}

/// Where the word that says what is looked for stands in its phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Head {
    First,
    #[default]
    Last,
}

/// The small words of a language. What each use means stands in the data file of English.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    stop: HashSet<String>,
    request: HashSet<String>,
    breaks: HashSet<String>,
    serves: HashSet<String>,
    weak: HashSet<String>,
    or: HashSet<String>,
    and: HashSet<String>,
    to: HashSet<String>,
    between: HashSet<String>,
    fillers: HashSet<String>,
    room: HashSet<String>,
    whom: HashSet<String>,
    anyone: HashSet<String>,
    general: HashSet<String>,
    /// Words that ask, compare, join or deny.
    small: HashSet<String>,
    free: HashSet<String>,
    free_endings: Vec<String>,
    /// Longer phrases first.
    not: Vec<Vec<String>>,
    /// Phrases after which, and words after what, somebody must do without. They deny nothing of goods that have them in their text.
    avoid: Vec<Vec<String>>,
    avoid_ends: HashSet<String>,
    not_ends: HashSet<String>,
    before: Vec<Comparator>,
    after: Vec<Comparator>,
    orders: Vec<Order>,
    /// Longer phrases first.
    extremes: Vec<Extreme>,
    amounts: HashSet<String>,
    per: HashSet<String>,
    numbers: HashMap<String, String>,
    party: HashSet<String>,
    old: HashSet<String>,
    parts: HashSet<String>,
    of_sale: HashSet<String>,
    none: HashSet<String>,
    /// Phrases for what is reduced in price.
    sales: Vec<Vec<String>>,
    stock: Vec<Stock>,
    money: HashMap<String, Currency>,
    names: Vec<MeasureName>,
    usual: HashMap<String, Vec<String>>,
    attributes: HashMap<String, String>,
    head: Head,
}

impl Grammar {
    /// Reads the lines of a data file. A line that cannot be read is left out; a test reads them all.
    pub(super) fn parse(lines: &str) -> Self {
        let mut grammar = Self::default();
        for line in lines.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let _is_known = grammar.add(line).is_some();
        }
        grammar.not_ends = grammar.not.iter().filter_map(|phrase| phrase.last().cloned()).collect();
        grammar.not.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        for list in [&mut grammar.before, &mut grammar.after] {
            list.sort_by_key(|comparator| std::cmp::Reverse(comparator.phrase.len()));
        }
        grammar.orders.sort_by_key(|order| std::cmp::Reverse(order.phrase.len()));
        grammar.extremes.sort_by_key(|extreme| std::cmp::Reverse(extreme.phrase.len()));
        grammar
    }

    /// Reads one line; `None` where it says nothing that is known.
    fn add(&mut self, line: &str) -> Option<()> {
        let (usage, items) = line.split_once(':')?;
        let usage: Vec<&str> = usage.split_whitespace().collect();
        let items: Vec<&str> = items.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
        if !matches!(
            usage[..],
            [
                "name"
                    | "usual"
                    | "attribute"
                    | "weak"
                    | "general"
                    | "whom"
                    | "number"
                    | "party"
                    | "old"
                    | "part"
                    | "terms"
                    | "none"
                    | "sale"
                    | "stock",
                ..
            ]
        ) {
            self.small.extend(items.iter().flat_map(|item| phrase(item)));
        }
        match usage.as_slice() {
            ["not"] => self.not.extend(items.iter().map(|item| phrase(item))),
            ["avoid"] => self.avoid.extend(items.iter().map(|item| phrase(item))),
            ["avoid", "end"] => self.avoid_ends.extend(items.iter().map(|item| analyse::fold(item))),
            ["sale"] => self.sales.extend(items.iter().map(|item| phrase(item))),
            ["stock", "end", states @ ..] => self.add_stock(states, &items, true)?,
            ["stock", states @ ..] => self.add_stock(states, &items, false)?,
            ["free", "suffix"] => self.free_endings.extend(items.iter().map(|item| analyse::fold(item))),
            ["head"] => self.head = if items.contains(&"first") { Head::First } else { Head::Last },
            ["order" | "lean", name] => {
                let (sort, is_leaning) = (sort(name)?, usage[0] == "lean");
                let orders =
                    items.iter().map(|item| Order { phrase: phrase(item), sort: sort.clone(), is_leaning });
                self.orders.extend(orders);
            }
            ["most" | "least", of @ ..] => {
                let of = match of {
                    [] => None,
                    [measured, name] => Some((dimension(measured)?, (*name).to_owned())),
                    _ => return None,
                };
                let is_most = usage[0] == "most";
                let extremes =
                    items.iter().map(|item| Extreme { phrase: phrase(item), is_most, of: of.clone() });
                self.extremes.extend(extremes);
            }
            ["number", digits] => {
                let words = items.iter().map(|item| (analyse::fold(item), (*digits).to_owned()));
                self.numbers.extend(words);
            }
            ["money", code] => {
                let currency = Currency::parse(code)?;
                self.money.extend(items.iter().map(|item| (analyse::fold(item), currency)));
            }
            ["name", measured, name] => {
                let words = items.iter().flat_map(|item| phrase(item)).collect();
                let name = (*name).to_owned();
                self.names.push(MeasureName { dimension: dimension(measured)?, name, words });
            }
            ["usual", measured] => {
                let names = items.iter().map(|item| phrase(item).join("_")).collect();
                self.usual.insert((*measured).to_owned(), names);
            }
            ["attribute", key] => {
                self.attributes.extend(items.iter().map(|item| (analyse::fold(item), (*key).to_owned())));
            }
            ["at", "most", rest @ ..] => self.add_comparators(Side::AtMost, rest, &items)?,
            ["at", "least", rest @ ..] => self.add_comparators(Side::AtLeast, rest, &items)?,
            ["below", rest @ ..] => self.add_comparators(Side::Below, rest, &items)?,
            ["above", rest @ ..] => self.add_comparators(Side::Above, rest, &items)?,
            ["around", rest @ ..] => self.add_comparators(Side::Around, rest, &items)?,
            [usage] => self.words_of(usage)?.extend(items.iter().flat_map(|item| phrase(item))),
            _ => return None,
        }
        Some(())
    }

    fn add_comparators(&mut self, side: Side, rest: &[&str], items: &[&str]) -> Option<()> {
        let is_after = rest.first() == Some(&"after");
        let measures = match rest {
            [] | ["after"] => Measures::Anything,
            ["price"] => Measures::Price,
            _ => Measures::Of(rest.iter().map(|name| dimension(name)).collect::<Option<_>>()?),
        };
        let list = if is_after { &mut self.after } else { &mut self.before };
        list.extend(items.iter().map(|item| Comparator {
            phrase: phrase(item),
            side,
            measures: measures.clone(),
        }));
        Some(())
    }

    fn add_stock(&mut self, states: &[&str], items: &[&str], is_at_end: bool) -> Option<()> {
        let is_state =
            |state: &&str| Availability::parse(state).is_some_and(|known| known.as_str() == *state);
        if states.is_empty() || !states.iter().all(is_state) {
            return None;
        }
        let states: Vec<String> = states.iter().map(|state| (*state).to_owned()).collect();
        let phrases = items.iter().map(|item| phrase(item));
        self.stock.extend(phrases.map(|phrase| Stock { phrase, states: states.clone(), is_at_end }));
        Some(())
    }

    fn words_of(&mut self, usage: &str) -> Option<&mut HashSet<String>> {
        Some(match usage {
            "stop" => &mut self.stop,
            "request" => &mut self.request,
            "break" => &mut self.breaks,
            "serves" => &mut self.serves,
            "weak" => &mut self.weak,
            "or" => &mut self.or,
            "and" => &mut self.and,
            "to" => &mut self.to,
            "between" => &mut self.between,
            "filler" => &mut self.fillers,
            "room" => &mut self.room,
            "free" => &mut self.free,
            "whom" => &mut self.whom,
            "anyone" => &mut self.anyone,
            "general" => &mut self.general,
            "party" => &mut self.party,
            "old" => &mut self.old,
            "part" => &mut self.parts,
            "terms" => &mut self.of_sale,
            "none" => &mut self.none,
            "amount" => &mut self.amounts,
            "per" => &mut self.per,
            _ => return None,
        })
    }

    /// Whether a word says so little that it does not decide what a text is about.
    pub(crate) fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// Whether a word of a request says nothing of the goods.
    pub(crate) fn is_request(&self, word: &str) -> bool {
        self.stop.contains(word) || self.request.contains(word)
    }

    /// Whether a word tells that a text is in this language.
    pub(super) fn tells(&self, word: &str) -> bool {
        self.stop.contains(word) || self.breaks.contains(word)
    }

    /// Whether a noun phrase ends before a word.
    pub(crate) fn is_break(&self, word: &str) -> bool {
        self.breaks.contains(word)
    }

    /// Whether behind a word stands what goods are for.
    pub(crate) fn is_serving(&self, word: &str) -> bool {
        self.serves.contains(word)
    }

    /// Whether a value is also an ordinary word.
    pub(crate) fn is_weak(&self, word: &str) -> bool {
        self.weak.contains(word)
    }

    pub(crate) fn is_or(&self, word: &str) -> bool {
        self.or.contains(word)
    }

    pub(crate) fn is_and(&self, word: &str) -> bool {
        self.and.contains(word)
    }

    pub(crate) fn is_to(&self, word: &str) -> bool {
        self.to.contains(word)
    }

    pub(crate) fn is_between(&self, word: &str) -> bool {
        self.between.contains(word)
    }

    pub(crate) fn is_filler(&self, word: &str) -> bool {
        self.fillers.contains(word)
    }

    /// Whether a number of people behind a word needs room for them.
    pub(crate) fn needs_room(&self, word: &str) -> bool {
        self.room.contains(word)
    }

    /// Whether people come as this: `family` of `a family of five`.
    pub(crate) fn is_party(&self, word: &str) -> bool {
        self.party.contains(word)
    }

    /// Phrases for what is reduced in price.
    pub(crate) fn sales(&self) -> &[Vec<String>] {
        &self.sales
    }

    /// Phrases that say whether goods can be had.
    pub(crate) fn stock(&self) -> &[Stock] {
        &self.stock
    }

    /// Whether a word names a part of goods or what they come in, which has measures of its own.
    pub(crate) fn is_part(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// Whether a value that begins with this word says that there is none.
    pub(crate) fn is_none(&self, word: &str) -> bool {
        self.none.contains(word)
    }

    /// Whether a word names what is measured of the sale and not of the goods.
    pub(crate) fn is_of_sale(&self, word: &str) -> bool {
        self.of_sale.contains(word)
    }

    /// Whether a word behind a number of years says that somebody is so old.
    pub(crate) fn is_old(&self, word: &str) -> bool {
        self.old.contains(word)
    }

    /// The digits of a number that is written as a word.
    pub(crate) fn number(&self, word: &str) -> Option<&str> {
        self.numbers.get(word).map(String::as_str)
    }

    /// Whether a word says for whom something is, and not what it is.
    pub(crate) fn is_for_whom(&self, word: &str) -> bool {
        self.whom.contains(word)
    }

    /// Whether a word says no more of the goods than that they are goods.
    pub(crate) fn is_general(&self, word: &str) -> bool {
        self.general.contains(word)
    }

    /// Whether a value suits everybody.
    pub(crate) fn suits_anyone(&self, value: &str) -> bool {
        self.anyone.contains(&analyse::fold(value))
    }

    /// Whether a word asks, compares, joins or denies, so that it is no misspelling of another one.
    pub(crate) fn is_small(&self, word: &str) -> bool {
        self.small.contains(word)
    }

    /// Whether a word denies the one before it: `gluten free`.
    pub(crate) fn is_free(&self, word: &str) -> bool {
        self.free.contains(word)
    }

    /// What a word denies by its own ending: `zuckerfrei` denies `zucker`.
    pub(crate) fn denied_in<'a>(&self, word: &'a str) -> Option<&'a str> {
        const SHORTEST: usize = 3;
        let endings = self.free_endings.iter();
        endings.filter_map(|ending| word.strip_suffix(ending.as_str())).find(|rest| rest.len() >= SHORTEST)
    }

    /// How many of these words are a phrase after which something is not wanted; 0 where none is.
    pub(crate) fn denial<'a>(&self, word: impl Fn(usize) -> Option<&'a str>) -> usize {
        let spells = |phrase: &&Vec<String>| phrase.iter().enumerate().all(|(at, own)| word(at) == Some(own));
        self.not.iter().find(spells).map_or(0, Vec::len)
    }

    /// How many of these words are a phrase after which somebody must do without something: `allergic to`; 0 where none is.
    pub(crate) fn avoidance<'a>(&self, word: impl Fn(usize) -> Option<&'a str>) -> usize {
        let spells = |phrase: &&Vec<String>| phrase.iter().enumerate().all(|(at, own)| word(at) == Some(own));
        self.avoid.iter().find(spells).map_or(0, Vec::len)
    }

    /// Whether somebody must do without what stands before this word: `nut allergy`.
    pub(crate) fn is_avoidance(&self, word: &str) -> bool {
        self.avoid_ends.contains(word)
    }

    /// Whether a phrase after which something is not wanted ends with a word.
    pub(crate) fn may_deny(&self, word: &str) -> bool {
        self.not_ends.contains(word)
    }

    /// Phrases that compare with the number behind them, longer ones first.
    pub(crate) fn before(&self) -> &[Comparator] {
        &self.before
    }

    /// Phrases that compare with the number before them, longer ones first.
    pub(crate) fn after(&self) -> &[Comparator] {
        &self.after
    }

    /// Phrases that ask for an order.
    pub(crate) fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// Phrases that ask for the most or the least of a measure, longer ones first.
    pub(crate) fn extremes(&self) -> &[Extreme] {
        &self.extremes
    }

    /// Whether a word beside the name of a measure says no more than that it is one: `the amount of`.
    pub(crate) fn is_of_amount(&self, word: &str) -> bool {
        self.amounts.contains(word)
    }

    /// Whether a word says that so much of something is meant: `per kilo`.
    pub(crate) fn is_per(&self, word: &str) -> bool {
        self.per.contains(word)
    }

    /// The currency that a word names.
    pub(crate) fn money(&self, word: &str) -> Option<Currency> {
        self.money.get(word).copied()
    }

    /// What measures of a dimension can be of.
    pub(crate) fn names(&self, dimension: Dimension) -> impl Iterator<Item = &MeasureName> {
        self.names.iter().filter(move |name| name.dimension == dimension)
    }

    /// What measures of any dimension can be of.
    pub(crate) fn all_names(&self) -> impl Iterator<Item = &MeasureName> {
        self.names.iter()
    }

    /// What a measure of this unit or dimension is of where nothing says it, as keys or parts of keys of attributes.
    pub(crate) fn usual(&self, symbol: &str, dimension: Dimension) -> &[String] {
        let name = dimension_name(dimension);
        self.usual.get(symbol).or_else(|| self.usual.get(&name)).map_or(&[], Vec::as_slice)
    }

    /// The key of an attribute that goes by another name.
    pub(crate) fn attribute(&self, word: &str) -> Option<&str> {
        self.attributes.get(word).map(String::as_str)
    }

    /// Where the word that says what is looked for stands.
    pub(crate) fn head(&self) -> Head {
        self.head
    }
}

/// The words of a phrase as the analyser folds them.
fn phrase(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    analyse::each_word(text, |word, _, _| words.push(word));
    words
}

fn dimension(name: &str) -> Option<Dimension> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

fn dimension_name(dimension: Dimension) -> String {
    serde_json::to_value(dimension).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn sort(name: &str) -> Option<Sort> {
    Some(match name {
        "price" => Sort::PriceAscending,
        "-price" => Sort::PriceDescending,
        "rating" => Sort::Rating,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_language_can_be_read() {
        let files =
            [include_str!("en.txt"), include_str!("de.txt"), include_str!("fr.txt"), include_str!("es.txt")];
        for line in files.iter().flat_map(|file| file.lines()).filter(|line| !line.is_empty()) {
            assert!(line.starts_with('#') || Grammar::default().add(line).is_some(), "{line}");
        }
    }
}
