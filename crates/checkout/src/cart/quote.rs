//! What a cart costs at this moment. Every row adds up, and the rows add up to the total, in integers.

use commerce::{Currency, Money, VariantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::discount::discounts;
use super::shipping::{Fare, Freight, Parcel, SurchargeLine, fare};
use super::tax::{Row, taxes};
use super::{Cart, CartLine};
use crate::exact::Percent;
use crate::price_rule::{Basket, DeliveryTerms};
use crate::{Item, Owner, Policy, State};

/// The price of a cart. `total` is the sum of the totals of the lines and of the delivery; `subtotal - discount` is the
/// sum of the lines' `net`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// All amounts are in its minor unit.
    pub currency: Currency,
    /// In the cart's order.
    pub lines: Vec<QuoteLine>,
    /// The goods before discounts.
    pub subtotal_minor: i64,
    /// What is taken off the goods.
    pub discount_minor: i64,
    /// The delivery, once a way is chosen that is offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<QuoteLine>,
    /// What of the delivery is added for some goods.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub surcharges: Vec<SurchargeLine>,
    /// Each tax over all rows.
    pub taxes: Vec<QuoteTax>,
    /// All taxes: within the prices or on top, as the shop's policy says.
    pub tax_minor: i64,
    /// What is paid.
    pub total_minor: i64,
    /// Rules that worked.
    pub rules: Vec<AppliedRule>,
    /// What rules say of the delivery.
    #[serde(default, skip_serializing_if = "DeliveryTerms::are_none")]
    pub delivery_terms: DeliveryTerms,
    /// What costs more or less than when the shopper last saw it.
    pub price_changes: Vec<PriceChange>,
    /// What cannot be had any more in the wanted quantity; it is in the sums.
    pub unavailable: Vec<VariantId>,
}

/// One row of a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    /// The variant; `None` is the delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<VariantId>,
    /// How many.
    pub quantity: u32,
    /// One piece.
    pub unit_minor: i64,
    /// All pieces.
    pub gross_minor: i64,
    /// What each rule took off.
    pub discounts: Vec<(String, i64)>,
    /// `gross` less the discounts.
    pub net_minor: i64,
    /// The taxes of the row.
    pub tax_minor: i64,
    /// What is paid for the row: `net`, and the tax where it comes on top.
    pub total_minor: i64,
}

/// One tax over all rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteTax {
    /// What a shopper reads.
    pub name: String,
    /// How much.
    pub percent: Percent,
    /// On which amount.
    pub base_minor: i64,
    /// The tax.
    pub amount_minor: i64,
}

/// A rule that worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedRule {
    /// The rule.
    pub id: String,
    /// What a shopper reads.
    pub title: String,
    /// What it took off the goods.
    pub discount_minor: i64,
}

/// A price that is another than the shopper saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceChange {
    /// Of what.
    pub variant: VariantId,
    /// What one cost when it was last seen.
    pub seen_minor: i64,
    /// What one costs now.
    pub now_minor: i64,
}

/// Prices a cart. Lines that the shop no longer sells are left out of the rows and named as unavailable.
pub fn quote(state: &State, policy: &Policy, cart: &Cart, now: Timestamp) -> Quote {
    let known: Vec<(&CartLine, &Item, i64)> =
        cart.lines.iter().filter_map(|line| priced(state, policy, line)).collect();
    let gross: Vec<i64> = known.iter().map(|(line, _, unit)| unit * i64::from(line.quantity)).collect();
    let subtotal_minor: i64 = gross.iter().sum();
    let freight = known.iter().zip(1..);
    let freight: Vec<Freight<'_>> =
        freight.map(|((line, item, _), number)| Freight::of(policy, number, item, line.quantity)).collect();
    let basket = Basket {
        lines: known.iter().map(|(line, item, _)| (*item, line.quantity)).collect(),
        subtotal: Money::new(subtotal_minor, policy.currency),
        weight_grams: freight.iter().map(|freight| freight.grams).sum(),
        address: cart.address.as_ref(),
        is_signed_in: matches!(cart.owner, Owner::Shopper(_)),
    };
    let off = discounts(state, policy, cart, &basket, &gross, now);
    let mut lines: Vec<QuoteLine> = known
        .iter()
        .zip(&off.lines)
        .map(|((line, _, unit), discounts)| row(Some(&line.variant), line.quantity, *unit, discounts))
        .collect();
    let net: i64 = lines.iter().map(|line| line.net_minor).sum();
    let delivery = delivery(policy, cart, freight, net, &off.delivery);
    let (shipping, surcharges) = delivery.map_or((None, Vec::new()), |fare| {
        (Some(row(None, 1, fare.price_minor, &fare.off)), fare.surcharges)
    });
    let mut rows: Vec<Row<'_>> =
        known.iter().zip(&lines).map(|((_, item, _), line)| Row::Goods(item, line.net_minor)).collect();
    rows.extend(shipping.iter().map(|line| Row::Shipping(line.net_minor)));
    let taxes = taxes(&policy.tax, cart.address.as_ref(), &rows);
    let mut shipping = shipping;
    for (line, tax) in lines.iter_mut().chain(shipping.as_mut()).zip(&taxes.rows) {
        line.tax_minor = *tax;
        line.total_minor = line.net_minor + if policy.tax.prices_include_tax { 0 } else { *tax };
    }
    let total = |line: &QuoteLine| line.total_minor;
    Quote {
        currency: policy.currency,
        subtotal_minor,
        discount_minor: subtotal_minor - net,
        tax_minor: taxes.rows.iter().sum(),
        total_minor: lines.iter().map(total).sum::<i64>() + shipping.as_ref().map_or(0, total),
        taxes: taxes.rates,
        rules: off.applied,
        delivery_terms: off.delivery,
        price_changes: price_changes(&known),
        unavailable: unavailable(state, policy, cart, now),
        lines,
        shipping,
        surcharges,
    }
}

fn priced<'a>(
    state: &'a State,
    policy: &Policy,
    line: &'a CartLine,
) -> Option<(&'a CartLine, &'a Item, i64)> {
    let item = state.items.get(&line.variant)?;
    let price = item.price.filter(|price| price.currency == policy.currency)?;
    Some((line, item, price.amount_minor))
}

fn row(
    variant: Option<&VariantId>,
    quantity: u32,
    unit_minor: i64,
    discounts: &[(String, i64)],
) -> QuoteLine {
    let gross_minor = unit_minor * i64::from(quantity);
    let net_minor = gross_minor - discounts.iter().map(|(_, amount)| amount).sum::<i64>();
    QuoteLine {
        variant: variant.cloned(),
        quantity,
        unit_minor,
        gross_minor,
        discounts: discounts.to_vec(),
        net_minor,
        tax_minor: 0,
        total_minor: net_minor,
    }
}

fn delivery(
    policy: &Policy,
    cart: &Cart,
    freight: Vec<Freight<'_>>,
    net: i64,
    terms: &DeliveryTerms,
) -> Option<Fare> {
    let wanted = cart.shipping.as_ref()?;
    let method = policy.shipping.methods.iter().find(|method| method.id == *wanted)?;
    let subtotal = Money::new(net, policy.currency);
    fare(policy, method, &Parcel { address: cart.address.as_ref(), freight, subtotal, terms })
}

fn price_changes(known: &[(&CartLine, &Item, i64)]) -> Vec<PriceChange> {
    let changed = known.iter().filter(|(line, _, unit)| line.seen_minor != *unit);
    changed
        .map(|(line, _, unit)| PriceChange {
            variant: line.variant.clone(),
            seen_minor: line.seen_minor,
            now_minor: *unit,
        })
        .collect()
}

fn unavailable(state: &State, policy: &Policy, cart: &Cart, now: Timestamp) -> Vec<VariantId> {
    let is_gone = |line: &&CartLine| {
        let Some((_, item, _)) = priced(state, policy, line) else { return true };
        let is_short = |level: &crate::StockLevel| {
            // What is held for this very cart is not in the way of it.
            let own = cart.held_until.filter(|until| now < *until).map_or(0, |_| line.quantity);
            level.free_for(&[], now) + own < line.quantity
        };
        !item.is_available || state.stock.get(&line.variant).is_some_and(is_short)
    };
    cart.lines.iter().filter(is_gone).map(|line| line.variant.clone()).collect()
}
