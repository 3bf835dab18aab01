//! Several goods that are wanted together: `a tent and two sleeping bags for 300`.

use commerce::{Currency, Money};
use search::analyse::{self, Word};
use search::{Constraint, Field, Test, Understood};

use crate::lexicon::stem_list;
use crate::request::{Basket, Wanted};
use crate::{AskError, Snapshot};

/// Goods of one basket.
const MAX_ITEMS: usize = 5;
/// Pieces of one thing.
const MOST_PIECES: u32 = 99;
/// What stands between two things.
const JOINTS: &[&str] = &["and", "plus", "&", ",", "+"];
/// Words that open the name of a thing, and how many are meant.
const COUNTS: &[(&str, u32)] = &[
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("some", 1),
    ("my", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("twelve", 12),
];
/// Hits whose titles are looked at.
const NAMED_BY: usize = 5;
/// What several pieces are sold as: `a pair of gloves`.
const GATHERED: &[&str] =
    &["pair", "pairs", "set", "sets", "pack", "packs", "box", "boxes", "bottle", "bottles"];
/// Openings before which nothing of the first thing stands: `I need a tent`.
const MAX_LEAD: usize = 6;
/// Words before a number without a currency that is to pay for everything.
const PAYING: &[&str] =
    &["for", "within", "in", "budget", "of", "with", "together", "max", "altogether", "total"];
/// Words behind it, apart from the end.
const ALTOGETHER: &[&str] = &[
    "total",
    "together",
    "altogether",
    "max",
    "maximum",
    "all",
    "in",
    "or",
    "dollars",
    "euros",
    "pounds",
    "bucks",
];
/// Words of a question about goods that are named, which wants no basket.
const SETTING_BESIDE: &[&str] =
    &["difference", "differences", "between", "versus", "vs", "compare", "better", "or"];

/// The basket that a text wishes for; `None` where it wishes for one thing, or for none.
pub(super) fn read(snapshot: &Snapshot, text: &str) -> Result<Option<Basket>, AskError> {
    let words = analyse::words(text);
    if words.iter().any(|word| SETTING_BESIDE.contains(&word.text.as_str())) {
        return Ok(None);
    }
    let currency = snapshot.index.currency();
    let whole = search::understand(&snapshot.vocabulary, text);
    let budget = budget(&whole, currency).or_else(|| bare_budget(&words, currency?));
    let goods = match &budget {
        Some((_, Spent::Words(spent))) => text.replacen(spent.as_str(), " ", 1),
        Some((_, Spent::From(place))) => text.get(..*place).unwrap_or_default().to_owned(),
        None => text.to_owned(),
    };
    let mut pieces = pieces(without_end(&goods));
    pieces.retain(|piece| says_something(snapshot, piece));
    if !(2..=MAX_ITEMS).contains(&pieces.len()) {
        return Ok(None);
    }
    let Some(read) = pieces.iter().map(|piece| Piece::read(piece)).collect::<Option<Vec<_>>>() else {
        return Ok(None);
    };
    if budget.is_none() && !read.iter().all(|piece| piece.is_counted) {
        return Ok(None);
    }
    let mut basket = Basket { budget: budget.map(|(money, _)| money), ..Basket::default() };
    for Piece { wanted, is_counted } in read {
        if names_goods(snapshot, &wanted.words)? {
            basket.items.push(wanted);
        } else if is_plain_thing(snapshot, &wanted.words) && (is_counted || names_many(&wanted.words)) {
            basket.unknown.push(wanted.words);
        } else {
            return Ok(None);
        }
    }
    Ok(Some(basket).filter(|basket| !basket.items.is_empty()))
}

/// The part of the text that says the budget.
enum Spent {
    /// These letters.
    Words(String),
    /// Everything from here.
    From(usize),
}

/// The most that the goods may cost together, where it is said as a price.
fn budget(whole: &Understood, currency: Option<Currency>) -> Option<(Money, Spent)> {
    let bound = whole.constraints.iter().find(|constraint| {
        constraint.field == Field::Price && !constraint.is_negated && !constraint.words.is_empty()
    })?;
    let said = bound.words.split_whitespace().rev().find_map(|word| Money::parse(word, currency).ok());
    let money = said.filter(|said| Some(said.currency) == currency);
    Some((money.or_else(|| Some(Money::new(most(bound)?, currency?)))?, Spent::Words(bound.words.clone())))
}

fn most(bound: &Constraint) -> Option<i64> {
    match bound.test {
        Test::AtMost(most) | Test::Between(_, most) => Some(most.round() as i64),
        _ => None,
    }
}

/// A number at the end that can only be money: `… for 300`, `… within a budget of 300 in total`.
fn bare_budget(words: &[Word], currency: Currency) -> Option<(Money, Spent)> {
    let place = words.iter().rposition(|word| word.text.parse::<u32>().is_ok())?;
    let is_altogether = words.get(place + 1).map(|next| ALTOGETHER.contains(&next.text.as_str()));
    let is_paying = PAYING.contains(&words.get(place.checked_sub(1)?)?.text.as_str());
    if is_altogether.map_or(!is_paying, |is_altogether| !is_altogether) {
        return None;
    }
    let money = Money::parse(&words[place].text, Some(currency)).ok()?;
    let is_part =
        |word: &&Word| PAYING.contains(&word.text.as_str()) || matches!(word.text.as_str(), "a" | "about");
    let opening = words[..=place].iter().rev().skip(1).take_while(is_part).last();
    Some((money, Spent::From(opening.unwrap_or(&words[place]).start)))
}

/// A text without the words at its end that led to the budget.
fn without_end(text: &str) -> &str {
    let is_left_over = |word: &&Word| {
        PAYING.contains(&word.text.as_str())
            || matches!(word.text.as_str(), "a" | "an" | "the" | "about" | "around")
    };
    let words = analyse::words(text);
    let over = words.iter().rev().take_while(is_left_over).count();
    words.get(words.len().wrapping_sub(over + 1)).and_then(|last| text.get(..last.end)).unwrap_or(text)
}

/// The text cut at the words that join things.
fn pieces(text: &str) -> Vec<String> {
    // `outfit for the gym: leggings, a top` begins behind the colon.
    let text = text.rsplit(':').next().unwrap_or(text);
    let spaced = text.replace(',', " , ").replace('&', " & ").replace(" + ", " , ");
    let mut pieces = vec![Vec::new()];
    for word in spaced.split_whitespace() {
        match pieces.last_mut() {
            Some(piece) if !JOINTS.contains(&word.to_lowercase().as_str()) => piece.push(word),
            _ => pieces.push(Vec::new()),
        }
    }
    pieces.into_iter().filter(|piece| !piece.is_empty()).map(|piece| piece.join(" ")).collect()
}

/// One thing as it was read.
struct Piece {
    wanted: Wanted,
    /// Whether it opens with a number or an article.
    is_counted: bool,
}

impl Piece {
    /// `None` where there are no words.
    fn read(text: &str) -> Option<Self> {
        let words = analyse::words(text);
        let counted = words.iter().take(MAX_LEAD).enumerate().find_map(|(place, word)| {
            let next = words.get(place + 1)?;
            count(&word.text).filter(|_| !is_measure(&word.text, next)).map(|count| (place, count))
        });
        let mut start = counted.map_or(0, |(place, _)| place + 1);
        let says = |place: usize, known: &[&str]| {
            words.get(place).is_some_and(|word| known.contains(&word.text.as_str()))
        };
        let is_of_packs = says(start, GATHERED) && says(start + 1, &["of"]);
        if is_of_packs {
            start += 2;
        }
        let own = text.get(words.get(start)?.start..)?;
        let count = counted.map_or(1, |(_, count)| count);
        let wanted = Wanted { count, words: own.trim().to_owned(), is_of_packs };
        Some(Self { wanted, is_counted: counted.is_some() })
    }
}

/// Whether words name a kind of goods: a category, or what stands in the title of a product.
fn names_goods(snapshot: &Snapshot, words: &str) -> Result<bool, AskError> {
    let need = search::understand(&snapshot.vocabulary, words);
    if !need.head.is_empty() {
        return Ok(true);
    }
    let words = analyse::words(&need.text);
    let Some(noun) = words.iter().rfind(|word| !need.context.contains(&word.text)) else { return Ok(false) };
    let hits = snapshot.index.search(&need.query(NAMED_BY), None)?.hits;
    Ok(hits.iter().any(|hit| stem_list(&hit.title).contains(&noun.stem)))
}

/// Whether a piece names anything: `I have` of `I have 200 dollars, I need a tent` does not.
fn says_something(snapshot: &Snapshot, piece: &str) -> bool {
    let need = search::understand(&snapshot.vocabulary, piece);
    !need.text.is_empty() || !need.constraints.is_empty() || !need.preferences.is_empty()
}

/// Whether a word is a plural, which names things: `leggings`.
fn names_many(words: &str) -> bool {
    let last = analyse::words(words).pop();
    last.is_some_and(|word| word.text.ends_with('s') && !word.text.ends_with("ss") && word.stem != word.text)
}

/// Whether words are one noun that the shop does not sell, and not a choice such as the `blue` of `a red and a blue`.
fn is_plain_thing(snapshot: &Snapshot, words: &str) -> bool {
    let [noun] = &analyse::words(words)[..] else { return false };
    let meanings = snapshot.vocabulary.meanings(&noun.stem).iter();
    let is_choice = |value: &String| value.to_lowercase() == noun.text;
    !analyse::is_stop_word(&noun.text) && !meanings.flat_map(|known| &known.values).any(is_choice)
}

fn count(word: &str) -> Option<u32> {
    let spelled = COUNTS.iter().find(|(known, _)| *known == word).map(|(_, count)| *count);
    let digits = word.strip_suffix('x').unwrap_or(word).parse().ok();
    spelled.or(digits).filter(|count| (1..=MOST_PIECES).contains(count))
}

/// Whether a number belongs to the word behind it: the 2 of `2 person tent` counts no tents.
fn is_measure(number: &str, next: &Word) -> bool {
    let is_number = !matches!(number, "a" | "an" | "some" | "my");
    let is_gathered = GATHERED.contains(&next.text.as_str());
    let is_unit = !is_gathered && commerce::Unit::parse(&next.text).is_some() || next.text == "person";
    is_number && is_unit
}
