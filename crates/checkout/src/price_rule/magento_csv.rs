//! The cart price rules of Magento 2 (Adobe Commerce), as a CSV file with the columns of its `salesrule` table.
//!
//! A rule that cannot be said here is left out and reported; it is never read as something else.

mod condition;
mod rows;

use std::fmt;

use commerce::{Currency, Money};

use super::{Deduct, FreeShipping, PriceRule};
use crate::exact::Percent;
use crate::policy::Price;

use condition::Reader;
use rows::{Row, rows};

/// What a file gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rules, in the file's order; `priority` keeps it.
    pub rules: Vec<PriceRule>,
    /// Rules that were left out.
    pub diagnostics: Vec<RuleDiagnostic>,
}

/// Why a rule was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDiagnostic {
    /// Which row, the header being the first.
    pub row: usize,
    /// Which column.
    pub field: String,
    /// What is wrong, and how to mend it.
    pub what: String,
}

/// Reads a file. `category` gives the path of a category for what the file calls it by: an id or a URL key.
pub fn read(text: &str, currency: Currency, category: &dyn Fn(&str) -> Option<String>) -> Imported {
    let mut imported = Imported::default();
    for (place, row) in rows(text).iter().enumerate() {
        let number = place + 2;
        match rule(row, place, currency, category) {
            Ok(rule) => imported.rules.push(rule),
            Err((field, what)) => {
                imported.diagnostics.push(RuleDiagnostic { row: number, field: field.to_owned(), what });
            }
        }
    }
    imported
}

/// The column at fault, and what is wrong.
type Fault = (&'static str, String);

fn rule(
    row: &Row,
    place: usize,
    currency: Currency,
    category: &dyn Fn(&str) -> Option<String>,
) -> Result<PriceRule, Fault> {
    let title = row.text("name");
    if title.is_empty() {
        return Err(("name", "the rule has no name; give it one".to_owned()));
    }
    if row.is_on("apply_to_shipping") {
        let what = "a discount on the delivery cannot be said; use free delivery or another price for it";
        return Err(("apply_to_shipping", what.to_owned()));
    }
    let reader = Reader { currency, category };
    let when =
        reader.when(row.text("conditions_serialized")).map_err(|what| ("conditions_serialized", what))?;
    let goods = reader.goods(row.text("actions_serialized")).map_err(|what| ("actions_serialized", what))?;
    let code = row.text("coupon_code");
    Ok(PriceRule {
        id: slug(title, place),
        title: title.to_owned(),
        is_active: row.is_on("is_active"),
        priority: row.text("sort_order").parse().unwrap_or(i32::try_from(place).unwrap_or(i32::MAX)),
        is_exclusive: row.is_on("stop_rules_processing"),
        from: None,
        until: None,
        coupon: (!code.is_empty()).then(|| code.to_owned()),
        max_uses: count(row, "uses_per_coupon")?,
        max_uses_per_shopper: count(row, "uses_per_customer")?,
        when,
        goods,
        deduct: deduct(row, currency)?,
        delivery: None,
        is_shared: false,
        free_shipping: match row.text("simple_free_shipping") {
            "1" => FreeShipping::Goods,
            "2" => FreeShipping::Cart,
            _ => FreeShipping::No,
        },
    })
}

fn deduct(row: &Row, currency: Currency) -> Result<Deduct, Fault> {
    let amount = row.text("discount_amount");
    let is_zero = amount.trim_matches(['0', '.']).is_empty();
    let bad = || ("discount_amount", format!("\"{amount}\" is no amount; write a number such as 20 or 4.50"));
    let price = || Money::parse(amount, Some(currency)).map(Price::of).map_err(|_| bad());
    Ok(match row.text("simple_action") {
        _ if is_zero => Deduct::Nothing,
        // The database writes `20.0000`.
        "by_percent" => Deduct::Percent(Percent::parse(amount).ok_or_else(bad)?),
        "by_fixed" => Deduct::EachBy(price()?),
        "cart_fixed" => Deduct::TogetherBy(price()?),
        "to_fixed" => Deduct::EachAt(price()?),
        "buy_x_get_y" => {
            let whole = |name: &'static str| {
                let text = row.text(name).split('.').next().unwrap_or_default();
                let number = text.parse::<u32>().ok().filter(|number| (1..=10_000).contains(number));
                number.ok_or_else(|| (name, "a whole number of pieces is needed; write 1 or more".to_owned()))
            };
            let (buy, get) = (whole("discount_step")?, whole("discount_amount")?);
            Deduct::BuyGet { buy, get, percent: Percent::of_millionths(1_000_000), max_groups: None }
        }
        other => {
            return Err((
                "simple_action",
                format!("\"{other}\" is not known; use by_percent, by_fixed, cart_fixed or buy_x_get_y"),
            ));
        }
    })
}

fn count(row: &Row, name: &'static str) -> Result<Option<u32>, Fault> {
    match row.text(name) {
        "" | "0" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| (name, format!("\"{text}\" is no count; write a whole number"))),
    }
}

/// An id from the name, told apart by its place.
fn slug(title: &str, place: usize) -> String {
    let words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6)
        .map(str::to_lowercase)
        .collect();
    format!("{}-{}", words.join("-"), place + 1)
}

impl fmt::Display for RuleDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}, {}: {}", self.row, self.field, self.what)
    }
}
