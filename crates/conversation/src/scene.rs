//! What an action is resolved against, loaded from the books.

use std::collections::BTreeMap;

use action::{Scene, Subject, Waiting};
use checkout::alert::AlertStatus;
use checkout::cart::Quote;
use checkout::mandate::MandateStatus;
use checkout::order::Event;
use checkout::query::{Query, View};
use checkout::{
    Actor, AlertId, Cart, CartId, Item, MandateId, Method, MethodId, Order, OrderId, Refusal, Return,
    ReturnId,
};
use commerce::{ProductId, VariantId};
use jiff::Timestamp;
use store::{BooksError, StoreError};

use crate::remembered::Remembered;
use crate::{Counter, Party};

/// Products that are looked at, at most.
pub(crate) const MAX_PRODUCTS: usize = 24;
/// Carts that became orders before an open one is found.
const MAX_CARTS: u32 = 1_000;

/// Everything that words in a conversation can mean.
pub(crate) struct Surroundings {
    pub(crate) party: Party,
    pub(crate) actor: Actor,
    pub(crate) cart_id: CartId,
    /// `None` while nothing was put into it.
    pub(crate) cart: Option<(Cart, Box<Quote>)>,
    pub(crate) orders: Vec<Order>,
    returns: Vec<(ReturnId, Return)>,
    shown: Vec<Vec<Item>>,
    ordered: Vec<Item>,
    focus: Option<ProductId>,
    order: Option<OrderId>,
    subject: Option<Subject>,
    alerts: Vec<Waiting<AlertId>>,
    mandates: Vec<Waiting<MandateId>>,
    methods: BTreeMap<MethodId, Method>,
    now: Timestamp,
}

impl Surroundings {
    /// Loads what is around a party who was left with this.
    pub(crate) async fn load(
        counter: &Counter,
        party: &Party,
        remembered: &Remembered,
    ) -> Result<Self, StoreError> {
        let actor = party.actor(remembered.proof.clone());
        let mut orders = counter.orders_of(&party.owner()).await?;
        if let Some(proof) = &remembered.proof
            && let Some(View::Order(order, _)) =
                allowed(counter.view(&actor, &Query::Order(proof.order.clone())).await)?
            && !orders.iter().any(|known| known.id == order.id)
        {
            orders.push(*order);
        }
        let returns = open_returns(counter, &actor, &orders).await?;
        let (cart_id, cart) = open_cart(counter, party, &actor).await?;
        let mut shown = Vec::new();
        for product in remembered.shown.iter().take(MAX_PRODUCTS) {
            shown.push(variants(counter, &actor, product).await?);
        }
        shown.retain(|items| !items.is_empty());
        let ordered = ordered(counter, &actor, &orders, cart.as_ref().map(|(cart, _)| cart)).await?;
        let (focus, order) = (remembered.focus.clone(), remembered.order.clone());
        let (alerts, mandates) = waiting(counter, &actor).await?;
        let methods = methods(counter, party, &actor).await?;
        let (party, now) = (party.clone(), Timestamp::now());
        let subject = remembered.subject;
        Ok(Self {
            party,
            actor,
            cart_id,
            cart,
            orders,
            returns,
            shown,
            ordered,
            focus,
            order,
            subject,
            alerts,
            mandates,
            methods,
            now,
        })
    }

    /// The products that were shown, by name and by the price of the cheapest variant.
    pub(crate) fn told(&self) -> Vec<String> {
        let told = |items: &Vec<Item>| {
            let title = items.first().map_or("", |item| item.title.as_str());
            let price = items.iter().filter_map(|item| item.price).min_by_key(|price| price.amount_minor);
            price.map_or_else(|| title.to_owned(), |price| format!("{title} at {price}"))
        };
        self.shown.iter().map(told).collect()
    }

    /// The scene of these surroundings.
    pub(crate) fn scene<'a>(&'a self, counter: &'a Counter) -> Scene<'a> {
        Scene {
            shown: &self.shown,
            focus: self.focus.as_ref(),
            orders: &self.orders,
            returns: &self.returns,
            order: self.order.as_ref(),
            subject: self.subject,
            ordered: &self.ordered,
            cart: &self.cart_id,
            lines: self.cart.as_ref().map_or(&[], |(cart, _)| &cart.lines),
            coupons: self.cart.as_ref().map_or(&[], |(cart, _)| &cart.coupons),
            shopper: self.party.shopper(),
            methods: &self.methods,
            policy: counter.policy(),
            alerts: &self.alerts,
            mandates: &self.mandates,
            now: self.now,
        }
    }
}

/// The ways to pay of somebody's account.
async fn methods(
    counter: &Counter,
    party: &Party,
    actor: &Actor,
) -> Result<BTreeMap<MethodId, Method>, StoreError> {
    let Some(shopper) = party.shopper() else { return Ok(BTreeMap::new()) };
    match allowed(counter.view(actor, &Query::Profile(shopper.clone())).await)? {
        Some(View::Profile(profile, _)) => Ok(profile.methods),
        _ => Ok(BTreeMap::new()),
    }
}

/// What is to be sent back of orders of which something was asked to be.
async fn open_returns(
    counter: &Counter,
    actor: &Actor,
    orders: &[Order],
) -> Result<Vec<(ReturnId, Return)>, StoreError> {
    let asked =
        |order: &&Order| order.count(Event::ReturnRequested) > 0 || order.count(Event::ExchangeRequested) > 0;
    let mut open = Vec::new();
    for order in orders.iter().filter(asked) {
        let seen = counter.view(actor, &Query::Order(order.id.clone())).await;
        if let Some(View::Order(_, returns)) = allowed(seen)? {
            open.extend(returns.into_iter().filter(|(_, known)| known.is_open()));
        }
    }
    Ok(open)
}

/// The party's open cart: the first one that has not become an order.
async fn open_cart(
    counter: &Counter,
    party: &Party,
    actor: &Actor,
) -> Result<(CartId, Option<(Cart, Box<Quote>)>), StoreError> {
    let mut number = 0;
    loop {
        let id = party.cart(number);
        match counter.view(actor, &Query::Cart(id.clone())).await {
            Ok(View::Cart(cart, quote)) => return Ok((id, Some((cart, quote)))),
            Err(BooksError::Refused(Refusal::CartOrdered { .. })) if number < MAX_CARTS => number += 1,
            Err(BooksError::Store(error)) => return Err(error),
            _ => return Ok((id, None)),
        }
    }
}

async fn variants(counter: &Counter, actor: &Actor, product: &ProductId) -> Result<Vec<Item>, StoreError> {
    match allowed(counter.view(actor, &Query::Product(product.clone())).await)? {
        Some(View::Items(items)) => Ok(items.into_iter().map(|(item, _)| item).collect()),
        _ => Ok(Vec::new()),
    }
}

/// All variants of what was ordered, and what is in the cart.
async fn ordered(
    counter: &Counter,
    actor: &Actor,
    orders: &[Order],
    cart: Option<&Cart>,
) -> Result<Vec<Item>, StoreError> {
    let mut products: Vec<ProductId> = Vec::new();
    for line in orders.iter().flat_map(|order| &order.lines) {
        if !products.contains(&line.item.product) && products.len() < MAX_PRODUCTS {
            products.push(line.item.product.clone());
        }
    }
    let mut items: Vec<Item> = Vec::new();
    for product in &products {
        items.extend(variants(counter, actor, product).await?);
    }
    for line in cart.iter().flat_map(|cart| &cart.lines) {
        let Some(item) = item(counter, actor, &line.variant).await? else { continue };
        if !products.contains(&item.product) && products.len() < MAX_PRODUCTS {
            // Another variant may be wanted in its place.
            products.push(item.product.clone());
            items.extend(variants(counter, actor, &item.product).await?);
        }
        if !items.iter().any(|known| known.variant == item.variant) {
            items.push(item);
        }
    }
    Ok(items)
}

/// The alerts and standing orders of somebody that wait, with what they are on.
async fn waiting(
    counter: &Counter,
    actor: &Actor,
) -> Result<(Vec<Waiting<AlertId>>, Vec<Waiting<MandateId>>), StoreError> {
    let (mut alerts, mut mandates) = (Vec::new(), Vec::new());
    let Some(View::Alerts(set, given)) = allowed(counter.view(actor, &Query::Alerts).await)? else {
        return Ok((alerts, mandates));
    };
    for (id, alert) in set.into_iter().filter(|(_, alert)| alert.status == AlertStatus::Waiting) {
        let item = item(counter, actor, &alert.variant).await?;
        alerts.extend(item.map(|item| Waiting { id, item, at: alert.at_or_below }));
    }
    for (id, mandate) in given.into_iter().filter(|(_, mandate)| mandate.status == MandateStatus::Waiting) {
        let item = item(counter, actor, &mandate.terms.variant).await?;
        mandates.extend(item.map(|item| Waiting { id, item, at: mandate.terms.unit_cap }));
    }
    Ok((alerts, mandates))
}

async fn item(counter: &Counter, actor: &Actor, variant: &VariantId) -> Result<Option<Item>, StoreError> {
    match allowed(counter.view(actor, &Query::Item(variant.clone())).await)? {
        Some(View::Items(items)) => Ok(items.into_iter().next().map(|(item, _)| item)),
        _ => Ok(None),
    }
}

/// What is refused is not there for this actor.
fn allowed(seen: Result<View, BooksError>) -> Result<Option<View>, StoreError> {
    match seen {
        Ok(view) => Ok(Some(view)),
        Err(BooksError::Refused(_)) => Ok(None),
        Err(BooksError::Store(error)) => Err(error),
    }
}
