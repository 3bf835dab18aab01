//! What a rule takes off the delivery.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::{Percent, Rounding};
use crate::policy::{Check, Price};

/// A cheaper delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryDiscount {
    /// How much cheaper.
    pub off: DeliveryOff,
    /// Ways of delivery that it works on, by their ids; empty is all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
}

/// What all rules together say of a delivery. An order keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryTerms {
    /// Whether it is free.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_free: bool,
    /// Numbers of lines, from 1, that are delivered for nothing.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub free_lines: BTreeSet<u32>,
    /// Rules that make it cheaper, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<(String, DeliveryDiscount)>,
}

/// How much cheaper a delivery is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryOff {
    /// A share of it, rounded half up.
    Percent(Percent),
    /// An amount.
    By(Price),
    /// At this price, where it costs more.
    At(Price),
}

impl DeliveryTerms {
    /// Whether no rule says anything.
    pub(crate) fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// What each rule takes off a delivery by this method that costs so much.
    pub(crate) fn discounts(&self, method: &str, price_minor: i64) -> Vec<(String, i64)> {
        let mut left = price_minor;
        let mut discounts = Vec::new();
        for (rule, discount) in &self.off {
            let amount = discount.amount(method, left);
            if amount > 0 {
                left -= amount;
                discounts.push((rule.clone(), amount));
            }
        }
        discounts
    }
}

impl DeliveryDiscount {
    /// What is taken off a delivery by this method that costs so much: never more than all of it.
    pub(crate) fn amount(&self, method: &str, price_minor: i64) -> i64 {
        if !self.methods.is_empty() && !self.methods.iter().any(|known| known == method) {
            return 0;
        }
        let amount = match &self.off {
            DeliveryOff::Percent(percent) => percent.of(price_minor, Rounding::HalfUp),
            DeliveryOff::By(amount) => amount.minor(),
            DeliveryOff::At(price) => price_minor - price.minor(),
        };
        amount.clamp(0, price_minor.max(0))
    }

    pub(super) fn check(&self, check: &mut Check<'_>, key: &str) {
        match &self.off {
            DeliveryOff::Percent(_) => {}
            DeliveryOff::By(price) | DeliveryOff::At(price) => check.price(price, &format!("{key}.off")),
        }
    }
}
