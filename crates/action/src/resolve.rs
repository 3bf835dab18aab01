//! From an action to a tool call: what the words mean in this conversation.

mod goods;
mod on_cart;
mod on_order;
mod on_wish;

use checkout::cart::CartLine;
use checkout::tool::ToolName;
use checkout::{CartId, Item, Order, OrderId, Policy, ShopperId};
use commerce::ProductId;
use serde_json::Value;

use crate::Action;

/// What an action is resolved against.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Products that were shown last, in the order in which they were shown, each with its variants.
    pub shown: &'a [Vec<Item>],
    /// The product that was talked about last.
    pub focus: Option<&'a ProductId>,
    /// The shopper's orders, newest first.
    pub orders: &'a [Order],
    /// The order that was talked about last.
    pub order: Option<&'a OrderId>,
    /// Items of products that are ordered, for exchanges.
    pub ordered: &'a [Item],
    /// The conversation's cart.
    pub cart: &'a CartId,
    /// What is in it.
    pub lines: &'a [CartLine],
    /// Who it is, where they are signed in.
    pub shopper: Option<&'a ShopperId>,
    /// The shop's rules.
    pub policy: &'a Policy,
}

/// What follows from an action.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// This call; its preview says what it would do, and whether that needs a yes.
    Call(ToolCall),
    /// Which variant is meant has to be asked; the action goes on with the options of the answer.
    Choose {
        /// The question, with what there is.
        text: String,
        /// Whether anything fits what was said so far.
        fits: bool,
    },
    /// This has to be asked or told first.
    Say(String),
    /// Nothing in the conversation is meant: what was said is no action here, and is answered like any question.
    Nothing,
}

/// A call of one of [`checkout::tool::tools`].
#[derive(Clone, Debug, PartialEq)]
pub struct ToolCall {
    /// Which.
    pub tool: ToolName,
    /// Its input, which fits the tool's schema.
    pub input: Value,
}

/// Finds what an action means here.
pub fn resolve(action: &Action, scene: &Scene<'_>) -> Step {
    match action {
        Action::Add(what) => on_cart::add(what, scene),
        Action::Remove(what) => on_cart::set(what, 0, scene),
        Action::SetQuantity(what) => on_cart::set(what, what.quantity.unwrap_or(1), scene),

        Action::AddCoupon { code } => on_cart::coupon(code, scene),
        Action::ShowCart => on_cart::show(scene),
        Action::Checkout => on_cart::place(scene),
        Action::ListOrders => on_order::list(scene),
        Action::ShowOrder(order) => on_order::show(order, scene),
        Action::Cancel(order) => on_order::cancel(order, scene),
        Action::Return { what, reason } => on_order::give_back(what, reason.as_deref(), scene),
        Action::Exchange { what, wanted, reason } => {
            on_order::exchange(what, wanted, reason.as_deref(), scene)
        }
        Action::SetAlert { what, at } => on_wish::alert(what, at, scene),
    }
}

fn call(tool: ToolName, input: Value) -> Step {
    Step::Call(ToolCall { tool, input })
}

fn say(text: impl Into<String>) -> Step {
    Step::Say(text.into())
}
