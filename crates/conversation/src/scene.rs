//! What an action is resolved against, loaded from the books.

use action::Scene;
use checkout::cart::Quote;
use checkout::query::{Query, View};
use checkout::{Actor, Cart, CartId, Item, Order, OrderId, Refusal};
use commerce::ProductId;
use store::{BooksError, StoreError};

use crate::remembered::Remembered;
use crate::{Counter, Party};

/// Products that are looked at, at most.
const MAX_PRODUCTS: usize = 24;
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
    shown: Vec<Vec<Item>>,
    ordered: Vec<Item>,
    focus: Option<ProductId>,
    order: Option<OrderId>,
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
        let (cart_id, cart) = open_cart(counter, party, &actor).await?;
        let mut shown = Vec::new();
        for product in remembered.shown.iter().take(MAX_PRODUCTS) {
            shown.push(variants(counter, &actor, product).await?);
        }
        shown.retain(|items| !items.is_empty());
        let ordered = ordered(counter, &actor, &orders, cart.as_ref().map(|(cart, _)| cart)).await?;
        let (focus, order) = (remembered.focus.clone(), remembered.order.clone());
        Ok(Self { party: party.clone(), actor, cart_id, cart, orders, shown, ordered, focus, order })
    }

    /// The scene of these surroundings.
    pub(crate) fn scene<'a>(&'a self, counter: &'a Counter) -> Scene<'a> {
        Scene {
            shown: &self.shown,
            focus: self.focus.as_ref(),
            orders: &self.orders,
            order: self.order.as_ref(),
            ordered: &self.ordered,
            cart: &self.cart_id,
            lines: self.cart.as_ref().map_or(&[], |(cart, _)| &cart.lines),
            shopper: self.party.shopper(),
            policy: counter.policy(),
        }
    }
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
    let mut items = Vec::new();
    for product in &products {
        items.extend(variants(counter, actor, product).await?);
    }
    for line in cart.iter().flat_map(|cart| &cart.lines) {
        let seen = counter.view(actor, &Query::Item(line.variant.clone())).await;
        if let Some(View::Items(found)) = allowed(seen)? {
            items.extend(found.into_iter().map(|(item, _)| item));
        }
    }
    Ok(items)
}

/// What is refused is not there for this actor.
fn allowed(seen: Result<View, BooksError>) -> Result<Option<View>, StoreError> {
    match seen {
        Ok(view) => Ok(Some(view)),
        Err(BooksError::Refused(_)) => Ok(None),
        Err(BooksError::Store(error)) => Err(error),
    }
}
