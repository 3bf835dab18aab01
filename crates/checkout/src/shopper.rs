//! People with an account: how they are reached, where they live, how they pay.

mod take_over;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::{Case, Plan};
use crate::{Actor, Change, GuestId, MethodId, Refusal, ShopperId};

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shopper {
    /// Who.
    pub id: ShopperId,
    /// First and last name.
    pub name: String,
    /// Where mail goes; empty where unknown.
    #[serde(default)]
    pub email: String,
    /// Where parcels go unless an order says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Ways to pay.
    #[serde(default)]
    pub methods: BTreeMap<MethodId, Method>,
    /// Public keys (Ed25519) whose signatures under a mandate count, as 64 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mandate_keys: Vec<String>,
}

/// Where a parcel goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Street and number.
    pub line1: String,
    /// Flat, floor, company; empty where there is none.
    #[serde(default)]
    pub line2: String,
    /// The town.
    pub city: String,
    /// State, province or county; empty where the country has none.
    #[serde(default)]
    pub region: String,
    /// The postcode.
    pub postcode: String,
    /// The country.
    pub country: String,
}

/// A way to pay. Numbers of cards are never held: `id` is the provider's token or the shop's own number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// What kind.
    pub kind: MethodKind,
    /// What a shopper recognises it by, such as `Visa ending in 4242`.
    pub label: String,
    /// What is left on a gift card of the shop, in minor units of the shop's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance_minor: Option<i64>,
}

/// Kinds of ways to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MethodKind {
    /// A credit or debit card.
    Card,
    /// An account with a payment service.
    Wallet,
    /// A gift card or store credit: the shop itself keeps its balance.
    GiftCard,
    /// A transfer or direct debit.
    Bank,
    /// Paid after delivery.
    Invoice,
}

/// What can be done to a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProfileCommand {
    /// Another default address.
    ChangeAddress {
        /// Whose; a shopper names themself.
        shopper: ShopperId,
        /// Where parcels go from now on.
        address: Address,
    },
    /// A guest has shown to be this shopper: the orders and alerts of that session are theirs. Only the shop says so.
    TakeOver {
        /// Whose they are from now on.
        shopper: ShopperId,
        /// Whose they were.
        guest: GuestId,
    },
}

/// What became of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShopperChange {
    /// The default address is another one.
    AddressChanged(Address),
    /// A gift card was charged (below zero) or filled.
    BalanceMoved {
        /// Which one.
        method: MethodId,
        /// By how much.
        by_minor: i64,
    },
}

impl Address {
    /// The longest line of an address, in bytes.
    pub const MAX_LINE_BYTES: usize = 200;

    /// The first field that keeps a parcel from arriving: blank, too long or with control characters.
    pub fn fault(&self) -> Option<&'static str> {
        let needed = [
            ("street", &self.line1),
            ("town", &self.city),
            ("postcode", &self.postcode),
            ("country", &self.country),
        ];
        let is_bad = |text: &str| text.len() > Self::MAX_LINE_BYTES || text.contains(char::is_control);
        if let Some((name, _)) = needed.iter().find(|(_, text)| text.trim().is_empty() || is_bad(text)) {
            return Some(name);
        }
        let rest = [("second line", &self.line2), ("state", &self.region)];
        rest.iter().find(|(_, text)| is_bad(text)).map(|(name, _)| *name)
    }

    /// The address on one line.
    pub fn one_line(&self) -> String {
        let place = [self.city.as_str(), &self.region, &self.postcode].map(str::trim);
        let place = place.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let parts = [self.line1.trim(), self.line2.trim(), &place, self.country.trim()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn checked(&self) -> Result<(), Refusal> {
        self.fault().map_or(Ok(()), |field| Err(Refusal::AddressIncomplete { field: field.to_owned() }))
    }
}

impl Shopper {
    /// The method of this id, if it is theirs.
    pub(crate) fn method(&self, id: &MethodId) -> Result<&Method, Refusal> {
        self.methods.get(id).ok_or_else(|| Refusal::MethodNotFound { method: id.clone() })
    }

    /// Lays a change over the profile.
    pub fn apply(&mut self, change: &ShopperChange) {
        match change {
            ShopperChange::AddressChanged(address) => self.address = Some(address.clone()),
            ShopperChange::BalanceMoved { method, by_minor } => {
                if let Some(method) = self.methods.get_mut(method) {
                    method.balance_minor = Some(method.balance_minor.unwrap_or(0) + by_minor);
                }
            }
        }
    }
}

/// Decides a command on a profile.
pub(crate) fn plan(case: &Case<'_>, command: &ProfileCommand) -> Result<Plan, Refusal> {
    let (id, address) = match command {
        ProfileCommand::ChangeAddress { shopper, address } => (shopper, address),
        ProfileCommand::TakeOver { shopper, guest } => return take_over::plan(case, shopper, guest),
    };
    let is_own = case.actor.is_shop() || matches!(case.actor, Actor::Shopper(own) if own == id);
    case.state.shoppers.get(id).filter(|_| is_own).ok_or(Refusal::ShopperNotFound)?;
    address.checked()?;
    let mut plan = Plan::default();
    plan.tell(|mood| {
        format!("Your default address {} {}.", mood.of("becomes", "would become"), address.one_line())
    });
    plan.push(Change::Shopper {
        shopper: id.clone(),
        change: ShopperChange::AddressChanged(address.clone()),
    });
    Ok(plan)
}
