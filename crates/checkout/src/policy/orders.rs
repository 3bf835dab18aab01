//! `[orders.*]`: what may be done to an order before it arrives.

use serde::{Deserialize, Serialize};

use super::Window;
use super::fault::Check;
use crate::OrderStatus;

/// What may be done to an order; a table that is missing allows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OrderPolicy {
    /// Calling it off.
    pub cancel: ChangePolicy,
    /// Sending it elsewhere.
    pub change_address: AddressChangePolicy,
    /// Paying with something else.
    pub change_payment: ChangePolicy,
    /// Other variants of what was ordered.
    pub change_items: ItemChangePolicy,
}

/// When one kind of change is allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChangePolicy {
    /// In which states of the order; empty is never.
    #[serde(rename = "while")]
    pub during: Vec<OrderStatus>,
    /// How long after the order was placed; left out: as long as its state allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Window>,
    /// The reasons of which one has to be given; empty: none is asked for.
    pub reasons: Vec<String>,
    /// How often; left out: as often as wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_times: Option<u32>,
}

/// When an order may go elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AddressChangePolicy {
    /// In which states of the order; empty is never.
    #[serde(rename = "while")]
    pub during: Vec<OrderStatus>,
    /// How long after the order was placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Window>,
    /// How often; left out: as often as wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_times: Option<u32>,
    /// Whether an order that is paid may go where taxes or delivery are others, and the difference be charged or paid back.
    pub reprices: bool,
}

/// When items may become other variants of the same product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ItemChangePolicy {
    /// In which states of the order; empty is never.
    #[serde(rename = "while")]
    pub during: Vec<OrderStatus>,
    /// How long after the order was placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Window>,
    /// How often; left out: as often as wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_times: Option<u32>,
    /// Whether nothing else may be changed and the order not be cancelled afterwards.
    pub is_final: bool,
}

impl OrderPolicy {
    pub(super) fn check(&self, check: &mut Check<'_>) {
        let changes = [("cancel", &self.cancel), ("change_payment", &self.change_payment)];
        for (name, change) in changes {
            let key = format!("orders.{name}");
            check.require(
                change.max_times != Some(0),
                &format!("{key}.max_times"),
                "0 allows nothing",
                "take the table out",
            );
            let is_fine = change.reasons.iter().all(|reason| !reason.trim().is_empty());
            check.require(is_fine, &format!("{key}.reasons"), "a reason is blank", "write it out");
            states(check, &key, &change.during);
        }
        check.require(
            self.change_address.max_times != Some(0),
            "orders.change_address.max_times",
            "0 allows nothing",
            "take the table out",
        );
        states(check, "orders.change_address", &self.change_address.during);
        states(check, "orders.change_items", &self.change_items.during);
    }
}

fn states(check: &mut Check<'_>, key: &str, during: &[OrderStatus]) {
    let is_fine = during.iter().all(|status| matches!(status, OrderStatus::Placed | OrderStatus::Paid));
    let what = "an order that has left cannot be changed or called off";
    check.require(
        is_fine,
        &format!("{key}.while"),
        what,
        "use \"placed\" and \"paid\"; later there are returns",
    );
}
