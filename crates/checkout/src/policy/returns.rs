//! `[returns]`: what may come back, until when, in which condition, and how the money goes back.

use serde::{Deserialize, Serialize};

use super::fault::Check;
use super::{Price, Window};
use crate::ItemCondition;
use crate::exact::Percent;
use crate::goods::Goods;

/// What may come back. Without the table nothing may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReturnPolicy {
    /// Whether returns are taken at all.
    pub is_offered: bool,
    /// The reasons of which one has to be given; empty: none is asked for.
    pub reasons: Vec<String>,
    /// Where the refund may go.
    pub refund_to: Vec<RefundTo>,
    /// When the money goes back.
    pub settle: Settle,
    /// How many returns and exchanges an order may have, all together; left out: as many as there are items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_per_order: Option<u32>,
    /// Who pays for the label.
    pub is_label_free: bool,
    /// The first rule that fits an item counts; an item that no rule fits cannot come back.
    #[serde(rename = "rule")]
    pub rules: Vec<ReturnRule>,
    /// Sums that are kept of refunds, in the order in which they are told; of what is left of a refund, no more than that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<KeptSum>,
}

/// A sum that is kept of a refund, such as for a label, for cleaning, or for the freight that collects the goods. Nothing is kept of
/// what is defective, and nothing of an exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptSum {
    /// What it is for, as a shopper reads it: `the return label`.
    pub what: String,
    /// How much.
    pub amount: Price,
    /// How often.
    #[serde(default)]
    pub per: KeptPer,
    /// For which goods.
    #[serde(default)]
    pub goods: Goods,
    /// In which conditions that the shopper names; empty is any.
    #[serde(default)]
    pub conditions: Vec<ItemCondition>,
    /// Whether it pays the way back, so that no other postage is the shopper's.
    #[serde(default)]
    pub pays_return: bool,
}

/// How often a sum is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptPer {
    /// Once for all that comes back together.
    #[default]
    Return,
    /// For each piece of the goods.
    Piece,
}

/// What holds for some goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnRule {
    /// Which goods.
    #[serde(default)]
    pub goods: Goods,
    /// How long after the delivery; left out: without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Conditions in which an item is taken back; empty is any, and none is asked for.
    #[serde(default)]
    pub conditions: Vec<ItemCondition>,
    /// Sold for good: only what arrived defective comes back.
    #[serde(default)]
    pub is_final_sale: bool,
    /// What is kept of the refund unless the item is defective.
    #[serde(default)]
    pub restocking_fee: Percent,
}

/// Where a refund may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundTo {
    /// What the order was paid with.
    Original,
    /// A gift card that the shopper has.
    GiftCard,
    /// Any other method of the shopper.
    OtherMethod,
}

/// When the money of a return or exchange moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settle {
    /// When the goods are back and looked at.
    #[default]
    OnReceipt,
    /// With the request.
    OnRequest,
}

impl ReturnPolicy {
    pub(super) fn check(&self, check: &mut Check<'_>) {
        if !self.is_offered {
            return;
        }
        check.require(
            !self.refund_to.is_empty(),
            "returns.refund_to",
            "no refund could be made",
            "add \"original\"",
        );
        check.require(!self.rules.is_empty(), "returns", "no item could come back", "add a [[returns.rule]]");
        check.require(
            self.max_per_order != Some(0),
            "returns.max_per_order",
            "0 allows nothing",
            "set is_offered = false",
        );
        for (place, rule) in self.rules.iter().enumerate() {
            let key = format!("returns.rule[{place}]");
            check.goods(&rule.goods, &format!("{key}.goods"));
            let is_fine = rule.restocking_fee.millionths() <= 1_000_000;
            check.require(
                is_fine,
                &format!("{key}.restocking_fee"),
                "the fee is above 100%",
                "check the decimal point",
            );
            let is_last = place + 1 == self.rules.len();
            let is_reached = rule.goods != Goods::Everything || is_last;
            let what = "the rules after this one are never reached";
            check.require(is_reached, &format!("{key}.goods"), what, "put the rule for everything last");
        }
        for (place, kept) in self.kept.iter().enumerate() {
            kept.check(check, &format!("returns.kept[{place}]"));
        }
    }
}

impl KeptSum {
    fn check(&self, check: &mut Check<'_>, key: &str) {
        let is_fine = !self.what.trim().is_empty();
        check.require(is_fine, &format!("{key}.what"), "shoppers would read nothing", "say what it is for");
        check.goods(&self.goods, &format!("{key}.goods"));
        check.price(&self.amount, &format!("{key}.amount"));
        let is_fine = self.amount.minor() > 0;
        check.require(is_fine, &format!("{key}.amount"), "nothing is kept", "take the sum out");
        let is_fine = !self.conditions.contains(&ItemCondition::Defective);
        let what = "nothing is kept of what is defective";
        check.require(is_fine, &format!("{key}.conditions"), what, "take \"defective\" out");
    }
}
