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
pub struct RuleUses(BTreeMap<String, Vec<(Owner, u32)>>);

impl RuleUses {
    /// By everybody.
    pub fn total(&self, rule: &str) -> u32 {
        self.of(rule).map(|(_, times)| times).sum()
    }

    /// By one owner.
    pub fn by(&self, rule: &str, owner: &Owner) -> u32 {
        self.of(rule).filter(|(user, _)| user == owner).map(|(_, times)| times).sum()
    }

    pub(crate) fn add(&mut self, rule: &str, owner: &Owner, times: i32) {
        let uses = self.0.entry(rule.to_owned()).or_default();
        match uses.binary_search_by(|(user, _)| user.cmp(owner)) {
            Ok(place) => uses[place].1 = uses[place].1.saturating_add_signed(times),
            Err(place) => uses.insert(place, (owner.clone(), times.max(0) as u32)),
        }
    }

    fn of(&self, rule: &str) -> impl Iterator<Item = &(Owner, u32)> {
        self.0.get(rule).into_iter().flatten()
    }
}
