//! Discounts: when a rule holds for a cart, on which goods it works, and what it takes off.

mod deduct;
mod delivery;
pub mod magento_csv;
mod when;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use deduct::Deduct;
pub use delivery::{DeliveryDiscount, DeliveryOff, DeliveryTerms};
pub use when::When;

pub(crate) use deduct::Part;
pub(crate) use when::Basket;

use crate::goods::Goods;
use crate::policy::Check;

/// One rule. Rules work in the order of `priority`, those of the same priority in the order of the file, each on what
/// the rules before it have left of a line's price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceRule {
    /// What the shop calls it.
    pub id: String,
    /// What a shopper reads.
    pub title: String,
    /// Whether it is switched on.
    #[serde(default = "yes")]
    pub is_active: bool,
    /// Smaller numbers work first.
    #[serde(default)]
    pub priority: i32,
    /// Whether no rule after this one works on the cart.
    #[serde(default)]
    pub is_exclusive: bool,
    /// From when on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub from: Option<Timestamp>,
    /// Until when, not included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<Timestamp>,
    /// The code that a shopper has to enter; left out: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<String>,
    /// How many orders it works on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u32>,
    /// How many orders of one shopper it works on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses_per_shopper: Option<u32>,
    /// What must hold for the cart.
    #[serde(default)]
    pub when: When,
    /// On which of its goods the rule works.
    #[serde(default)]
    pub goods: Goods,
    /// What is taken off.
    #[serde(default)]
    pub deduct: Deduct,
    /// Whether what is taken off is shared by all goods that the rule works on, in proportion to what is left of their prices. Pieces that
    /// leave an order take their share along, so that a free piece is not kept while those that made it free go back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_shared: bool,
    /// Whether the delivery is free.
    #[serde(default)]
    pub free_shipping: FreeShipping,
    /// What is taken off the delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryDiscount>,
}

/// Whether a rule makes the delivery free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FreeShipping {
    /// It does not.
    #[default]
    No,
    /// The goods that the rule works on weigh nothing and count nothing.
    Goods,
    /// The whole cart.
    Cart,
}

impl PriceRule {
    /// Whether a code is this rule's: case and spaces do not count.
    pub fn takes_coupon(&self, code: &str) -> bool {
        self.coupon.as_ref().is_some_and(|known| known.trim().eq_ignore_ascii_case(code.trim()))
    }

    /// Whether it is switched on and in its time.
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.is_active
            && self.from.is_none_or(|from| from <= now)
            && self.until.is_none_or(|until| now < until)
    }

    /// Whether its uses are counted.
    pub fn is_limited(&self) -> bool {
        self.max_uses.is_some() || self.max_uses_per_shopper.is_some()
    }

    pub(crate) fn check(&self, check: &mut Check<'_>, place: usize, all: &[PriceRule]) {
        let key = format!("price_rule[{place}]");
        let is_new = !all[..place].iter().any(|other| other.id == self.id);
        check.require(
            is_new,
            &format!("{key}.id"),
            format!("there are two rules \"{}\"", self.id),
            "rename one",
        );
        let is_fine = !matches!((self.from, self.until), (Some(from), Some(until)) if until <= from);
        check.require(is_fine, &format!("{key}.until"), "the rule ends before it begins", "swap the dates");
        let is_fine = self.coupon.as_ref().is_none_or(|code| !code.trim().is_empty());
        check.require(
            is_fine,
            &format!("{key}.coupon"),
            "the code is blank",
            "take the key out or write a code",
        );
        let is_about_delivery = self.free_shipping != FreeShipping::No || self.delivery.is_some();
        let does = self.deduct != Deduct::Nothing || is_about_delivery;
        check.require(does, &key, "the rule does nothing", "add `deduct`, `free_shipping` or `delivery`");
        check.goods(&self.goods, &format!("{key}.goods"));
        self.when.check(check, &format!("{key}.when"));
        self.deduct.check(check, &format!("{key}.deduct"));
        if let Some(delivery) = &self.delivery {
            delivery.check(check, &format!("{key}.delivery"));
        }
    }
}

fn yes() -> bool {
    true
}
