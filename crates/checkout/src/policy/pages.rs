//! What a shop's pages say and its policy does not, or the other way round: how long goods may come back, what delivery costs,
//! from what amount on it is free, what is kept of a refund.
//!
//! Pages are read sentence by sentence, in English; what is said in other words is not found, so silence proves nothing.

mod charges;

use std::collections::BTreeSet;
use std::fmt;

use commerce::{Currency, Money};
use serde::Serialize;

use super::Policy;
use crate::Goods;
use crate::price_rule::{FreeShipping, When};

/// Words of a sentence about sending goods back.
const RETURNING: [&str; 7] = ["return", "returns", "returned", "back", "refund", "refunds", "refunded"];
/// Words that make a stretch of time one of something else.
const OTHER_TIMES: [&str; 8] =
    ["warranty", "guarantee", "working", "business", "price", "prices", "photo", "credited"];
/// Words before an amount from which on something holds.
const FROM: [&str; 7] = ["over", "from", "above", "exceeding", "least", "than", "spend"];
/// Words of a sentence about delivery.
const DELIVERING: [&str; 8] =
    ["shipping", "ship", "ships", "delivery", "delivered", "deliver", "standard", "postage"];
/// Numbers that shops write in words.
const NUMBERS: [(&str, u32); 8] = [
    ("seven", 7),
    ("ten", 10),
    ("fourteen", 14),
    ("fifteen", 15),
    ("thirty", 30),
    ("sixty", 60),
    ("ninety", 90),
    ("one", 1),
];
/// Units of time, in days.
const UNITS: [(&str, u32); 3] = [("day", 1), ("week", 7), ("month", 30)];

/// One page.
#[derive(Clone, Copy, Debug)]
pub struct PageText<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its text: sentences, rows `Column: cell; Column: cell`, one to a line.
    pub text: &'a str,
    /// Whether the whole page is about delivery.
    pub is_on_delivery: bool,
    /// Whether the whole page is about returns.
    pub is_on_returns: bool,
}

/// Where pages and policy differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The key of the policy: `returns.rule.window`.
    pub key: String,
    /// What the policy says.
    pub policy: String,
    /// What a page says, with its title; empty where no page says what the policy does.
    pub page: String,
}

/// What one sentence says.
struct Saying<'a> {
    title: &'a str,
    sentence: &'a str,
    words: Vec<String>,
    is_on_delivery: bool,
    is_on_returns: bool,
}

/// Where these pages and the policy differ.
pub fn differences(policy: &Policy, pages: &[PageText<'_>]) -> Vec<Difference> {
    let sayings: Vec<Saying<'_>> = pages.iter().flat_map(sayings).collect();
    let mut found = windows(policy, &sayings);
    found.extend(free_from(policy, &sayings));
    found.extend(prices(policy, &sayings));
    found.extend(charges::surcharges(policy, &sayings));
    found.extend(charges::deductions(policy, &sayings));
    found
}

fn windows(policy: &Policy, sayings: &[Saying<'_>]) -> Vec<Difference> {
    let rules = &policy.returns.rules;
    let own: BTreeSet<u32> = match policy.returns.is_offered {
        true => rules.iter().filter_map(|rule| rule.window).map(|window| window.minutes() / 1_440).collect(),
        false => BTreeSet::new(),
    };
    let said: Vec<(u32, &Saying<'_>)> = sayings
        .iter()
        .flat_map(|saying| saying.return_days().into_iter().map(move |days| (days, saying)))
        .collect();
    let shown = match own.is_empty() {
        true => "nothing comes back".to_owned(),
        false => own.iter().map(|days| format!("{days} days")).collect::<Vec<_>>().join(", "),
    };
    let key = "returns.rule.window";
    let mut found = unsaid(key, &shown, said.iter().filter(|(days, _)| !own.contains(days)));
    let general =
        rules.iter().rev().find(|rule| rule.goods == Goods::Everything).and_then(|rule| rule.window);
    let general = general.map(|window| window.minutes() / 1_440).filter(|_| policy.returns.is_offered);
    if let Some(days) = general.filter(|days| !said.is_empty() && said.iter().all(|(said, _)| said != days)) {
        let policy = format!("{days} days for what no other rule fits");
        found.push(Difference { key: key.to_owned(), policy, page: String::new() });
    }
    found
}

fn free_from(policy: &Policy, sayings: &[Saying<'_>]) -> Vec<Difference> {
    let rates = policy.shipping.methods.iter().flat_map(|method| &method.rates);
    let by_rate = rates.filter(|rate| rate.price.minor() == 0).filter_map(|rate| rate.from_subtotal.as_ref());
    let rules = policy.price_rules.iter().filter(|rule| rule.free_shipping != FreeShipping::No);
    let by_rule = rules.filter_map(|rule| least(&rule.when));
    let own: BTreeSet<i64> = by_rate.chain(by_rule).map(super::Price::minor).collect();
    let shown = amounts(&own, policy.currency, "delivery is free from no amount on");
    let said: Vec<(i64, &Saying<'_>)> = sayings
        .iter()
        .flat_map(|saying| saying.free_from(policy.currency).into_iter().map(move |from| (from, saying)))
        .collect();
    unsaid("shipping.method.rate.from_subtotal", &shown, said.iter().filter(|(from, _)| !own.contains(from)))
}

/// The subtotal that a condition asks for.
fn least(when: &When) -> Option<&super::Price> {
    match when {
        When::SubtotalAtLeast(price) => Some(price),
        When::All(parts) => parts.iter().find_map(least),
        _ => None,
    }
}

/// What delivery costs by the policy and no page about delivery names, where such pages name amounts at all.
fn prices(policy: &Policy, sayings: &[Saying<'_>]) -> Vec<Difference> {
    let on_delivery = sayings.iter().filter(|saying| saying.is_on_delivery);
    let said: BTreeSet<i64> = on_delivery.flat_map(|saying| saying.amounts(policy.currency)).collect();
    let mut found = Vec::new();
    for method in policy.shipping.methods.iter().filter(|_| !said.is_empty()) {
        let prices: BTreeSet<i64> = method.rates.iter().map(|rate| rate.price.minor()).collect();
        for price in prices.into_iter().filter(|price| *price > 0 && !said.contains(price)) {
            let price = Money::new(price, policy.currency);
            let policy = format!("{price} for \"{}\"", method.title);
            found.push(Difference {
                key: "shipping.method.rate.price".to_owned(),
                policy,
                page: String::new(),
            });
        }
    }
    found
}

/// A difference for each thing that is said, once.
fn unsaid<'a, T: Ord + 'a>(
    key: &str,
    shown: &str,
    said: impl Iterator<Item = &'a (T, &'a Saying<'a>)>,
) -> Vec<Difference> {
    let mut seen = BTreeSet::new();
    let new = said.filter(|(what, _)| seen.insert(what)).map(|(_, saying)| *saying);
    let of = |saying: &Saying<'_>| Difference {
        key: key.to_owned(),
        policy: shown.to_owned(),
        page: format!("{}: “{}”", saying.title, saying.sentence),
    };
    new.map(of).collect()
}

fn amounts(own: &BTreeSet<i64>, currency: Currency, none: &str) -> String {
    match own.is_empty() {
        true => none.to_owned(),
        false => own.iter().map(|own| Money::new(*own, currency).to_string()).collect::<Vec<_>>().join(", "),
    }
}

fn sayings<'a>(page: &PageText<'a>) -> Vec<Saying<'a>> {
    let parts = page.text.lines().flat_map(|line| line.split_inclusive(['.', '!', '?'])).collect();
    let of = |sentence: &'a str| Saying {
        title: page.title,
        sentence: sentence.trim(),
        words: words(sentence),
        is_on_delivery: page.is_on_delivery,
        is_on_returns: page.is_on_returns,
    };
    join_amounts(page.text, parts).into_iter().map(of).collect()
}

/// Sentences that a decimal point has cut are put together again.
fn join_amounts<'a>(text: &'a str, parts: Vec<&'a str>) -> Vec<&'a str> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for part in parts {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        let goes_on = part.starts_with(|c: char| c.is_ascii_digit());
        match joined.last_mut() {
            Some((_, end)) if goes_on && *end == start => *end = start + part.len(),
            _ => joined.push((start, start + part.len())),
        }
    }
    joined
        .into_iter()
        .filter_map(|(start, end)| text.get(start..end))
        .filter(|part| !part.trim().is_empty())
        .collect()
}

fn words(sentence: &str) -> Vec<String> {
    let is_kept = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '$' | '€' | '£' | '%');
    let split = sentence.split(|c: char| !is_kept(c));
    let trimmed = split.map(|word| word.trim_matches(['.', ',']).to_lowercase());
    trimmed.filter(|word| !word.is_empty()).collect()
}

impl Saying<'_> {
    fn has(&self, list: &[&str]) -> bool {
        self.words.iter().any(|word| list.contains(&word.as_str()))
    }

    /// The days within which goods come back, as far as the sentence is about that.
    fn return_days(&self) -> Vec<u32> {
        if !self.has(&RETURNING) || self.has(&OTHER_TIMES) {
            return Vec::new();
        }
        let is_about = self.is_on_returns || self.has(&["return", "returned", "back"]);
        let pairs = self.words.windows(2).filter(|_| is_about);
        pairs.filter_map(|pair| Some(number(&pair[0])? * unit(&pair[1])?)).filter(|days| *days >= 7).collect()
    }

    /// The amounts from which on delivery is free.
    fn free_from(&self, currency: Currency) -> Vec<i64> {
        if !self.has(&["free"]) || self.has(&["not"]) || !(self.is_on_delivery || self.has(&DELIVERING)) {
            return Vec::new();
        }
        let pairs = self.words.windows(2).filter(|pair| FROM.contains(&pair[0].as_str()));
        pairs.filter_map(|pair| amount(&pair[1], currency)).collect()
    }

    fn amounts(&self, currency: Currency) -> Vec<i64> {
        self.words.iter().filter_map(|word| amount(word, currency)).collect()
    }
}

fn number(word: &str) -> Option<u32> {
    let named = NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    named.or_else(|| word.parse().ok()).filter(|number| *number <= 3_650)
}

fn unit(word: &str) -> Option<u32> {
    let word = word.strip_suffix('s').unwrap_or(word);
    UNITS.iter().find(|(name, _)| *name == word).map(|(_, days)| *days)
}

/// An amount with its sign, in minor units.
fn amount(word: &str, currency: Currency) -> Option<i64> {
    let digits = word.trim_start_matches(['$', '€', '£']);
    let has_sign = digits.len() < word.len() && digits.starts_with(|c: char| c.is_ascii_digit());
    let money = has_sign.then(|| Money::parse(digits, Some(currency)).ok()).flatten()?;
    Some(money.amount_minor)
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.page.is_empty() {
            true => write!(f, "{}: the policy has {}, and no page says so", self.key, self.policy),
            false => write!(f, "{}: the policy has {}, but {}", self.key, self.policy, self.page),
        }
    }
}
