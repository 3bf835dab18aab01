//! What can be looked at, and by whom. Reading moves nothing, but it shows people's data, so it asks the same questions.

use commerce::{Money, ProductId, VariantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::cart::{Quote, ShippingOption, open_cart, quote, shipping_options};
use crate::plan::Case;
use crate::price_history::PriceHistory;
use crate::{
    Actor, Alert, AlertId, Cart, CartId, Item, Key, Mandate, MandateId, Order, OrderId, Owner, PersonProof,
    Policy, Refusal, Return, ReturnId, Shopper, ShopperId, State, identify,
};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Query {
    /// Whose account fits these details.
    FindShopper(PersonProof),
    /// A profile.
    Profile(ShopperId),
    /// A shopper's orders.
    Orders(ShopperId),
    /// One order with its returns.
    Order(OrderId),
    /// A product's variants.
    Product(ProductId),
    /// One variant.
    Item(VariantId),
    /// A cart with what it costs.
    Cart(CartId),
    /// How a cart can be delivered.
    Shipping(CartId),
    /// What a variant has cost.
    Prices(VariantId),
    /// The actor's own alerts and standing orders.
    Alerts,
}

/// An answer. A program shows it; it is never typed by a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Whose account it is. Nothing else is said before that is sure.
    Shopper(ShopperId),
    /// A profile, with the numbers of the orders.
    Profile(Shopper, Vec<OrderId>),
    /// Orders, those of the largest number last.
    Orders(Vec<Order>),
    /// An order with its returns.
    Order(Box<Order>, Vec<(ReturnId, Return)>),
    /// Variants with the pieces that are free, where they are counted.
    Items(Vec<(Item, Option<u32>)>),
    /// A cart with what it costs.
    Cart(Cart, Box<Quote>),
    /// Ways of delivery.
    Shipping(Vec<ShippingOption>),
    /// What a variant has cost, and costs now.
    Prices(PriceHistory, Option<Money>),
    /// Alerts and standing orders.
    Alerts(Vec<(AlertId, Alert)>, Vec<(MandateId, Mandate)>),
}

/// Answers a question, or says why not.
pub fn answer(
    state: &State,
    policy: &Policy,
    actor: &Actor,
    now: Timestamp,
    query: &Query,
) -> Result<View, Refusal> {
    let key = Key::parse("read").ok_or(Refusal::NothingToChange)?;
    let case = Case { state, policy, actor, key: &key, now };
    Ok(match query {
        Query::FindShopper(proof) => View::Shopper(identify(state, policy, proof)?.id.clone()),
        Query::Profile(id) => {
            let shopper = own(&case, id)?;
            View::Profile(shopper.clone(), orders_of(state, id).map(|order| order.id.clone()).collect())
        }
        Query::Orders(id) => {
            own(&case, id)?;
            View::Orders(orders_of(state, id).cloned().collect())
        }
        Query::Order(id) => {
            let order = actor.order(state, policy, id)?;
            let returns = state.returns.iter().filter(|(_, known)| known.order == *id);
            let returns = returns.map(|(id, known)| (id.clone(), known.clone())).collect();
            View::Order(Box::new(order.clone()), returns)
        }
        Query::Product(product) => {
            let variants: Vec<_> = state.items.values().filter(|item| item.product == *product).collect();
            if variants.is_empty() {
                return Err(Refusal::ItemNotFound);
            }
            View::Items(variants.into_iter().map(|item| counted(&case, item)).collect())
        }
        Query::Item(variant) => View::Items(vec![counted(&case, case.item(variant)?)]),
        Query::Cart(id) => {
            let cart = open_cart(&case, id)?;
            View::Cart(cart.clone(), Box::new(quote(state, policy, cart, now)))
        }
        Query::Shipping(id) => View::Shipping(shipping_options(state, policy, open_cart(&case, id)?, now)),
        Query::Prices(variant) => {
            let price = case.item(variant)?.price;
            View::Prices(state.prices.get(variant).cloned().unwrap_or_default(), price)
        }
        Query::Alerts => alerts(&case)?,
    })
}

fn own<'a>(case: &Case<'a>, id: &ShopperId) -> Result<&'a Shopper, Refusal> {
    let is_own = case.actor.is_owner(&Owner::Shopper(id.clone()));
    case.state.shoppers.get(id).filter(|_| is_own).ok_or(Refusal::ShopperNotFound)
}

fn orders_of<'a>(state: &'a State, id: &ShopperId) -> impl Iterator<Item = &'a Order> {
    let owner = Owner::Shopper(id.clone());
    state.orders.values().filter(move |order| order.owner == owner)
}

fn counted(case: &Case<'_>, item: &Item) -> (Item, Option<u32>) {
    let level = case.state.stock.get(&item.variant);
    (item.clone(), level.map(|level| level.free_for(&[], case.now)))
}

fn alerts(case: &Case<'_>) -> Result<View, Refusal> {
    let owner = case.actor.owner().ok_or(Refusal::ShopperOnly)?;
    let alerts = case.state.alerts.iter().filter(|(_, alert)| alert.owner == owner);
    let is_own = |mandate: &Mandate| Owner::Shopper(mandate.terms.shopper.clone()) == owner;
    let mandates = case.state.mandates.iter().filter(|(_, mandate)| is_own(mandate));
    Ok(View::Alerts(
        alerts.map(|(id, alert)| (id.clone(), alert.clone())).collect(),
        mandates.map(|(id, mandate)| (id.clone(), mandate.clone())).collect(),
    ))
}
