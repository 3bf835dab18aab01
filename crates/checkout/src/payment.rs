//! Payments as values: what the provider is asked, under a key that stays the same, and what it answers, once, twice,
//! late or never. The shop's own gift cards are settled at once and need no provider.

use commerce::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::order::{Direction, Event, Movement, MovementStatus, Order, OrderChange, OrderStatus, money};
use crate::plan::{Case, Plan};
use crate::{Change, Holder, Key, MethodId, OrderId, Refusal, State, stock};

/// What a provider is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Set an amount aside.
    Authorise,
    /// Take what was set aside.
    Capture,
    /// Let go of what was set aside.
    Void,
    /// Pay back.
    Refund,
}

/// One thing for the provider to do. Doing it again under the same key is doing it once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderCommand {
    /// The idempotency key for the provider.
    pub key: String,
    /// For which order.
    pub order: OrderId,
    /// Which of its movements: it comes back with the answer.
    pub movement: Key,
    /// The charge that is refunded, captured or let go, where it is another movement.
    pub of: Option<Key>,
    /// With which method.
    pub method: MethodId,
    /// What.
    pub operation: Operation,
    /// How much.
    pub amount: Money,
    /// Whether only to ask what became of the key, because the last answer was lost.
    pub only_ask: bool,
}

/// What a provider answers, at once or by a webhook later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentAnswer {
    /// Done.
    Succeeded,
    /// Not done, and it will not be.
    Declined {
        /// In the provider's words.
        reason: String,
    },
    /// The shopper has to prove themself there first.
    Challenge {
        /// Where.
        url: String,
    },
    /// No answer came in time; it may or may not be done.
    Unclear,
    /// The provider has never seen the key: it can be asked again.
    NeverSeen,
}

/// What can be said about payments of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentCommand {
    /// The provider answered.
    Answer {
        /// Which movement.
        movement: Key,
        /// On what.
        operation: Operation,
        /// What.
        answer: PaymentAnswer,
    },
    /// Another try at paying an order whose payment failed.
    Retry {
        /// What to pay with.
        pay_with: money::Tender,
    },
    /// Another try at a refund that was declined.
    RetryRefund {
        /// Which refund.
        movement: Key,
        /// Where to; left out: as before.
        #[serde(default)]
        to: Option<MethodId>,
    },
}

/// Everything that providers have been asked and have not answered for good, in the order of orders and movements. A
/// shell sends these after each decision and after each start; the keys make that safe.
pub fn outstanding(state: &State) -> Vec<ProviderCommand> {
    state.orders.values().flat_map(outstanding_of).collect()
}

/// What of that is about one order.
pub fn outstanding_of(order: &Order) -> Vec<ProviderCommand> {
    let asked = |movement: &Movement| {
        let (operation, only_ask) = movement.status.asked()?;
        Some(ProviderCommand {
            key: format!("{}/{}", movement.key, movement.attempt_name(operation)),
            order: order.id.clone(),
            movement: movement.key.clone(),
            of: movement.of.clone(),
            method: movement.method.clone(),
            operation,
            amount: Money::new(movement.amount_minor, order.currency),
            only_ask,
        })
    };
    order.movements.iter().filter_map(asked).collect()
}

/// Decides a command on the payments of an order.
pub(crate) fn plan(case: &Case<'_>, id: &OrderId, command: &PaymentCommand) -> Result<Plan, Refusal> {
    let order = case.actor.order(case.state, case.policy, id)?;
    let mut plan = Plan::default();
    match command {
        PaymentCommand::Answer { movement, operation, answer } => {
            if !case.actor.is_shop() {
                return Err(Refusal::StaffOnly);
            }
            let known = order.movements.iter().find(|known| known.key == *movement);
            let movement = known.ok_or_else(|| Refusal::OrderNotFound { order: id.clone() })?;
            answered(case, order, movement, *operation, answer, &mut plan);
        }
        PaymentCommand::Retry { pay_with } => retry(case, order, pay_with, &mut plan)?,
        PaymentCommand::RetryRefund { movement, to } => {
            retry_refund(case, order, movement, to.as_ref(), &mut plan)?;
        }
    }
    Ok(plan)
}

/// What follows from an answer. One that comes twice, or after the movement has gone on, changes nothing.
fn answered(
    case: &Case<'_>,
    order: &Order,
    movement: &Movement,
    operation: Operation,
    answer: &PaymentAnswer,
    plan: &mut Plan,
) {
    let is_late = operation == Operation::Authorise
        && *answer == PaymentAnswer::Succeeded
        && matches!(movement.status, MovementStatus::Declined { .. });
    if movement.status.operation() != Some(operation) && !is_late {
        return;
    }
    match answer {
        PaymentAnswer::Succeeded if is_late => set(order, movement, MovementStatus::Voiding, plan),
        PaymentAnswer::Succeeded => succeeded(case, order, movement, operation, plan),
        PaymentAnswer::Declined { reason } if operation != Operation::Void => {
            let reason = reason.chars().take(200).collect();
            set(order, movement, MovementStatus::Declined { reason }, plan);
            note(case, order, Event::PaymentDeclined, plan);
        }
        PaymentAnswer::Challenge { url } if operation == Operation::Authorise => {
            set(order, movement, MovementStatus::Challenged { url: url.clone() }, plan);
        }
        PaymentAnswer::NeverSeen => set(order, movement, MovementStatus::asking(operation), plan),
        PaymentAnswer::Unclear | PaymentAnswer::Declined { .. } | PaymentAnswer::Challenge { .. } => {
            set(order, movement, MovementStatus::Unclear { operation }, plan);
        }
    }
}

fn succeeded(case: &Case<'_>, order: &Order, movement: &Movement, operation: Operation, plan: &mut Plan) {
    match operation {
        Operation::Void => set(order, movement, MovementStatus::Voided, plan),
        Operation::Refund => {
            set(order, movement, MovementStatus::Refunded, plan);
            note(case, order, Event::Refunded, plan);
        }
        Operation::Capture => {
            set(order, movement, MovementStatus::Captured, plan);
            if order.is_unwanted(movement) {
                money::pay_back(case, order, movement, order.surplus_minor(), plan);
            }
        }
        Operation::Authorise if order.is_unwanted(movement) => {
            set(order, movement, MovementStatus::Voiding, plan);
        }
        Operation::Authorise => authorised(case, order, movement, plan),
    }
}

fn authorised(case: &Case<'_>, order: &Order, movement: &Movement, plan: &mut Plan) {
    let is_open = order.status == OrderStatus::Placed;
    let is_complete = order.secured_minor() + movement.amount_minor >= order.total_minor;
    if is_open && !is_complete {
        // It is taken once the other part of the payment is sure as well.
        set(order, movement, MovementStatus::Authorised, plan);
        return;
    }
    if is_open && !secured(case, order, plan) {
        // The goods went to somebody else while the answer was on its way.
        set(order, movement, MovementStatus::Voiding, plan);
        crate::order::call_off(case, order, "no longer available", Some(&movement.key), plan);
        return;
    }
    let after = money::after_authorising(case.policy, order);
    let waits = |other: &&Movement| {
        other.direction == Direction::Charge && other.status == MovementStatus::Authorised
    };
    if is_open && after != MovementStatus::Authorised {
        order.movements.iter().filter(waits).for_each(|other| set(order, other, after.clone(), plan));
    }
    set(order, movement, after, plan);
    if movement.replaces {
        money::give_back_all(case, order, Some(&movement.key), plan);
    }
}

/// Makes an order paid: its goods are held until they leave. Says whether they could be.
pub(crate) fn secured(case: &Case<'_>, order: &Order, plan: &mut Plan) -> bool {
    let mut holds = Plan::default();
    let holder = [Holder::Order(order.id.clone())];
    for (variant, quantity) in order.unshipped() {
        let wanted = stock::Hold { quantity, until: None };
        if is_counted(case, &variant) && stock::hold(case, &mut holds, &variant, &holder, wanted).is_err() {
            return false;
        }
    }
    plan.changes.append(&mut holds.changes);
    let change = OrderChange::StatusSet(OrderStatus::Paid);
    plan.push(Change::Order { order: order.id.clone(), change });
    note(case, order, Event::Paid, plan);
    true
}

fn is_counted(case: &Case<'_>, variant: &commerce::VariantId) -> bool {
    case.state.stock.contains_key(variant)
}

fn retry(case: &Case<'_>, order: &Order, pay_with: &money::Tender, plan: &mut Plan) -> Result<(), Refusal> {
    let missing_minor = -order.surplus_minor();
    if order.status == OrderStatus::Cancelled || missing_minor <= 0 {
        return Err(Refusal::NotUnpaid { order: order.id.clone() });
    }
    if order.movements.len() >= case.policy.payment.max_attempts as usize {
        return Err(Refusal::TooManyAttempts { most: case.policy.payment.max_attempts });
    }
    let charge = money::Charge { order, amount_minor: missing_minor, name: "retry", replaces: false };
    let label = money::charge(case, &order.owner, pay_with, charge, plan)?;
    let amount = Money::new(missing_minor, order.currency);
    // Whether it was paid, only the provider knows.
    plan.tell(|mood| {
        format!("You {} {amount} for order {} with {label}.", mood.of("pay", "would pay"), order.id)
    });
    Ok(())
}

/// What a declined refund left owing goes back another way, or is tried again.
fn retry_refund(
    case: &Case<'_>,
    order: &Order,
    movement: &Key,
    to: Option<&MethodId>,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let is_declined = |known: &&Movement| {
        known.key == *movement
            && known.direction == Direction::Refund
            && matches!(known.status, MovementStatus::Declined { .. })
    };
    let declined = order.movements.iter().find(is_declined).ok_or(Refusal::NothingToChange)?;
    let owed_minor = declined.amount_minor.min(order.surplus_minor());
    if owed_minor <= 0 {
        return Err(Refusal::NothingToChange);
    }
    let to = match to {
        Some(id) if *id != declined.method => {
            let tender = money::Tender::Saved(id.clone());
            let (id, method) = money::method(case, &order.owner, Some(order), &tender)?;
            if !order.may_receive(&case.policy.returns.refund_to, &id, method.kind) {
                return Err(Refusal::RefundMethodNotAllowed { method: method.label });
            }
            (id, method.kind, method.label)
        }
        _ => (declined.method.clone(), declined.kind, declined.label.clone()),
    };
    money::give_back(case, order, to, owed_minor, plan)
}

fn set(order: &Order, movement: &Movement, status: MovementStatus, plan: &mut Plan) {
    let change = OrderChange::MovementSet { key: movement.key.clone(), status };
    plan.push(Change::Order { order: order.id.clone(), change });
}

fn note(case: &Case<'_>, order: &Order, event: Event, plan: &mut Plan) {
    plan.push(crate::order::noted(case, &order.id, event));
}
