//! What a rule takes off the delivery.

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
