//! What a turn leaves for the next one. It stands in the reply, so it is erased with it.

use action::{Action, Subject};
use agent::{FactId, Item, Line};
use checkout::{OrderId, OrderProof};
use commerce::ProductId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sessions::Asked;
use wire::AskReply;

/// What a conversation has shown and asked so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Remembered {
    /// Products that were shown last, in their order.
    pub(crate) shown: Vec<ProductId>,
    /// The product that was talked about last.
    pub(crate) focus: Option<ProductId>,
    /// The order that was talked about last.
    pub(crate) order: Option<OrderId>,
    /// What was dealt with last: `stop it`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<Subject>,
    /// What a guest has proved.
    pub(crate) proof: Option<OrderProof>,
    /// What the shopper was asked for.
    pub(crate) asking: Option<Asking>,
    /// A call that waits for what they were asked for.
    pub(crate) pending: Option<Pending>,
    /// What the answerer remembers of the conversation.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(crate) thread: Value,
    /// The language that the shopper speaks, a BCP 47 tag; `None` for English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    /// An action that waits for the product or the variant that is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) action: Option<Action>,
    /// An action on a kind of goods that is being answered with what there is of it, and then waits for one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) wish: Option<Action>,
    /// What was asked for in the same message.
    #[serde(skip_serializing_if = "Batch::is_empty")]
    pub(crate) batch: Batch,
    /// Facts that the shopper told last of themself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) told: Vec<FactId>,
    /// Facts of which they were just asked whether to keep them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) keep: Vec<FactId>,
    /// Whether they are not to be asked that again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) has_declined: bool,
}

/// Several wishes of one message. They are carried out together, once nothing of them has to be asked any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// Calls that are clear.
    pub(crate) ready: Vec<Pending>,
    /// What comes after the one that is dealt with.
    pub(crate) rest: Vec<Action>,
}

impl Batch {
    /// Whether there is only one wish.
    pub(crate) fn is_empty(&self) -> bool {
        self.ready.is_empty() && self.rest.is_empty()
    }
}

/// A call that lacks something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pending {
    /// The tool.
    pub(crate) tool: String,
    /// Its input so far.
    pub(crate) input: Value,
}

/// What a shopper can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Asking {
    /// Name, e-mail and address.
    Address,
    /// A way of delivery.
    Delivery,
    /// A way to pay.
    Payment,
    /// The condition of what comes back.
    Condition,
    /// Why it comes back, or why an order is cancelled.
    Reason,
    /// Which variant of a product is meant.
    Variant,
    /// Which product is meant.
    Product,
    /// Where an order is to go instead.
    OrderAddress,
    /// Whether what an order takes no more is to go into a new one.
    NewOrder,
    /// The number of an order and what else a guest knows of it.
    Proof,
}

impl Remembered {
    /// What the last reply of a session left.
    pub(crate) fn of(asked: &Asked) -> Self {
        let replies = asked.context.items.iter().rev().filter_map(|item| match item {
            Item::Past(Line::Replied { text }) => asked.words.value(text),
            _ => None,
        });
        let left = replies.filter_map(|value| value.get("remembered")).next();
        left.and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
    }

    /// A reply with what it leaves.
    pub(crate) fn with(&self, reply: &AskReply) -> Value {
        json!({ "reply": reply, "remembered": self })
    }
}

/// What the last reply to a guest is worth once they have signed in: what was shown, and what they were asked on the way to an order.
/// What they proved of other orders, and what waits in that session, stays there; whether to keep what they told is asked anew.
pub(crate) fn handed_on(value: &Value) -> Option<Value> {
    let left: Remembered = serde_json::from_value(value.get("remembered")?.clone()).ok()?;
    let is_open = |asking: &Asking| {
        !matches!(
            asking,
            Asking::Proof | Asking::Condition | Asking::Reason | Asking::OrderAddress | Asking::NewOrder
        )
    };
    let remembered = Remembered {
        proof: None,
        pending: None,
        batch: Batch::default(),
        asking: left.asking.filter(is_open),
        keep: Vec::new(),
        has_declined: false,
        ..left
    };
    // The words may tell of an order that they proved only.
    Some(json!({ "reply": null, "remembered": remembered }))
}

/// The reply of such a value.
pub(crate) fn reply_of(value: &Value) -> Option<AskReply> {
    serde_json::from_value(value.get("reply")?.clone()).ok()
}
