//! `[tax]`: rates by region and goods, whether prices hold them, and where they are rounded.

use serde::{Deserialize, Serialize};

use super::Region;
use super::fault::Check;
use crate::exact::{Percent, Rounding};
use crate::goods::Goods;

/// Taxes and their rounding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TaxPolicy {
    /// Whether the prices of the catalog hold the tax already.
    pub prices_include_tax: bool,
    /// Whether each line is rounded, or the sum of a rate.
    pub round_per: RoundPer,
    /// Which way.
    pub rounding: Rounding,
    /// Every rate that fits an address and an item is due; they add up.
    #[serde(rename = "rate")]
    pub rates: Vec<TaxRate>,
}

/// Where a tax is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundPer {
    /// Each line.
    #[default]
    Line,
    /// Once for each rate over the whole order; lines get their shares of it.
    Total,
}

/// One tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxRate {
    /// What a shopper reads, such as `Sales tax` or `VAT`.
    pub name: String,
    /// How much.
    pub percent: Percent,
    /// Where; empty is everywhere.
    #[serde(default)]
    pub regions: Vec<Region>,
    /// On which goods.
    #[serde(default)]
    pub goods: Goods,
    /// Whether the delivery is taxed too.
    #[serde(default)]
    pub on_shipping: bool,
}

impl TaxPolicy {
    pub(super) fn check(&self, check: &mut Check<'_>) {
        for (place, rate) in self.rates.iter().enumerate() {
            let key = format!("tax.rate[{place}]");
            let is_fine = rate.percent.millionths() <= 1_000_000;
            check.require(
                is_fine,
                &format!("{key}.percent"),
                "the rate is above 100%",
                "check the decimal point",
            );
            check.require(
                !rate.name.trim().is_empty(),
                &format!("{key}.name"),
                "the name is blank",
                "name the tax",
            );
            check.goods(&rate.goods, &format!("{key}.goods"));
        }
    }
}
