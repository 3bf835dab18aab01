//! What the machines stand on: the things a request is about, loaded by the caller from its store. A shell may load only
//! those that a command touches; the machines never ask for more.

use std::collections::BTreeMap;

use commerce::VariantId;
use serde::{Deserialize, Serialize};

use crate::decide::fingerprint;
use crate::price_history::PriceHistory;
use crate::{
    Alert, AlertId, Cart, CartId, Contact, Item, Key, Mandate, MandateId, Order, OrderId, Owner, Return,
    ReturnId, Shopper, ShopperId, StockLevel,
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
    by: Vec<(Redeemer, u32)>,
}

/// Who used a price rule. An order counts for its owner and for its mail address, so that a guest who comes again under another
/// session is known; the sum counts it once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Redeemer {
    /// An account or the session of a guest.
    Owner(Owner),
    /// The digest of a mail address.
    Mail(String),
}

impl Redeemer {
    /// An owner and the digest of a mail address, where there is one.
    pub(crate) fn of(owner: &Owner, mail: Option<&String>) -> impl Iterator<Item = Self> {
        std::iter::once(Self::Owner(owner.clone())).chain(mail.cloned().map(Self::Mail))
    }

    /// The digest of a mail address; case does not count.
    pub(crate) fn mail(contact: &Contact) -> Option<String> {
        let mail = contact.email.trim().to_lowercase();
        (!mail.is_empty()).then(|| fingerprint(&["mail", &mail]))
    }
}

impl RuleUses {
    /// By everybody.
    pub fn total(&self, rule: &str) -> u32 {
        self.0.get(rule).map_or(0, |uses| uses.total)
    }

    /// By one of those who can use it.
    pub fn by(&self, rule: &str, redeemer: &Redeemer) -> u32 {
        let uses = self.0.get(rule).map_or(&[][..], |uses| &uses.by);
        uses.binary_search_by(|(user, _)| user.cmp(redeemer)).map_or(0, |place| uses[place].1)
    }

    /// Sets what a store knows: how often in all, and how often by one of those who can use it.
    pub fn set(&mut self, rule: &str, total: u32, redeemer: &Redeemer, times: u32) {
        let uses = self.0.entry(rule.to_owned()).or_default();
        uses.total = total;
        *uses.of(redeemer) = times;
    }

    pub(crate) fn add(&mut self, rule: &str, by: impl IntoIterator<Item = Redeemer>, times: i32) {
        let uses = self.0.entry(rule.to_owned()).or_default();
        uses.total = uses.total.saturating_add_signed(times);
        for redeemer in by {
            let own = uses.of(&redeemer);
            *own = own.saturating_add_signed(times);
        }
    }
}

impl Uses {
    fn of(&mut self, redeemer: &Redeemer) -> &mut u32 {
        let place = self.by.binary_search_by(|(user, _)| user.cmp(redeemer)).unwrap_or_else(|place| {
            self.by.insert(place, (redeemer.clone(), 0));
            place
        });
        &mut self.by[place].1
    }
}
