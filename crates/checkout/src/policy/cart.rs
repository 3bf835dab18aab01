//! `[cart]`: how much a cart holds.

use serde::{Deserialize, Serialize};

use super::fault::Check;
use crate::Goods;

/// Limits of a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CartPolicy {
    /// Different items in one cart.
    pub max_lines: u32,
    /// Pieces of one item.
    pub max_quantity: u32,
    /// Coupons in one cart.
    pub max_coupons: u32,
    /// Stricter limits for some goods.
    #[serde(rename = "limit")]
    pub limits: Vec<QuantityLimit>,
}

/// A limit on pieces of some goods, all items of them together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityLimit {
    /// Which goods.
    pub goods: Goods,
    /// How many pieces at most.
    pub max_quantity: u32,
}

impl Default for CartPolicy {
    fn default() -> Self {
        Self { max_lines: 100, max_quantity: 99, max_coupons: 5, limits: Vec::new() }
    }
}

impl CartPolicy {
    /// The most that any cart may hold of one item, so that totals stay within their integers.
    const MOST: u32 = 100_000;

    pub(super) fn check(&self, check: &mut Check<'_>) {
        for (key, value) in [("cart.max_lines", self.max_lines), ("cart.max_quantity", self.max_quantity)] {
            let is_fine = (1..=Self::MOST).contains(&value);
            check.require(
                is_fine,
                key,
                format!("{value} is not from 1 to {}", Self::MOST),
                "use a sane limit",
            );
        }
        for (place, limit) in self.limits.iter().enumerate() {
            check.goods(&limit.goods, &format!("cart.limit[{place}].goods"));
        }
    }
}
