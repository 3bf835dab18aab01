//! What the machines stand on: the things a request is about, loaded by the caller from its store. A shell may load only
//! those that a command touches; the machines never ask for more.

use std::collections::BTreeMap;

use commerce::VariantId;
use serde::{Deserialize, Serialize};

use crate::price_history::PriceHistory;
use crate::{
    Alert, AlertId, Cart, CartId, Item, Key, Mandate, MandateId, Order, OrderId, Owner, Return, ReturnId,
    Shopper, ShopperId, StockLevel,
};

/// Everything, or as much of it as a request needs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// What is for sale, as a snapshot of the catalog: no command changes it.
    pub items: BTreeMap<VariantId, Item>,
    /// Counted stock; a variant that is missing is not counted.
    pub stock: BTreeMap<VariantId, StockLevel>,
    /// People with an account.
    pub shoppers: BTreeMap<ShopperId, Shopper>,
    /// Carts.
    pub carts: BTreeMap<CartId, Cart>,
    /// Orders.
    pub orders: BTreeMap<OrderId, Order>,
    /// Returns and exchanges.
    pub returns: BTreeMap<ReturnId, Return>,
    /// Price alerts.
    pub alerts: BTreeMap<AlertId, Alert>,
    /// Standing orders.
    pub mandates: BTreeMap<MandateId, Mandate>,
    /// What variants have cost.
    pub prices: BTreeMap<VariantId, PriceHistory>,
    /// How often limited price rules were used.
    pub rule_uses: RuleUses,
    /// Keys of requests that were carried out, with the digest of each.
    pub handled: BTreeMap<Key, String>,
}

/// How often price rules with a limit were used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleUses(BTreeMap<String, Uses>);

/// How often one rule was used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Uses {
    total: u32,
    by: Vec<(Owner, u32)>,
}

impl RuleUses {
    /// By everybody.
    pub fn total(&self, rule: &str) -> u32 {
        self.0.get(rule).map_or(0, |uses| uses.total)
    }

    /// By one owner.
    pub fn by(&self, rule: &str, owner: &Owner) -> u32 {
        let uses = self.0.get(rule).map_or(&[][..], |uses| &uses.by);
        uses.binary_search_by(|(user, _)| user.cmp(owner)).map_or(0, |place| uses[place].1)
    }

    /// Sets what a store knows: how often in all, and how often by one owner.
    pub fn set(&mut self, rule: &str, total: u32, owner: &Owner, times: u32) {
        let uses = self.0.entry(rule.to_owned()).or_default();
        uses.total = total;
        *uses.of(owner) = times;
    }

    pub(crate) fn add(&mut self, rule: &str, owner: &Owner, times: i32) {
        let uses = self.0.entry(rule.to_owned()).or_default();
        uses.total = uses.total.saturating_add_signed(times);
        let own = uses.of(owner);
        *own = own.saturating_add_signed(times);
    }
}

impl Uses {
    fn of(&mut self, owner: &Owner) -> &mut u32 {
        let place = self.by.binary_search_by(|(user, _)| user.cmp(owner)).unwrap_or_else(|place| {
            self.by.insert(place, (owner.clone(), 0));
            place
        });
        &mut self.by[place].1
    }
}
