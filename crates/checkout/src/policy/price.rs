//! Amounts in a policy file: `"50.00 USD"`.

use commerce::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An amount with its currency, as text in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Price(Money);

impl Price {
    /// The price of this amount.
    pub fn of(money: Money) -> Self {
        Self(money)
    }

    /// The amount.
    pub fn money(&self) -> Money {
        self.0
    }

    /// The amount in minor units.
    pub fn minor(&self) -> i64 {
        self.0.amount_minor
    }

    /// Whether an amount reaches this one; never where the currency is another.
    pub fn is_at_most(&self, amount: Money) -> bool {
        self.0.currency == amount.currency && self.0.amount_minor <= amount.amount_minor
    }
}

impl TryFrom<String> for Price {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Money::parse(&text, None)
            .map(Self)
            .map_err(|error| format!("{error} in \"{text}\"; write amounts as \"50.00 USD\""))
    }
}

impl From<Price> for String {
    fn from(price: Price) -> Self {
        format!("{} {}", price.0.amount(), price.0.currency)
    }
}
