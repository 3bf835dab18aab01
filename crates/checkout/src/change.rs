//! What can become of the state: one closed enum, which is what a store appends and what another machine replays.

use commerce::VariantId;
use serde::{Deserialize, Serialize};

use crate::alert::AlertChange;
use crate::cart::CartChange;
use crate::mandate::MandateChange;
use crate::order::OrderChange;
use crate::price_history::PricePoint;
use crate::returns::ReturnChange;
use crate::shopper::ShopperChange;
use crate::state::Redeemer;
use crate::stock::StockChange;
use crate::{AlertId, CartId, Key, MandateId, OrderId, Owner, ReturnId, ShopperId, State};

/// One change. Laying the changes of a decision over the state one after the other is all that happens; a store writes
/// them in one transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// To a cart.
    Cart {
        /// Which one.
        cart: CartId,
        /// What.
        change: CartChange,
    },
    /// To an order.
    Order {
        /// Which one.
        order: OrderId,
        /// What.
        change: OrderChange,
    },
    /// To a return or exchange.
    Return {
        /// Which one.
        id: ReturnId,
        /// What.
        change: ReturnChange,
    },
    /// To a variant's stock.
    Stock {
        /// Which variant.
        variant: VariantId,
        /// What.
        change: StockChange,
    },
    /// To a profile.
    Shopper {
        /// Whose.
        shopper: ShopperId,
        /// What.
        change: ShopperChange,
    },
    /// A price rule with a limit of uses was used (or, below zero, given back).
    RuleUsed {
        /// The rule.
        rule: String,
        /// By whom.
        owner: Owner,
        /// The digest of the order's mail address, for which it counts as well; old ledgers have none, and it stays where an order
        /// comes into an account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mail: Option<String>,
        /// How often.
        times: i32,
    },
    /// To an alert.
    Alert {
        /// Which one.
        alert: AlertId,
        /// What.
        change: AlertChange,
    },
    /// To a mandate.
    Mandate {
        /// Which one.
        mandate: MandateId,
        /// What.
        change: MandateChange,
    },
    /// A price was seen.
    Price {
        /// Of which variant.
        variant: VariantId,
        /// What and when.
        point: PricePoint,
    },
    /// A request was carried out; when it comes again it is not.
    Handled {
        /// Its key.
        key: Key,
        /// What it was.
        digest: String,
    },
}

/// Lays one change over the state. A change is the outcome of a decision and is never refused.
pub fn apply(state: &mut State, change: &Change) {
    match change {
        Change::Cart { cart, change } => crate::cart::apply(state, cart, change),
        Change::Order { order, change } => crate::order::apply(state, order, change),
        Change::Return { id, change } => crate::returns::apply(state, id, change),
        Change::Stock { variant, change } => {
            state.stock.entry(variant.clone()).or_default().apply(change);
        }
        Change::Shopper { shopper, change } => {
            if let Some(shopper) = state.shoppers.get_mut(shopper) {
                shopper.apply(change);
            }
        }
        Change::RuleUsed { rule, owner, mail, times } => {
            state.rule_uses.add(rule, Redeemer::of(owner, mail.as_ref()), *times);
        }
        Change::Alert { alert, change } => crate::alert::apply(state, alert, change),
        Change::Mandate { mandate, change } => crate::mandate::apply(state, mandate, change),
        Change::Price { variant, point } => {
            state.prices.entry(variant.clone()).or_default().add(*point);
        }
        Change::Handled { key, digest } => {
            state.handled.insert(key.clone(), digest.clone());
        }
    }
}
