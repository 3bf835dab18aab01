//! What is wrong with a policy file: where, what, and how to mend it.

use std::fmt;

use commerce::Currency;
use serde::Serialize;

use super::{MAX_POLICY_BYTES, Price};
use crate::Goods;
use crate::exact::MAX_AMOUNT_MINOR;
use crate::goods::MAX_NESTING;

/// One fault of a policy file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The line, counted from one; zero where the whole file is meant.
    pub line: usize,
    /// The key, with its tables: `returns.rule[1].window`.
    pub key: String,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

/// Collects faults of meaning and finds their lines.
pub(crate) struct Check<'a> {
    text: &'a str,
    currency: Currency,
    pub(crate) faults: Vec<Fault>,
}

impl Fault {
    pub(crate) fn of_syntax(text: &str, error: &toml::de::Error) -> Self {
        let line =
            error.span().map_or(0, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
        let key = key_at(text, line);
        let what = error.message().replace('\n', " ");
        if let Some((what, mend)) = what.split_once("; ") {
            return Self { line, key, what: what.to_owned(), mend: mend.to_owned() };
        }
        let mend = match what.as_str() {
            what if what.starts_with("unknown field") => {
                "use one of the keys that are listed, or take it out"
            }
            what if what.starts_with("unknown variant") => "use one of the words that are listed",
            what if what.starts_with("missing field") => "add the key to the table that begins at this line",
            what if what.starts_with("invalid type") => "write the value as the example file does",
            _ => "compare the line with the example file",
        };
        Self { line, key, what, mend: mend.to_owned() }
    }

    pub(crate) fn too_large() -> Self {
        Self {
            line: 0,
            key: String::new(),
            what: format!("the file has more than {MAX_POLICY_BYTES} bytes"),
            mend: "put long lists of discounts into coupons with conditions".to_owned(),
        }
    }
}

impl<'a> Check<'a> {
    pub(crate) fn new(text: &'a str, currency: Currency) -> Self {
        Self { text, currency, faults: Vec::new() }
    }

    /// Notes a fault at a key unless `is_fine`.
    pub(crate) fn require(&mut self, is_fine: bool, key: &str, what: impl Into<String>, mend: &str) {
        if !is_fine {
            let fault = Fault {
                line: line_of(self.text, key),
                key: key.to_owned(),
                what: what.into(),
                mend: mend.into(),
            };
            self.faults.push(fault);
        }
    }

    /// Notes a fault unless the price is in the shop's currency and not beyond the largest amount.
    pub(crate) fn price(&mut self, price: &Price, key: &str) {
        let (money, currency) = (price.money(), self.currency);
        let what = format!("{} is not in the shop's currency, {currency}", money);
        self.require(money.currency == currency, key, what, "write the amount in the currency of the shop");
        let is_sane = (0..=MAX_AMOUNT_MINOR).contains(&money.amount_minor);
        self.require(is_sane, key, "the amount is too large", "check the number of digits");
    }

    /// Notes a fault where a condition is empty or nested too deep.
    pub(crate) fn goods(&mut self, goods: &Goods, key: &str) {
        let is_fine = goods.depth() <= MAX_NESTING;
        self.require(is_fine, key, "the condition is nested too deep", "use `any` with a flat list");
        match goods {
            Goods::Category(path) => {
                let is_fine = path.split('>').all(|name| !name.trim().is_empty());
                self.require(is_fine, key, "the category has a blank name", "write \"Women > Tops\"");
            }
            Goods::Sku(list) | Goods::Attribute { any_of: list, .. } => {
                self.require(!list.is_empty(), key, "the list is empty", "name at least one value");
            }
            Goods::PriceAtLeast(price) | Goods::PriceBelow(price) => self.price(price, key),
            Goods::All(parts) | Goods::Any(parts) | Goods::None(parts) => {
                self.require(!parts.is_empty(), key, "the list of conditions is empty", "name at least one");
                parts.iter().for_each(|part| self.goods(part, key));
            }
            Goods::Everything | Goods::OnSale(_) | Goods::WeightAtLeastGrams(_) => {}
        }
    }
}

/// The line of a key such as `returns.rule[1].window`, or of the nearest table above it that the file has.
fn line_of(text: &str, key: &str) -> usize {
    let mut wanted = key;
    loop {
        if let Some((line, _)) = keys(text).find(|(_, known)| known == wanted) {
            return line;
        }
        match wanted.rfind(['.', '[']) {
            Some(end) => wanted = &wanted[..end],
            None => return 0,
        }
    }
}

/// The key that stands at a line, or last before it.
fn key_at(text: &str, line: usize) -> String {
    keys(text).take_while(|(at, _)| *at <= line).last().map_or_else(String::new, |(_, key)| key)
}

/// Every table and key with its line. Values over several lines are not told from keys, which does no harm here.
fn keys(text: &str) -> impl Iterator<Item = (usize, String)> {
    let mut counts: std::collections::BTreeMap<String, usize> = Default::default();
    let mut table = String::new();
    text.lines().enumerate().filter_map(move |(place, line)| {
        let line = line.trim();
        let key = if let Some(name) = line.strip_prefix("[[").and_then(|rest| rest.split("]]").next()) {
            // `[[shipping.method.rate]]` belongs to the last `[[shipping.method]]`.
            let name = match name.rsplit_once('.') {
                Some((parent, child)) if counts.contains_key(parent) => {
                    format!("{parent}[{}].{child}", counts[parent] - 1)
                }
                _ => name.to_owned(),
            };
            let count = counts.entry(name.clone()).or_default();
            *count += 1;
            table = format!("{name}[{}]", *count - 1);
            table.clone()
        } else if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            table = name.to_owned();
            table.clone()
        } else {
            let (key, _) = line.split_once('=').filter(|_| !line.starts_with('#'))?;
            match table.is_empty() {
                true => key.trim().to_owned(),
                false => format!("{table}.{}", key.trim()),
            }
        };
        Some((place + 1, key))
    })
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}; {}", self.line, self.key, self.what, self.mend)
    }
}
