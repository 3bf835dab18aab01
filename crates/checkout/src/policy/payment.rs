//! `[payment]`: ways to pay, when money moves, how long it takes to come back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fault::Check;
use crate::MethodKind;

/// Ways to pay and when money moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PaymentPolicy {
    /// What is taken for new charges.
    pub kinds: Vec<MethodKind>,
    /// When an authorised payment is taken.
    pub capture: Capture,
    /// How often an order's payment may be tried.
    pub max_attempts: u32,
    /// How long a refund takes, for each kind of method.
    pub refund_days: BTreeMap<MethodKind, RefundDays>,
}

/// When an authorised payment is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capture {
    /// With the order.
    #[default]
    AtOrder,
    /// When the goods leave.
    AtShipping,
}

/// From how many to how many business days; both zero is at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[u32; 2]", into = "[u32; 2]")]
pub struct RefundDays {
    /// At least.
    pub least: u32,
    /// At most.
    pub most: u32,
}

impl Default for PaymentPolicy {
    fn default() -> Self {
        let kinds = vec![MethodKind::Card, MethodKind::Wallet, MethodKind::GiftCard];
        Self { kinds, capture: Capture::AtOrder, max_attempts: 5, refund_days: BTreeMap::new() }
    }
}

impl PaymentPolicy {
    /// How long a refund to this kind of method takes, in words.
    pub fn refund_time(&self, kind: MethodKind) -> String {
        match self.refund_days.get(&kind) {
            Some(RefundDays { most: 0, .. }) => "at once".to_owned(),
            Some(days) if days.least == days.most => format!("in {} business days", days.most),
            Some(days) => format!("in {} to {} business days", days.least, days.most),
            None => "as soon as your bank or provider allows".to_owned(),
        }
    }

    pub(super) fn check(&self, check: &mut Check<'_>) {
        let is_fine = !self.kinds.is_empty();
        check.require(
            is_fine,
            "payment.kinds",
            "no way to pay is taken",
            "name at least one, such as \"card\"",
        );
        check.require(self.max_attempts > 0, "payment.max_attempts", "nobody could pay", "use 1 or more");
        for days in self.refund_days.values() {
            let is_fine = days.least <= days.most && days.most <= 365;
            let what = "a refund cannot take at least longer than at most, or more than a year";
            check.require(is_fine, "payment.refund_days", what, "write [least, most], such as [5, 7]");
        }
    }
}

impl From<[u32; 2]> for RefundDays {
    fn from([least, most]: [u32; 2]) -> Self {
        Self { least, most }
    }
}

impl From<RefundDays> for [u32; 2] {
    fn from(days: RefundDays) -> Self {
        [days.least, days.most]
    }
}
