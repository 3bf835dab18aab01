//! What may stand in a slot, and what it means.

use checkout::ItemCondition;

use super::grammar::GRAMMAR;
use super::{reference, until};
use crate::{Amount, Bound, OrderReference, Reference, Until};

/// A kind of slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// `the second one in blue`, `two mugs`, `it`.
    What,
    /// The same, but named by the, this or my, a place or a pronoun.
    The,
    /// `it`, `that`.
    It,
    /// `medium`, `an L in blue`.
    Option,
    /// `my order`, `order 1042`, `it`.
    Order,
    /// The same without pronouns.
    NamedOrder,
    /// `orders 1042 and 1043`.
    Orders,
    /// `40`, `$40`, `40 euros`.
    Price,
    /// `3`, `three`.
    Number,
    /// `SAVE10`.
    Code,
    /// `Christmas`, `24 December`, `two weeks`.
    Until,
    /// Any few words.
    Text,
    /// A name that the grammar does not know.
    Nothing,
}

/// What stood in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filled {
    What(Reference),
    Several(Vec<Reference>),
    Options(Vec<String>),
    Order(OrderReference),
    Amount(Amount),
    Number(i32),
    Code(String),
    Until(Until),
    Text(String),
    Condition(ItemCondition),
}

/// The most words of a reason.
const MAX_TEXT_WORDS: usize = 10;
/// The largest number that is read.
const MAX_NUMBER: u32 = 999_999;
/// The shortest number that is one of an order without being called so, in bytes.
const MIN_BARE_NUMBER_BYTES: usize = 4;
/// The longest number of an order, in bytes.
const MAX_NUMBER_BYTES: usize = 40;

impl Slot {
    pub(crate) fn parse(name: &str) -> Self {
        match name {
            "what" => Self::What,
            "the" => Self::The,
            "it" => Self::It,
            "option" => Self::Option,
            "order" => Self::Order,
            "named_order" => Self::NamedOrder,
            "orders" => Self::Orders,
            "price" => Self::Price,
            "number" => Self::Number,
            "code" => Self::Code,
            "until" => Self::Until,
            "text" => Self::Text,
            _ => Self::Nothing,
        }
    }

    /// What these words mean in this slot.
    pub(crate) fn fill(self, words: &[String]) -> Option<Filled> {
        match self {
            Self::What => things(words, false),
            Self::The => things(words, true),
            Self::It => reference::read(words, true)
                .filter(|it| it.which == crate::Which::It && it.options.is_empty())
                .map(Filled::What),
            Self::Option => reference::options(words).map(Filled::Options),
            Self::Order => order(words, true).map(Filled::Order),
            Self::NamedOrder => order(words, false).map(Filled::Order),
            Self::Orders => orders(words).map(Filled::Order),
            Self::Price => amount(words).map(Filled::Amount),
            Self::Number => number(words).map(Filled::Number),
            Self::Code => code(words).map(Filled::Code),
            Self::Until => until::read(words).map(Filled::Until),
            Self::Text => (words.len() <= MAX_TEXT_WORDS).then(|| Filled::Text(words.join(" "))),
            Self::Nothing => None,
        }
    }
}

fn things(words: &[String], must_be_definite: bool) -> Option<Filled> {
    let several = reference::several(words, must_be_definite).map(Filled::Several);
    several.or_else(|| reference::read(words, must_be_definite).map(Filled::What))
}

/// A number of pieces, in digits or in words. What is too small or too large is refused where it is acted on.
pub(crate) fn number(words: &[String]) -> Option<i32> {
    let [word] = words else { return None };
    let by_word = (1..=12).find(|number| GRAMMAR.is_in(&format!("number_{number}"), word));
    by_word.or_else(|| word.parse().ok().filter(|number: &i32| number.unsigned_abs() <= MAX_NUMBER))
}

fn order(words: &[String], takes_pronoun: bool) -> Option<OrderReference> {
    if let [word] = words {
        if let Some(number) = word.strip_prefix('#') {
            return order_number(number);
        }
        if takes_pronoun && GRAMMAR.is_in("pronouns", word) {
            return Some(OrderReference::It);
        }
    }
    let is_filler = |word: &&String| GRAMMAR.is_in("determiners", word) || GRAMMAR.is_in("latest", word);
    let words = &words[words.iter().take_while(is_filler).count()..];
    let (noun, rest) = words.split_first()?;
    GRAMMAR.near_word("orders", noun)?;
    let rest = &rest[rest.iter().take_while(|word| GRAMMAR.is_in("number_signs", word)).count()..];
    match rest {
        [] => Some(OrderReference::Mine),
        [number] => order_number(number.trim_start_matches('#')),
        _ => None,
    }
}

/// Several orders by their numbers: `order 1042 and 1043`. Short numbers alone are pieces or places, so that one of them is called
/// an order or all of them are long.
fn orders(words: &[String]) -> Option<OrderReference> {
    let parts = words.split(|word| GRAMMAR.is_in("adding", word)).filter(|part| !part.is_empty());
    let mut has_name = false;
    let number = |part: &[String]| {
        let is_filler = |word: &&String| GRAMMAR.is_in("determiners", word) || GRAMMAR.is_in("also", word);
        let part = &part[part.iter().take_while(is_filler).count()..];
        let is_name = |word: &&String| {
            GRAMMAR.is_in("number_signs", word)
                || GRAMMAR.is_in("several_orders", word)
                || GRAMMAR.near_word("orders", word).is_some()
        };
        let named = part.iter().take_while(is_name).count();
        let [number] = &part[named..] else { return None };
        has_name |= named > 0 || number.starts_with('#') || number.len() >= MIN_BARE_NUMBER_BYTES;
        match order_number(number.trim_start_matches('#'))? {
            OrderReference::Number(number) => Some(number),
            _ => None,
        }
    };
    let numbers = parts.map(number).collect::<Option<Vec<String>>>()?;
    (has_name && numbers.len() > 1).then_some(OrderReference::Numbers(numbers))
}

fn order_number(text: &str) -> Option<OrderReference> {
    let is_fine = text.len() <= MAX_NUMBER_BYTES && text.contains(|c: char| c.is_ascii_digit());
    is_fine.then(|| OrderReference::Number(text.to_owned()))
}

fn amount(words: &[String]) -> Option<Amount> {
    let (number, unit) = match words {
        [one] => (one.as_str(), None),
        [one, unit] => (one.as_str(), Some(unit.as_str())),
        _ => return None,
    };
    let (number, bound) = match (number.strip_suffix('%'), unit) {
        (Some(number), None) => (number, Bound::PercentOff),
        (None, Some("percent" | "%")) => (number, Bound::PercentOff),
        _ => (number, Bound::At),
    };
    let unit = unit.filter(|_| bound == Bound::At);
    let digits = number.trim_matches(|c: char| "$€£¥-".contains(c));
    let sign = if number.contains('-') { "-" } else { "" };
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let mark: String = number.chars().filter(|c| "$€£¥".contains(*c)).collect();
    let name = unit.or((!mark.is_empty()).then_some(mark.as_str()));
    let currency = match name {
        None => None,
        Some(name) => Some(GRAMMAR.currency(name)?),
    };
    is_number.then(|| Amount {
        number: format!("{sign}{digits}"),
        currency: currency.filter(|code| !code.is_empty()),
        bound,
    })
}

/// A code has a digit, or stands alone.
fn code(words: &[String]) -> Option<String> {
    let [word] = words else { return None };
    let is_fine = word.len() >= 3 && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    (is_fine && !GRAMMAR.is_in("never", word)).then(|| word.to_uppercase())
}
