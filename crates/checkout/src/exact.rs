//! Exact arithmetic on minor units: percentages as integers, one rounding at a named place, and shares that add up.

use std::fmt;

use commerce::{Currency, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The largest amount that is taken from outside, in minor units. Products of an amount, a quantity and a rate stay far
/// below what 128 bits hold, and sums far below 63 bits.
pub const MAX_AMOUNT_MINOR: i64 = 1_000_000_000_000;

/// A share of a hundred with up to four decimals, held as parts of a million: `8.875%` is 88,750.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^\d{1,3}(\.\d{1,4})?%$"))]
pub struct Percent(u32);

/// Which way a half goes, and everything else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the nearest, a half away from zero.
    #[default]
    HalfUp,
    /// To the nearest, a half to the even neighbour.
    HalfEven,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

impl Percent {
    /// Parts of a million in the whole.
    pub const WHOLE: i128 = 1_000_000;

    /// A percentage of this many parts of a million.
    pub const fn of_millionths(millionths: u32) -> Self {
        Self(millionths)
    }

    /// Parts of a million.
    pub fn millionths(self) -> u32 {
        self.0
    }

    /// Reads `20%`, `8.875%` or `20`; at most 999.9999.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('%').trim_end();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > 3
            || fraction.len() > 4
            || !is_digits(whole)
            || !is_digits(fraction)
        {
            return None;
        }
        format!("{whole}{fraction:0<4}").parse().ok().map(Self)
    }

    /// This share of an amount, rounded once.
    pub fn of(self, amount_minor: i64, rounding: Rounding) -> i64 {
        rounding.divide(i128::from(amount_minor) * i128::from(self.0), Self::WHOLE)
    }

    /// The part of an amount that already holds this share, such as the tax in a price: `amount * r / (1 + r)`.
    pub fn within(self, amount_minor: i64, rounding: Rounding) -> i64 {
        rounding.divide(i128::from(amount_minor) * i128::from(self.0), Self::WHOLE + i128::from(self.0))
    }
}

impl Rounding {
    /// The quotient as an integer. The divisor is above zero.
    pub fn divide(self, dividend: i128, divisor: i128) -> i64 {
        let (quotient, rest) = (dividend / divisor, (dividend % divisor).abs());
        let away = match self {
            Self::Down => false,
            Self::Up => rest != 0,
            Self::HalfUp => rest * 2 >= divisor,
            Self::HalfEven => rest * 2 > divisor || rest * 2 == divisor && quotient % 2 != 0,
        };
        let rounded = quotient + if away { dividend.signum() } else { 0 };
        i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX })
    }
}

/// Parts of an amount in proportion to the weights, which add up to it exactly: each part is rounded down, and what is
/// left goes to the largest remainders, the earlier one of equals (the method of Hamilton). Where no weight is above
/// zero the first part takes all.
pub fn shares(amount_minor: i64, weights: &[i64]) -> Vec<i64> {
    let total: i128 = weights.iter().map(|weight| i128::from((*weight).max(0))).sum();
    let mut parts = vec![0; weights.len()];
    if total == 0 {
        if let Some(first) = parts.first_mut() {
            *first = amount_minor;
        }
        return parts;
    }
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = amount_minor;
    for (place, weight) in weights.iter().enumerate() {
        let product = i128::from(amount_minor) * i128::from((*weight).max(0));
        parts[place] = product.div_euclid(total) as i64;
        left -= parts[place];
        remainders.push((product.rem_euclid(total), place));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, place) in remainders.into_iter().take(left.max(0) as usize) {
        parts[place] += 1;
    }
    parts
}

/// What `count` units cost of a line that costs `amount_minor` for `quantity` units when `before` of them are gone
/// already. Over all units the parts add up to the line.
pub fn units_share(amount_minor: i64, quantity: u32, before: u32, count: u32) -> i64 {
    let upto = |units: u32| {
        Rounding::Down.divide(i128::from(amount_minor) * i128::from(units), i128::from(quantity.max(1)))
    };
    upto(before + count) - upto(before)
}

/// An amount as a shopper reads it.
pub(crate) fn shown(amount_minor: i64, currency: Currency) -> Money {
    Money::new(amount_minor, currency)
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        write!(f, "{}%", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl TryFrom<String> for Percent {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("\"{text}\" is no percentage; write it as \"8.875%\""))
    }
}

impl From<Percent> for String {
    fn from(percent: Percent) -> Self {
        percent.to_string()
    }
}

#[cfg(test)]
mod tests;
