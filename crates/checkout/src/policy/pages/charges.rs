//! What pages keep of refunds and charge for delivery, and the policy does not.

use std::collections::BTreeSet;

use super::{DELIVERING, Difference, FROM, RETURNING, Saying, amount, amounts, least, unsaid};
use crate::exact::Percent;
use crate::policy::{Policy, Price};

/// Words of a sentence about what is kept of a refund, or paid for sending something back.
const KEEPING: [&str; 16] = [
    "off",
    "deduct",
    "deducts",
    "deducted",
    "deduction",
    "less",
    "minus",
    "kept",
    "keep",
    "withhold",
    "withheld",
    "restocking",
    "fee",
    "cost",
    "costs",
    "charge",
];
const NOTHING_KEPT: &str = "nothing that is kept of a refund";
const NO_FIXED_SUM: &str = "no such sum that is kept of a refund";

/// Sums and shares that pages keep of refunds.
pub(super) fn deductions(policy: &Policy, sayings: &[Saying<'_>]) -> Vec<Difference> {
    let (key, kept) = ("returns.rule.restocking_fee", "returns.kept.amount");
    let fees = policy.returns.rules.iter().map(|rule| rule.restocking_fee);
    let own: BTreeSet<Percent> = fees.filter(|fee| fee.millionths() > 0).collect();
    let about: Vec<&Saying<'_>> = sayings.iter().filter(|saying| saying.keeps_something()).collect();
    let sums: Vec<(i64, &Saying<'_>)> = about
        .iter()
        .flat_map(|saying| saying.amounts(policy.currency).into_iter().map(move |sum| (sum, *saying)))
        .collect();
    let shares: Vec<(Percent, &Saying<'_>)> = about
        .iter()
        .flat_map(|saying| {
            saying.words.iter().filter_map(|word| share(word)).map(move |share| (share, *saying))
        })
        .collect();
    let shown = match own.is_empty() {
        true => NOTHING_KEPT.to_owned(),
        false => own.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    };
    let own_sums: BTreeSet<i64> = policy.returns.kept.iter().map(|kept| kept.amount.minor()).collect();
    let shown_sums = amounts(&own_sums, policy.currency, NO_FIXED_SUM);
    let mut found = unsaid(kept, &shown_sums, sums.iter().filter(|(sum, _)| !own_sums.contains(sum)));
    found.extend(unsaid(key, &shown, shares.iter().filter(|(share, _)| !own.contains(share))));
    found
}

/// Prices of delivery that pages name and no rate has: a surcharge for what is bulky, or for a far region.
pub(super) fn surcharges(policy: &Policy, sayings: &[Saying<'_>]) -> Vec<Difference> {
    let rates = policy.shipping.methods.iter().flat_map(|method| &method.rates);
    let prices =
        rates.flat_map(|rate| [Some(&rate.price), rate.per_kilogram.as_ref(), rate.from_subtotal.as_ref()]);
    let by_rule = policy.price_rules.iter().filter_map(|rule| least(&rule.when));
    let added = policy.shipping.surcharges.iter().map(|surcharge| &surcharge.price);
    let own: BTreeSet<i64> = prices.flatten().chain(by_rule).chain(added).map(Price::minor).collect();
    let said: Vec<(i64, &Saying<'_>)> = sayings
        .iter()
        .filter(|saying| {
            saying.is_on_delivery || saying.has(&DELIVERING) && saying.has(&["surcharge", "extra"])
        })
        .filter(|saying| !saying.keeps_something())
        .flat_map(|saying| saying.prices(policy.currency).into_iter().map(move |price| (price, saying)))
        .collect();
    let shown = amounts(&own, policy.currency, "no price of delivery");
    unsaid("shipping.method.rate.price", &shown, said.iter().filter(|(price, _)| !own.contains(price)))
}

impl Saying<'_> {
    /// Whether the sentence is about what is kept of a refund.
    fn keeps_something(&self) -> bool {
        let is_bound = self.words.windows(2).any(|pair| pair[0] == "or" && pair[1] == "less");
        (self.is_on_returns || self.has(&RETURNING)) && self.has(&KEEPING) && !is_bound
    }

    /// Amounts but those from which on something holds.
    fn prices(&self, currency: commerce::Currency) -> Vec<i64> {
        let is_bound = |place: usize| place > 0 && FROM.contains(&self.words[place - 1].as_str());
        let priced = self.words.iter().enumerate().filter(|(place, _)| !is_bound(*place));
        priced.filter_map(|(_, word)| amount(word, currency)).collect()
    }
}

/// A share, with its sign.
fn share(word: &str) -> Option<Percent> {
    word.ends_with('%').then(|| Percent::parse(word)).flatten()
}
