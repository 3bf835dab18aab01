//! What each way of delivery costs for a cart.

use commerce::Money;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Cart, quote};
use crate::policy::{ShippingMethod, ShippingRate};
use crate::price_rule::DeliveryTerms;
use crate::{Address, Item, Order, OrderLine, Policy, Refusal, State};

/// A way of delivery that is offered for a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingOption {
    /// The method's id.
    pub method: String,
    /// What a shopper reads.
    pub title: String,
    /// From how many to how many business days.
    pub days: [u32; 2],
    /// What it costs before taxes that come on top, in minor units.
    pub price_minor: i64,
}

/// What a delivery is priced by.
pub(super) struct Parcel<'a> {
    pub(super) address: Option<&'a Address>,
    /// Of each line, by its number.
    pub(super) weights_grams: Vec<(u32, u64)>,
    pub(super) subtotal: Money,
    pub(super) terms: &'a DeliveryTerms,
}

impl Parcel<'_> {
    fn charged(&self) -> impl Iterator<Item = u64> {
        let charged = self.weights_grams.iter().filter(|(number, _)| !self.terms.free_lines.contains(number));
        charged.map(|(_, grams)| *grams)
    }

    fn is_free(&self) -> bool {
        self.terms.is_free || !self.weights_grams.is_empty() && self.charged().next().is_none()
    }
}

/// The ways of delivery that are offered for a cart as it stands.
pub fn shipping_options(state: &State, policy: &Policy, cart: &Cart, now: Timestamp) -> Vec<ShippingOption> {
    let offered = policy.shipping.methods.iter();
    offered
        .filter_map(|method| {
            let cart = Cart { shipping: Some(method.id.clone()), ..cart.clone() };
            let quote = quote(state, policy, &cart, now);
            quote.shipping.map(|line| ShippingOption {
                method: method.id.clone(),
                title: method.title.clone(),
                days: method.days,
                price_minor: line.net_minor,
            })
        })
        .collect()
}

/// What the delivery of an order costs elsewhere by the same method, before taxes that come on top. What price rules took off
/// when it was placed is taken off there too; of an order that does not say, what was free stays free.
pub(crate) fn delivery_minor(policy: &Policy, order: &Order, address: &Address) -> Result<i64, Refusal> {
    let method = policy.shipping.methods.iter().find(|method| method.title == order.shipping_title);
    let Some(method) = method else {
        return if policy.shipping.methods.is_empty() { Ok(0) } else { Err(not_offered(order)) };
    };
    let weight = |line: &OrderLine| (line.number, weight_grams(policy, &line.item, line.quantity));
    let unsaid = DeliveryTerms { is_free: order.shipping_minor == 0, ..DeliveryTerms::default() };
    let terms = order.delivery.as_ref().unwrap_or(&unsaid);
    let goods: i64 = order.lines.iter().map(OrderLine::net_minor).sum();
    let parcel = Parcel {
        address: Some(address),
        weights_grams: order.lines.iter().map(weight).collect(),
        subtotal: order.money(goods),
        terms,
    };
    let price_minor = price(method, &parcel).ok_or_else(|| not_offered(order))?;
    let off: i64 = terms.discounts(&method.id, price_minor).iter().map(|(_, amount)| amount).sum();
    Ok(price_minor - off)
}

fn not_offered(order: &Order) -> Refusal {
    Refusal::ShippingNotOffered { method: order.shipping_title.clone() }
}

/// What the method costs for a parcel; `None` where it is not offered.
pub(super) fn price(method: &ShippingMethod, parcel: &Parcel<'_>) -> Option<i64> {
    let rate = method.rates.iter().find(|rate| fits(rate, parcel))?;
    if parcel.is_free() {
        return Some(0);
    }
    let kilograms = parcel.charged().sum::<u64>().div_ceil(1000) as i64;
    Some(rate.price.minor() + rate.per_kilogram.as_ref().map_or(0, |each| each.minor() * kilograms))
}

/// The weight of so many pieces of an item.
pub(super) fn weight_grams(policy: &Policy, item: &Item, quantity: u32) -> u64 {
    u64::from(item.weight_grams.unwrap_or(policy.shipping.default_weight_grams)) * u64::from(quantity)
}

fn fits(rate: &ShippingRate, parcel: &Parcel<'_>) -> bool {
    let is_there = |address: &Address| rate.regions.iter().any(|region| region.contains(address));
    (rate.regions.is_empty() || parcel.address.is_some_and(is_there))
        && rate.up_to_grams.is_none_or(|most| parcel.charged().sum::<u64>() <= u64::from(most))
        && rate.from_subtotal.as_ref().is_none_or(|least| least.is_at_most(parcel.subtotal))
}
