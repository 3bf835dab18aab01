//! `[[shipping.method]]`: ways to deliver, where, and what they cost by weight, price and region.

use serde::{Deserialize, Serialize};

use super::fault::Check;
use super::{Price, Region};
use crate::goods::Goods;

/// Ways to deliver.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ShippingPolicy {
    /// In the order in which they are offered.
    #[serde(rename = "method")]
    pub methods: Vec<ShippingMethod>,
    /// What an item of unknown weight is taken to weigh.
    pub default_weight_grams: u32,
    /// What is added for goods that are bulky or heavy, or for far regions.
    #[serde(rename = "surcharge", skip_serializing_if = "Vec::is_empty")]
    pub surcharges: Vec<Surcharge>,
}

/// What is added to a delivery where some goods are in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surcharge {
    /// What a shopper reads.
    pub title: String,
    /// For which goods.
    #[serde(default)]
    pub goods: Goods,
    /// Where to; empty is everywhere.
    #[serde(default)]
    pub regions: Vec<Region>,
    /// By which ways of delivery, by their ids; empty is all.
    #[serde(default)]
    pub methods: Vec<String>,
    /// How much.
    pub price: Price,
    /// How often.
    #[serde(default)]
    pub per: SurchargePer,
    /// Whether it is due where the delivery is free otherwise.
    #[serde(default = "yes")]
    pub also_when_free: bool,
}

/// How often a surcharge is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurchargePer {
    /// Once.
    #[default]
    Order,
    /// For each piece of the goods.
    Piece,
}

/// One way to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShippingMethod {
    /// What the shop calls it.
    pub id: String,
    /// What a shopper reads.
    pub title: String,
    /// From how many to how many business days it takes.
    pub days: [u32; 2],
    /// What it costs: the first rate that fits. Where none fits, the method is not offered.
    #[serde(rename = "rate")]
    pub rates: Vec<ShippingRate>,
}

/// What a delivery costs if all that is stated holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShippingRate {
    /// Where to; empty is everywhere.
    #[serde(default)]
    pub regions: Vec<Region>,
    /// Up to this weight of the whole cart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to_grams: Option<u32>,
    /// From this subtotal on, after discounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_subtotal: Option<Price>,
    /// The price of the delivery.
    pub price: Price,
    /// And this for every kilogram begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_kilogram: Option<Price>,
}

impl ShippingPolicy {
    pub(super) fn check(&self, check: &mut Check<'_>) {
        for (place, method) in self.methods.iter().enumerate() {
            let key = format!("shipping.method[{place}]");
            let is_new = !self.methods[..place].iter().any(|other| other.id == method.id);
            let what = format!("there are two methods \"{}\"", method.id);
            check.require(is_new, &format!("{key}.id"), what, "give each method its own id");
            let is_fine = method.days[0] <= method.days[1];
            check.require(
                is_fine,
                &format!("{key}.days"),
                "the first number is larger",
                "write [least, most]",
            );
            check.require(
                !method.rates.is_empty(),
                &key,
                "the method has no rate",
                "add [[shipping.method.rate]]",
            );
            for (place, rate) in method.rates.iter().enumerate() {
                let key = format!("{key}.rate[{place}]");
                let prices = [Some(&rate.price), rate.per_kilogram.as_ref(), rate.from_subtotal.as_ref()];
                for (name, price) in ["price", "per_kilogram", "from_subtotal"].into_iter().zip(prices) {
                    price.into_iter().for_each(|price| check.price(price, &format!("{key}.{name}")));
                }
            }
        }
        for (place, surcharge) in self.surcharges.iter().enumerate() {
            self.check_surcharge(surcharge, &format!("shipping.surcharge[{place}]"), check);
        }
    }

    fn check_surcharge(&self, surcharge: &Surcharge, key: &str, check: &mut Check<'_>) {
        let is_fine = !surcharge.title.trim().is_empty();
        check.require(is_fine, &format!("{key}.title"), "shoppers would read nothing", "say what it is for");
        check.goods(&surcharge.goods, &format!("{key}.goods"));
        check.price(&surcharge.price, &format!("{key}.price"));
        let is_fine = surcharge.price.minor() > 0;
        check.require(is_fine, &format!("{key}.price"), "nothing is added", "take the surcharge out");
        for id in &surcharge.methods {
            let is_known = self.methods.iter().any(|method| method.id == *id);
            let what = format!("there is no method \"{id}\"");
            check.require(is_known, &format!("{key}.methods"), what, "use the id of a [[shipping.method]]");
        }
    }
}

fn yes() -> bool {
    true
}
