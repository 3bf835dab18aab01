//! From an action to a tool call: what the words mean in this conversation.

mod goods;
mod on_cart;
mod on_order;
mod on_return;
mod on_wish;
mod reason;
mod reason_table;
mod refund;
mod until;

pub use reason::reason_of;

use std::collections::BTreeMap;

use checkout::cart::CartLine;
use checkout::tool::ToolName;
use checkout::{
    AlertId, CartId, Item, MandateId, Method, MethodId, Order, OrderId, Policy, Return, ReturnId, ShopperId,
};
use commerce::{Money, ProductId, VariantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Action, OrderReference, Reference, Which};
use on_order::GivenBack;

/// What an action is resolved against.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Products that were shown last, in the order in which they were shown, each with its variants.
    pub shown: &'a [Vec<Item>],
    /// The product that was talked about last.
    pub focus: Option<&'a ProductId>,
    /// The shopper's orders, newest first.
    pub orders: &'a [Order],
    /// Their returns and exchanges whose goods are still to come.
    pub returns: &'a [(ReturnId, Return)],
    /// The order that was talked about last.
    pub order: Option<&'a OrderId>,
    /// What was dealt with last.
    pub subject: Option<Subject>,
    /// Items of products that are ordered, for exchanges.
    pub ordered: &'a [Item],
    /// The conversation's cart.
    pub cart: &'a CartId,
    /// What is in it.
    pub lines: &'a [CartLine],
    /// The codes in it.
    pub coupons: &'a [String],
    /// Who it is, where they are signed in.
    pub shopper: Option<&'a ShopperId>,
    /// The ways to pay of their account.
    pub methods: &'a BTreeMap<MethodId, Method>,
    /// The shop's rules.
    pub policy: &'a Policy,
    /// Price alerts that wait.
    pub alerts: &'a [Waiting<AlertId>],
    /// Standing orders that wait.
    pub mandates: &'a [Waiting<MandateId>],
    /// The time, for days that are said.
    pub now: Timestamp,
}

/// What a conversation dealt with last, which a pronoun can stand for beside goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The cart and what is in it.
    Cart,
    /// An order.
    Order,
    /// Price alerts and standing orders.
    Wishes,
}

/// Something that somebody waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting<I> {
    /// Its id.
    pub id: I,
    /// On what.
    pub item: Item,
    /// At which price.
    pub at: Money,
}

/// What is to be bought once it costs so much or less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MandateWish {
    /// What.
    pub variant: VariantId,
    /// How many pieces.
    pub quantity: u32,
    /// What one may cost.
    pub unit_cap: Money,
    /// Until when, not included; `None` where it was not said.
    pub valid_until: Option<Timestamp>,
}

/// What follows from an action.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// This call; its preview says what it would do, and whether that needs a yes.
    Call(ToolCall),
    /// These calls, which need no yes.
    Calls(Vec<ToolCall>),
    /// An order that goes elsewhere, once it is known where to.
    Readdress {
        /// Which one.
        order: OrderId,
        /// Where to, as it was written.
        to: Option<String>,
    },
    /// Something for an order that is placed, which takes nothing more: it can go into a new one.
    NewOrder {
        /// The one that is placed.
        order: OrderId,
        /// What puts it into the cart.
        instead: Box<Action>,
    },
    /// Another action is what is meant.
    Instead(Box<Action>),
    /// A standing order, once it is known how it is paid and where it goes.
    Mandate(MandateWish),
    /// Which variant is meant has to be asked; the action goes on with the options of the answer.
    Choose {
        /// The question, with what there is.
        text: String,
        /// Whether anything fits what was said so far.
        fits: bool,
        /// Of which product, which is what is talked about from then on.
        product: Option<ProductId>,
    },
    /// Which product is meant has to be asked; the action goes on with what is pointed at.
    Point(String),
    /// Which product these words mean has to be found out; the action goes on with it as what was talked about last.
    Seek {
        /// A name, or what it has most or least of: `cheapest ladder`.
        words: String,
        /// Products among which `the lighter one` is meant.
        among: Vec<ProductId>,
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

/// The way to be paid back that words name, for an order of the scene; else what is to be said.
pub fn refund_method<'a>(words: &str, order: &'a Order, scene: &Scene<'a>) -> Result<&'a MethodId, Step> {
    refund::method(words, order, scene)
}

/// Finds what an action means here.
pub fn resolve(action: &Action, scene: &Scene<'_>) -> Step {
    match action {
        Action::Add(what) => on_cart::add(what, scene),
        // What is agreed with a standing order stays as it is.
        Action::SetQuantity(Reference { which: Which::It, .. })
        | Action::Pieces(_)
        | Action::OneMore
        | Action::More(_)
            if scene.subject == Some(Subject::Wishes) =>
        {
            on_wish::unchanged()
        }
        Action::AddToOrder { what, order } => on_order::add(what, order, scene),
        Action::Remove(what) => on_cart::remove(what, scene),
        Action::SetQuantity(what) => on_cart::set(what, what.quantity.unwrap_or(1), scene),
        Action::Pieces(quantity) => on_cart::pieces(*quantity, scene),
        Action::OneMore => on_cart::more(1, scene),
        Action::More(quantity) => on_cart::more(*quantity, scene),
        Action::EmptyCart => on_cart::empty(scene),
        Action::DropCoupon { code } => on_cart::drop_coupon(code.as_deref(), scene),
        Action::AddCoupon { code } => on_cart::coupon(code, scene),
        Action::ShowCart => on_cart::show(scene),
        Action::Checkout => on_cart::place(scene),
        Action::ListOrders => on_order::list(scene),
        Action::ShowOrder(order) => on_order::show(order, scene),
        Action::Expect(OrderReference::It) if scene.orders.is_empty() => Step::Nothing,
        Action::Expect(order) => on_order::show(order, scene),
        Action::Cancel(OrderReference::It) if scene.subject == Some(Subject::Wishes) => {
            on_wish::drop_it(scene)
        }
        Action::Cancel(OrderReference::These(many)) if scene.subject == Some(Subject::Wishes) => {
            on_wish::drop_these(*many, scene)
        }
        Action::Cancel(order) => on_order::cancel(order, scene),
        // Where no order is open, "my order" is what is in the cart.
        Action::TakeOut { what, order: OrderReference::Mine }
            if !scene.orders.iter().any(on_order::is_open) && !scene.lines.is_empty() =>
        {
            on_cart::remove(what, scene)
        }
        Action::TakeOut { what, order } => on_order::take_out(what, order, scene),
        Action::Return { what, also, order, reason, refund_to, condition } => {
            let (order, reason, refund_to) = (order.as_ref(), reason.as_deref(), refund_to.as_deref());
            let condition = *condition;
            on_order::give_back(&GivenBack { what, also, order, reason, refund_to, condition }, scene)
        }
        Action::Reorder { what, order } => on_order::again(what.as_ref(), order.as_ref(), scene),
        // Each is resolved for itself, and a way to be paid belongs to a return that is being agreed on.
        Action::Each(_) | Action::RefundTo(_) => Step::Nothing,
        Action::Withdraw { what, order, is_named } => {
            on_return::withdraw((what.as_ref(), order.as_ref()), *is_named, scene)
        }
        Action::Readdress { order, to } => on_order::readdress(order, to.as_deref(), scene),
        Action::Exchange { what, order, wanted, reason, condition } => {
            let in_cart = order.is_none().then(|| on_cart::swap(what, wanted, scene)).flatten();
            in_cart.unwrap_or_else(|| {
                let why = (reason.as_deref(), *condition);
                on_order::exchange((what, order.as_ref()), wanted, why, scene)
            })
        }
        Action::SetAlert { what, at } => on_wish::alert(what, at, scene),
        Action::SetMandate { what, at, until } => on_wish::mandate(what, at, *until, scene),
        Action::ListAlerts => call(ToolName::ListAlerts, serde_json::json!({})),
        Action::DropAlert(which) => on_wish::drop_alert(which, scene),
        Action::DropMandate(which) => on_wish::drop_mandate(which, scene),
    }
}

fn call(tool: ToolName, input: Value) -> Step {
    Step::Call(ToolCall { tool, input })
}

fn say(text: impl Into<String>) -> Step {
    Step::Say(text.into())
}
