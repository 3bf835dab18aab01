//! Returns and exchanges of what has arrived: what may come back is asked of the policy, money moves once, and never
//! more goes back than was paid.

mod eligible;
mod exchange;
mod kept;
mod receive;
mod refund;
mod withdraw;

pub use kept::Kept;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use commerce::VariantId;

use crate::order::{Order, OrderChange, OrderLine};
use crate::plan::{Case, Plan};
use crate::{Change, MethodId, OrderId, OrderStatus, Refusal, ReturnId, State};

/// A return or an exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// Of which order.
    pub order: OrderId,
    /// What comes back.
    pub items: Vec<ReturnItem>,
    /// Money, or other goods.
    pub kind: ReturnKind,
    /// Why, where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How far it is.
    pub status: ReturnStatus,
    /// Whether its money has moved.
    #[serde(default)]
    pub is_settled: bool,
    /// The label that was sent: carrier and tracking number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<(String, String)>,
}

impl Return {
    /// One that has just been asked for.
    fn requested(order: OrderId, items: Vec<ReturnItem>, kind: ReturnKind, reason: Option<String>) -> Self {
        Self { order, items, kind, reason, status: ReturnStatus::Requested, is_settled: false, label: None }
    }

    /// Notes its pieces as returned.
    fn note_returned(&self, plan: &mut Plan) {
        for item in &self.items {
            let change = OrderChange::LineReturned { number: item.number, quantity: item.quantity };
            plan.push(Change::Order { order: self.order.clone(), change });
        }
    }
}

/// Pieces of a line that come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnItem {
    /// The line's number.
    pub number: u32,
    /// How many pieces.
    pub quantity: u32,
    /// In which condition, as the shopper says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<ItemCondition>,
}

/// What a shopper gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnKind {
    /// Money.
    Refund {
        /// Where to.
        to: MethodId,
        /// What is kept of it for restocking, as it was agreed; `None` for returns that do not say, of which the policy decides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fee_minor: Option<i64>,
        /// Other sums that are kept of it, as they were agreed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kept: Vec<Kept>,
    },
    /// Other variants.
    Exchange {
        /// What is sent; the numbers are given when the goods go.
        lines: Vec<OrderLine>,
        /// What the new goods cost more, or (below zero) less.
        difference_minor: i64,
        /// What pays the difference, or receives it.
        settle_with: MethodId,
    },
}

/// The state in which something comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemCondition {
    /// As it was packed.
    Unopened,
    /// Unpacked, not used.
    Opened,
    /// Used or worn.
    Used,
    /// Broken, wrong, or damaged on the way.
    Defective,
}

impl ItemCondition {
    /// As a shopper reads it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unopened => "unopened",
            Self::Opened => "opened but not used",
            Self::Used => "used",
            Self::Defective => "defective",
        }
    }
}

/// How far a return is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnStatus {
    /// It was asked for and granted.
    Requested,
    /// The label was sent.
    LabelSent,
    /// The goods are back, and the money or the new goods are on their way.
    Received,
    /// The shopper kept the goods.
    Withdrawn,
    /// The shop did not take them.
    Rejected,
}

/// Pieces that somebody wants to send back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnPick {
    /// Of which variant.
    pub variant: VariantId,
    /// How many pieces; left out: one.
    #[serde(default = "one")]
    pub quantity: u32,
    /// In which condition, where the policy asks.
    #[serde(default)]
    pub condition: Option<ItemCondition>,
}

/// Pieces that somebody wants another variant for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExchangePick {
    /// What comes back.
    pub variant: VariantId,
    /// What is wanted.
    pub to: VariantId,
    /// How many pieces; left out: one.
    #[serde(default = "one")]
    pub quantity: u32,
    /// In which condition, where the policy asks.
    #[serde(default)]
    pub condition: Option<ItemCondition>,
}

/// What can be done to a return or exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnCommand {
    /// Asks to send something back for its money.
    Request {
        /// From which order.
        order: OrderId,
        /// All that comes back.
        items: Vec<ReturnPick>,
        /// Where the money goes.
        refund_to: MethodId,
        /// Why, where the policy asks.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Asks to send something back for another variant.
    Exchange {
        /// From which order.
        order: OrderId,
        /// All that comes back, and what for.
        items: Vec<ExchangePick>,
        /// What pays a difference, or receives it.
        settle_with: MethodId,
        /// Why, where the policy asks.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Keeps the goods after all.
    Withdraw,
    /// The label was sent. Only the shop says so.
    SendLabel {
        /// Who carries it.
        carrier: String,
        /// Its tracking number.
        tracking: String,
    },
    /// The goods are back. Only the shop says so.
    Receive {
        /// Whether they can be sold again.
        restock: bool,
    },
    /// The goods are not taken. Only the shop says so.
    Reject,
}

/// What became of a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnChange {
    /// It was granted.
    Requested(Return),
    /// The label was sent.
    LabelSent {
        /// Who carries it.
        carrier: String,
        /// Its tracking number.
        tracking: String,
    },
    /// Its money has moved.
    Settled,
    /// It is this far.
    StatusSet(ReturnStatus),
}

impl Return {
    /// Whether its goods are still to come.
    pub fn is_open(&self) -> bool {
        matches!(self.status, ReturnStatus::Requested | ReturnStatus::LabelSent)
    }

    /// Whether it counts as one that the order has had.
    pub fn counts(&self) -> bool {
        self.is_open() || self.status == ReturnStatus::Received
    }
}

/// Lays a change over a return.
pub(crate) fn apply(state: &mut State, id: &ReturnId, change: &ReturnChange) {
    if let ReturnChange::Requested(new) = change {
        state.returns.insert(id.clone(), new.clone());
        return;
    }
    let Some(known) = state.returns.get_mut(id) else { return };
    match change {
        ReturnChange::LabelSent { carrier, tracking } => {
            known.label = Some((carrier.clone(), tracking.clone()));
            known.status = ReturnStatus::LabelSent;
        }
        ReturnChange::Settled => known.is_settled = true,
        ReturnChange::StatusSet(status) => known.status = *status,
        ReturnChange::Requested(_) => {}
    }
}

/// Decides a command on a return or exchange.
pub(crate) fn plan(case: &Case<'_>, id: &ReturnId, command: &ReturnCommand) -> Result<Plan, Refusal> {
    match command {
        ReturnCommand::Request { order, items, refund_to, reason } => {
            let order = returnable(case, id, order)?;
            refund::plan(case, id, order, items, refund_to, reason.as_deref())
        }
        ReturnCommand::Exchange { order, items, settle_with, reason } => {
            let order = returnable(case, id, order)?;
            exchange::plan(case, id, order, items, settle_with, reason.as_deref())
        }
        ReturnCommand::Withdraw => withdraw::plan(case, id, open(case, id)?, ReturnStatus::Withdrawn),
        ReturnCommand::Reject => {
            staff(case)?;
            withdraw::plan(case, id, open(case, id)?, ReturnStatus::Rejected)
        }
        ReturnCommand::SendLabel { carrier, tracking } => {
            staff(case)?;
            open(case, id)?;
            let clean = |text: &str| text.chars().filter(|c| !c.is_control()).take(80).collect::<String>();
            let change = ReturnChange::LabelSent { carrier: clean(carrier), tracking: clean(tracking) };
            let mut plan = Plan::default();
            plan.tell(|mood| {
                format!("The label of return {id} {}.", mood.of("was sent", "would be noted as sent"))
            });
            plan.push(Change::Return { id: id.clone(), change });
            Ok(plan)
        }
        ReturnCommand::Receive { restock } => {
            staff(case)?;
            receive::plan(case, id, open(case, id)?, *restock)
        }
    }
}

/// The order, if something of it could come back at all.
fn returnable<'a>(case: &Case<'a>, id: &ReturnId, order: &OrderId) -> Result<&'a Order, Refusal> {
    let order = case.actor.order(case.state, case.policy, order)?;
    if case.state.returns.contains_key(id) {
        return Err(Refusal::IdTaken { id: id.to_string() });
    }
    let had = case.state.returns.values().filter(|known| known.order == order.id && known.counts()).count();
    if case.policy.returns.max_per_order.is_some_and(|most| had >= most as usize) {
        return Err(Refusal::ReturnAlreadyRequested { order: order.id.clone() });
    }
    if order.status != OrderStatus::Delivered {
        return Err(Refusal::NotDelivered { order: order.id.clone(), status: order.status });
    }
    Ok(order)
}

/// The return with its order, if it is the actor's and its goods are still to come.
fn open<'a>(case: &Case<'a>, id: &ReturnId) -> Result<(&'a Return, &'a Order), Refusal> {
    let known = case.state.returns.get(id).ok_or_else(|| Refusal::ReturnNotFound { id: id.clone() })?;
    let order = case.actor.order(case.state, case.policy, &known.order);
    let order = order.map_err(|_| Refusal::ReturnNotFound { id: id.clone() })?;
    if known.is_open() { Ok((known, order)) } else { Err(Refusal::ReturnClosed { id: id.clone() }) }
}

fn staff(case: &Case<'_>) -> Result<(), Refusal> {
    if case.actor.is_shop() { Ok(()) } else { Err(Refusal::StaffOnly) }
}

fn one() -> u32 {
    1
}
