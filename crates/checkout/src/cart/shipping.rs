//! What each way of delivery costs for a cart.

use commerce::Money;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Cart, quote};
use crate::policy::{ShippingMethod, ShippingRate, Surcharge, SurchargePer};
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

/// What of the price of a delivery is added for some goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurchargeLine {
    /// What a shopper reads.
    pub title: String,
    /// How much, before taxes that come on top.
    pub amount_minor: i64,
}

/// What a delivery is priced by.
pub(super) struct Parcel<'a> {
    pub(super) address: Option<&'a Address>,
    pub(super) freight: Vec<Freight<'a>>,
    pub(super) subtotal: Money,
    pub(super) terms: &'a DeliveryTerms,
}

/// A line of a parcel.
pub(super) struct Freight<'a> {
    pub(super) number: u32,
    pub(super) item: &'a Item,
    pub(super) quantity: u32,
    /// Of all its pieces.
    pub(super) grams: u64,
}

/// What a delivery costs.
pub(super) struct Fare {
    /// What all costs together.
    pub(super) price_minor: i64,
    /// What each rule takes off, never of the surcharges.
    pub(super) off: Vec<(String, i64)>,
    /// What of it is added for some goods.
    pub(super) surcharges: Vec<SurchargeLine>,
}

impl<'a> Freight<'a> {
    pub(super) fn of(policy: &Policy, number: u32, item: &'a Item, quantity: u32) -> Self {
        Self { number, item, quantity, grams: weight_grams(policy, item, quantity) }
    }
}

impl Parcel<'_> {
    fn charged(&self) -> impl Iterator<Item = &Freight<'_>> {
        self.freight.iter().filter(|freight| !self.terms.free_lines.contains(&freight.number))
    }

    fn charged_grams(&self) -> u64 {
        self.charged().map(|freight| freight.grams).sum()
    }

    fn is_free(&self) -> bool {
        self.terms.is_free || !self.freight.is_empty() && self.charged().next().is_none()
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
    let unsaid = DeliveryTerms { is_free: order.shipping_minor == 0, ..DeliveryTerms::default() };
    let terms = order.delivery.as_ref().unwrap_or(&unsaid);
    let goods: i64 = order.lines.iter().map(OrderLine::net_minor).sum();
    let freight = |line| {
        let OrderLine { number, item, quantity, .. }: &OrderLine = line;
        Freight::of(policy, *number, item, *quantity)
    };
    let parcel = Parcel {
        address: Some(address),
        freight: order.lines.iter().map(freight).collect(),
        subtotal: order.money(goods),
        terms,
    };
    let fare = fare(policy, method, &parcel).ok_or_else(|| not_offered(order))?;
    Ok(fare.price_minor - fare.off.iter().map(|(_, amount)| amount).sum::<i64>())
}

fn not_offered(order: &Order) -> Refusal {
    Refusal::ShippingNotOffered { method: order.shipping_title.clone() }
}

/// What the method costs for a parcel; `None` where it is not offered.
pub(super) fn fare(policy: &Policy, method: &ShippingMethod, parcel: &Parcel<'_>) -> Option<Fare> {
    let rate = method.rates.iter().find(|rate| fits(rate, parcel))?;
    let kilograms = parcel.charged_grams().div_ceil(1000) as i64;
    let by_weight = rate.per_kilogram.as_ref().map_or(0, |each| each.minor() * kilograms);
    let base_minor = if parcel.is_free() { 0 } else { rate.price.minor() + by_weight };
    let off = parcel.terms.discounts(&method.id, base_minor);
    let surcharges: Vec<SurchargeLine> = policy
        .shipping
        .surcharges
        .iter()
        .filter(|surcharge| surcharge.methods.is_empty() || surcharge.methods.contains(&method.id))
        .filter_map(|surcharge| added(surcharge, parcel, base_minor == 0))
        .collect();
    let price_minor = base_minor + surcharges.iter().map(|line| line.amount_minor).sum::<i64>();
    Some(Fare { price_minor, off, surcharges })
}

/// What a surcharge adds to a parcel; `None` for nothing. Lines that are delivered for nothing count where it is due all the same.
fn added(surcharge: &Surcharge, parcel: &Parcel<'_>, is_free: bool) -> Option<SurchargeLine> {
    let is_there = |address: &Address| surcharge.regions.iter().any(|region| region.contains(address));
    let reaches = surcharge.regions.is_empty() || parcel.address.is_some_and(is_there);
    if !reaches || is_free && !surcharge.also_when_free {
        return None;
    }
    let counts = |freight: &&Freight<'_>| {
        surcharge.also_when_free || !parcel.terms.free_lines.contains(&freight.number)
    };
    let meant = parcel.freight.iter().filter(counts);
    let meant = meant.filter(|freight| surcharge.goods.includes(freight.item));
    let pieces: u32 = meant.map(|freight| freight.quantity).sum();
    let times = match surcharge.per {
        SurchargePer::Order => i64::from(pieces > 0),
        SurchargePer::Piece => i64::from(pieces),
    };
    let amount_minor = surcharge.price.minor() * times;
    (amount_minor > 0).then(|| SurchargeLine { title: surcharge.title.clone(), amount_minor })
}

/// The weight of so many pieces of an item.
pub(super) fn weight_grams(policy: &Policy, item: &Item, quantity: u32) -> u64 {
    u64::from(item.weight_grams.unwrap_or(policy.shipping.default_weight_grams)) * u64::from(quantity)
}

fn fits(rate: &ShippingRate, parcel: &Parcel<'_>) -> bool {
    let is_there = |address: &Address| rate.regions.iter().any(|region| region.contains(address));
    (rate.regions.is_empty() || parcel.address.is_some_and(is_there))
        && rate.up_to_grams.is_none_or(|most| parcel.charged_grams() <= u64::from(most))
        && rate.from_subtotal.as_ref().is_none_or(|least| least.is_at_most(parcel.subtotal))
}
