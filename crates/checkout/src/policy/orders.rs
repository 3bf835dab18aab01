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
    pub change_address: ChangePolicy,
    /// Paying with something else.
    pub change_payment: ChangePolicy,
    /// Other variants of what was ordered.
    pub change_items: ChangePolicy,
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
    /// How often; left out: as often as wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_times: Option<u32>,
    /// Of calling off: the reasons of which one has to be given; empty: none is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Of another address: whether an order that is paid may go where taxes or delivery are others, and the difference be
    /// charged or paid back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reprices: bool,
    /// Of other items: whether pieces may be taken out as well, and their price goes back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub takes_out: bool,
    /// Of other items: whether nothing else may be changed and the order not be cancelled afterwards.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_final: bool,
}

impl OrderPolicy {
    pub(super) fn check(&self, check: &mut Check<'_>) {
        self.cancel.check(check, "orders.cancel", &["reasons"]);
        self.change_address.check(check, "orders.change_address", &["reprices"]);
        self.change_payment.check(check, "orders.change_payment", &[]);
        self.change_items.check(check, "orders.change_items", &["takes_out", "is_final"]);
    }
}

impl ChangePolicy {
    /// `own` are the keys that only this kind of change has.
    fn check(&self, check: &mut Check<'_>, key: &str, own: &[&str]) {
        let keys = [
            ("reasons", !self.reasons.is_empty()),
            ("reprices", self.reprices),
            ("takes_out", self.takes_out),
            ("is_final", self.is_final),
        ];
        for (name, is_set) in keys {
            let is_fine = !is_set || own.contains(&name);
            check.require(is_fine, &format!("{key}.{name}"), "this says nothing here", "take it out");
        }
        let is_fine = self.max_times != Some(0);
        check.require(is_fine, &format!("{key}.max_times"), "0 allows nothing", "take the table out");
        let is_fine = self.reasons.iter().all(|reason| !reason.trim().is_empty());
        check.require(is_fine, &format!("{key}.reasons"), "a reason is blank", "write it out");
        let is_early = |status: &OrderStatus| matches!(status, OrderStatus::Placed | OrderStatus::Paid);
        check.require(
            self.during.iter().all(is_early),
            &format!("{key}.while"),
            "an order that has left cannot be changed or called off",
            "use \"placed\" and \"paid\"; later there are returns",
        );
    }
}
