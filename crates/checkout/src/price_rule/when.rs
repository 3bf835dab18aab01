//! What must hold for a cart before a rule works.

use commerce::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::goods::{Goods, MAX_NESTING};
use crate::policy::Check;
use crate::policy::{Price, Region};
use crate::{Address, Item};

/// A condition on a cart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Nothing.
    #[default]
    Always,
    /// The goods cost this much or more, before discounts.
    SubtotalAtLeast(Price),
    /// The goods cost less than this, before discounts.
    SubtotalBelow(Price),
    /// So many pieces or more.
    QuantityAtLeast(u32),
    /// So heavy or heavier.
    WeightAtLeastGrams(u64),
    /// So many pieces of these goods or more.
    Contains {
        /// Which goods.
        goods: Goods,
        /// How many; left out: one.
        #[serde(default = "one")]
        at_least: u32,
    },
    /// The parcel goes to one of these regions.
    DeliveredTo(Vec<Region>),
    /// The shopper is signed in, or is not.
    SignedIn(bool),
    /// All of these hold.
    All(Vec<When>),
    /// At least one of these holds.
    Any(Vec<When>),
    /// None of these holds.
    None(Vec<When>),
}

/// What conditions are held against.
pub(crate) struct Basket<'a> {
    pub(crate) lines: Vec<(&'a Item, u32)>,
    pub(crate) subtotal: Money,
    pub(crate) weight_grams: u64,
    pub(crate) address: Option<&'a Address>,
    pub(crate) is_signed_in: bool,
}

impl When {
    pub(crate) fn holds(&self, basket: &Basket<'_>) -> bool {
        let pieces = |goods: &Goods| -> u32 {
            basket.lines.iter().filter(|(item, _)| goods.includes(item)).map(|(_, quantity)| quantity).sum()
        };
        match self {
            Self::Always => true,
            Self::SubtotalAtLeast(least) => least.is_at_most(basket.subtotal),
            Self::SubtotalBelow(limit) => {
                limit.money().currency == basket.subtotal.currency && !limit.is_at_most(basket.subtotal)
            }
            Self::QuantityAtLeast(least) => pieces(&Goods::Everything) >= *least,
            Self::WeightAtLeastGrams(least) => basket.weight_grams >= *least,
            Self::Contains { goods, at_least } => pieces(goods) >= *at_least,
            Self::DeliveredTo(regions) => {
                basket.address.is_some_and(|address| regions.iter().any(|region| region.contains(address)))
            }
            Self::SignedIn(wanted) => basket.is_signed_in == *wanted,
            Self::All(parts) => parts.iter().all(|part| part.holds(basket)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(basket)),
            Self::None(parts) => !parts.iter().any(|part| part.holds(basket)),
        }
    }

    pub(super) fn check(&self, check: &mut Check<'_>, key: &str) {
        check.require(
            self.depth() <= MAX_NESTING,
            key,
            "the condition is nested too deep",
            "use a flat list",
        );
        match self {
            Self::SubtotalAtLeast(price) | Self::SubtotalBelow(price) => check.price(price, key),
            Self::Contains { goods, .. } => check.goods(goods, key),
            Self::DeliveredTo(regions) => {
                check.require(!regions.is_empty(), key, "the list of regions is empty", "name at least one");
            }
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => {
                check.require(!parts.is_empty(), key, "the list of conditions is empty", "name at least one");
                parts.iter().for_each(|part| part.check(check, key));
            }
            Self::Always | Self::QuantityAtLeast(_) | Self::WeightAtLeastGrams(_) | Self::SignedIn(_) => {}
        }
    }

    fn depth(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => {
                1 + parts.iter().map(Self::depth).max().unwrap_or(0)
            }
            _ => 1,
        }
    }
}

fn one() -> u32 {
    1
}
