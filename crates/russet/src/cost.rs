//! What language models cost and may cost: settings with amounts such as `0.075 USD`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use commerce::Currency;
use conversation::{Rate, Spending};
use infer::Choice;
use serde::{Deserialize, Serialize};

use crate::failure::with_hint;

/// Millionths have so many digits.
const DIGITS: usize = 6;

/// An amount in millionths of a currency: a million tokens often cost less than its smallest coin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Amount {
    micros: u64,
    currency: Currency,
}

/// What the tokens of a model cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenPrice {
    /// For a million that it reads.
    input: Amount,
    /// For a million that it writes.
    output: Amount,
}

/// What models may cost; what is left out is not limited but by tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelBudget {
    /// For the answer to one message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    turn: Option<Amount>,
    /// For a whole conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    conversation: Option<Amount>,
}

/// The rate of a model by the names that have prices; one without costs nothing, as on the shop's own machine.
pub(crate) fn rate(
    prices: &BTreeMap<String, TokenPrice>,
    model: &str,
    shop: Currency,
) -> anyhow::Result<Rate> {
    let chosen = Choice::parse(model);
    let Some((name, price)) = prices.iter().find(|(name, _)| Choice::parse(name) == chosen) else {
        return Ok(Rate::default());
    };
    let setting = format!("model_prices.\"{name}\"");
    Ok(Rate {
        input_micros: price.input.micros_in(shop, &setting)?,
        output_micros: price.output.micros_in(shop, &setting)?,
    })
}

impl ModelBudget {
    /// The limits in the shop's currency.
    pub(crate) fn spending(&self, shop: Currency) -> anyhow::Result<Spending> {
        let limit = |amount: Option<Amount>| amount.map(|it| it.micros_in(shop, "model_budget")).transpose();
        Ok(Spending { turn_micros: limit(self.turn)?, session_micros: limit(self.conversation)? })
    }
}

impl Amount {
    /// So many millionths of a currency.
    pub(crate) fn new(micros: u64, currency: Currency) -> Self {
        Self { micros, currency }
    }

    fn micros_in(self, shop: Currency, setting: &str) -> anyhow::Result<u64> {
        if self.currency == shop {
            return Ok(self.micros);
        }
        Err(with_hint(
            format!("{setting} is in {}, and the shop's money is in {shop}", self.currency),
            format!("budgets add up what models cost in one currency: write the amount in {shop}"),
        ))
    }
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fault = || format!("{text:?} is no amount such as \"0.15 USD\", with at most {DIGITS} decimals");
        let (number, currency) = text.trim().split_once(' ').ok_or_else(fault)?;
        let currency = Currency::parse(currency.trim()).ok_or_else(fault)?;
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || part.len() > DIGITS || !is_number(whole) || !is_number(part) {
            return Err(fault());
        }
        let micros = format!("{whole}{part:0<DIGITS$}").parse().map_err(|_| fault())?;
        Ok(Self { micros, currency })
    }
}

impl TryFrom<String> for Amount {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.to_string()
    }
}

/// With two decimals, or as many as it takes.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.micros / 1_000_000, format!("{:06}", self.micros % 1_000_000));
        let shown = part.trim_end_matches('0');
        write!(f, "{whole}.{shown:0<2} {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd() -> Currency {
        Currency::parse("USD").unwrap()
    }

    #[test]
    fn reads_and_shows_amounts_below_a_cent() {
        for (text, shown) in
            [("0.075 USD", "0.075 USD"), ("3 USD", "3.00 USD"), ("0.000001 EUR", "0.000001 EUR")]
        {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), shown);
        }
        for text in ["0.15", "USD", "-1 USD", ".5 USD", "0.0000001 USD", "1.5 dollars", "1e3 USD"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_model_has_the_price_of_its_name_in_the_shops_currency() {
        let price: TokenPrice = toml::from_str("input = \"0.15 USD\"\noutput = \"0.6 USD\"").unwrap();
        let prices = BTreeMap::from([("https://models.example/v1#small".to_owned(), price)]);
        let of = |model: &str, shop| rate(&prices, model, shop);
        let rate = of("https://models.example/v1#small", usd()).unwrap();
        assert_eq!((rate.input_micros, rate.output_micros), (150_000, 600_000));
        assert_eq!(of("qwen2.5-coder-0.5b", usd()).unwrap(), Rate::default());
        let error = of("https://models.example/v1#small", Currency::parse("EUR").unwrap()).unwrap_err();
        assert!(error.to_string().contains("is in USD"), "{error}");
    }
}
