//! What came of a call, as a shopper reads it: rendered from the books as they are afterwards.

mod alerts;
mod cart;
mod order;

pub use order::facts as order_facts;

use std::collections::BTreeSet;

use checkout::query::{Query, View};
use checkout::tool::ToolName;
use checkout::{Actor, CartId, Change, OrderId, changed};
use commerce::ProductId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::LedgerLine;

use crate::Counter;

/// Words and facts. It is what a tool call gives back in a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// What a shopper reads.
    pub text: String,
    /// The cart, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cart: Option<wire::Cart>,
    /// Orders that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<wire::Order>,
    /// The product that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductId>,
}

impl Outcome {
    /// Words alone.
    pub(crate) fn say(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(crate) fn empty_cart() -> Self {
        Self { text: cart::EMPTY.to_owned(), cart: Some(wire::Cart::default()), ..Self::default() }
    }

    /// As it stands among the contents of a session.
    pub(crate) fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// One that was stored.
    pub(crate) fn of(value: &Value) -> Self {
        serde_json::from_value(value.clone()).unwrap_or_default()
    }

    /// What somebody asked to see.
    pub(crate) async fn of_view(counter: &Counter, actor: &Actor, query: &Query, view: View) -> Self {
        match view {
            View::Cart(cart, quote) => cart::outcome(counter, actor, query, (&cart, &quote)).await,
            View::Orders(orders) => order::list(orders),
            View::Order(order, returns) => order::one(&order, &returns),
            View::Shipping(options) => Self::say(cart::deliveries(counter, &options)),
            View::Items(items) => Self::say(items_text(&items)),
            View::Prices(_, price) => Self::say(match price {
                Some(price) => format!("It costs {price} now."),
                None => "It has no price now.".to_owned(),
            }),
            View::Alerts(alerts, mandates) => alerts::list(counter, actor, &alerts, &mandates).await,
            View::Profile(shopper, _) => Self::say(format!("You are {}.", shopper.name)),
            View::Shopper(_) => Self::say("That account is known."),
        }
    }

    /// What a request has changed, told by the lines of its summary and by what it was about.
    pub(crate) async fn of_changes(
        counter: &Counter,
        actor: &Actor,
        tool: ToolName,
        (changes, lines): (&[Change], &[String]),
    ) -> Self {
        let about = changed(changes);
        let told = lines.join(" ");
        if tool == ToolName::CancelOrder && about.orders.len() > 1 {
            return order::after_several(counter, actor, &about.orders, &told).await;
        }
        if let Some(order) = order_of(tool, &about.orders) {
            let about = (&order, about.returns.first());
            return order::after(counter, actor, tool, about, &told).await;
        }
        if let Some(id) = about.carts.first() {
            return cart_after(counter, actor, id, &told).await;
        }
        let is_news = tool == ToolName::TakeNotices;
        Self::say(if told.is_empty() && !is_news { "That is done.".to_owned() } else { told })
    }

    /// The same from the ledger, after the answer of a call was lost.
    pub(crate) async fn of_ledger(counter: &Counter, line: &LedgerLine) -> Self {
        match ToolName::parse(&line.tool) {
            Some(tool) => Self::of_changes(counter, &line.actor, tool, (&line.changes, &[])).await,
            None => Self::say("That is done."),
        }
    }
}

/// The order that a change was about; a cart that became one is not looked at any more.
fn order_of(tool: ToolName, orders: &BTreeSet<OrderId>) -> Option<OrderId> {
    let is_cart = matches!(tool, ToolName::AddToCart | ToolName::SetCartQuantity);
    orders.first().filter(|_| !is_cart).cloned()
}

async fn cart_after(counter: &Counter, actor: &Actor, id: &CartId, told: &str) -> Outcome {
    let query = Query::Cart(id.clone());
    match counter.view(actor, &query).await {
        Ok(View::Cart(known, quote)) => {
            let outcome = cart::outcome(counter, actor, &query, (&known, &quote)).await;
            Outcome { text: cart::changed(&outcome, told), ..outcome }
        }
        _ => Outcome::say(if told.is_empty() { "That is done." } else { told }),
    }
}

fn items_text(items: &[(checkout::Item, Option<u32>)]) -> String {
    let lines = items.iter().map(|(item, left)| {
        let price = item.price.map_or_else(|| "no price".to_owned(), |price| price.to_string());
        let left = left.map(|left| format!(", {left} left")).unwrap_or_default();
        format!("- {}: {price}{left}", item.name())
    });
    lines.collect::<Vec<_>>().join("\n")
}
