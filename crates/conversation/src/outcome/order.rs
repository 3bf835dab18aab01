//! Orders in words and as facts.

use checkout::order::{Direction, MovementStatus};
use checkout::query::{Query, View};
use checkout::returns::{ReturnKind, ReturnStatus};
use checkout::tool::ToolName;
use checkout::{Actor, Order, OrderId, OrderStatus, Return, ReturnId};
use commerce::Money;

use super::Outcome;
use crate::Counter;

/// Orders that a list names at most.
const MAX_LISTED: usize = 10;

/// One order.
pub(super) fn one(order: &Order, returns: &[(ReturnId, Return)]) -> Outcome {
    let mut lines = vec![status(order)];
    lines.extend(order.lines.iter().map(|line| {
        let total = Money::new(line.paid_minor, order.currency);
        format!("- {} × {}: {total}", line.quantity, line.item.name())
    }));
    for parcel in &order.shipments {
        let carrier = if parcel.carrier.is_empty() { "a parcel" } else { parcel.carrier.as_str() };
        lines.push(format!("It goes with {carrier}, tracking number {}.", parcel.tracking));
    }
    lines.extend(returns.iter().map(|(id, known)| return_text(id, known)));
    lines.extend(payment_text(order));
    Outcome {
        text: lines.join("\n"),
        orders: vec![facts(order, returns)],
        product: only_product(order),
        cart: None,
    }
}

/// A shopper's orders, newest first.
pub(super) fn list(mut orders: Vec<Order>) -> Outcome {
    orders.sort_by(|a, b| b.placed_at.cmp(&a.placed_at).then_with(|| b.id.cmp(&a.id)));
    orders.truncate(MAX_LISTED);
    if orders.is_empty() {
        return Outcome::say("You have no orders.");
    }
    let text = orders.iter().map(|order| format!("- {}", status(order))).collect::<Vec<_>>().join("\n");
    let orders = orders.iter().map(|order| facts(order, &[])).collect();
    Outcome { text, orders, ..Outcome::default() }
}

/// An order after a change, in the words of the change.
pub(super) async fn after(
    counter: &Counter,
    actor: &Actor,
    tool: ToolName,
    id: &OrderId,
    told: &str,
) -> Outcome {
    let Ok(View::Order(order, returns)) = counter.view(actor, &Query::Order(id.clone())).await else {
        return Outcome::say(if told.is_empty() { "That is done." } else { told });
    };
    let outcome = one(&order, &returns);
    let newest = returns.iter().map(|(id, known)| return_text(id, known)).next_back();
    let text = match tool {
        ToolName::PlaceOrder => placed(&order),
        ToolName::ReturnItems | ToolName::ExchangeItems => {
            [newest.unwrap_or_default(), told.to_owned()].join(" ").trim().to_owned()
        }
        _ if told.is_empty() => outcome.text.clone(),
        _ => told.to_owned(),
    };
    Outcome { text, ..outcome }
}

/// An order as it crosses the wire.
pub fn facts(order: &Order, returns: &[(ReturnId, Return)]) -> wire::Order {
    let lines = order.lines.iter().map(|line| wire::OrderLine {
        source_id: line.item.sku.clone(),
        title: line.item.title.clone(),
        options: line.item.options.values().cloned().collect::<Vec<_>>().join(", "),
        quantity: line.quantity,
        returned: line.returned,
        total: Money::new(line.paid_minor, order.currency),
    });
    let parcels = order
        .shipments
        .iter()
        .map(|parcel| wire::Parcel { carrier: parcel.carrier.clone(), tracking: parcel.tracking.clone() });
    wire::Order {
        id: order.id.to_string(),
        status: order.status.as_str().to_owned(),
        placed_at: order.placed_at.map(|at| at.to_string()),
        lines: lines.collect(),
        total: Money::new(order.total_minor, order.currency),
        address: order.address.one_line(),
        parcels: parcels.collect(),
        returns: returns.iter().map(|(id, known)| return_facts(id, known)).collect(),
        challenge_url: challenge(order),
    }
}

fn status(order: &Order) -> String {
    let total = Money::new(order.total_minor, order.currency);
    format!("Order {} is {}: {total}.", order.id, order.status.words())
}

fn placed(order: &Order) -> String {
    let total = Money::new(order.total_minor, order.currency);
    match (order.status, payment_text(order)) {
        (OrderStatus::Placed, Some(payment)) => {
            format!("Your order has the number {} and is not paid yet. {payment}", order.id)
        }
        (OrderStatus::Placed, None) => {
            format!("Your order has the number {}. Its payment of {total} is under way.", order.id)
        }
        _ => format!("Thank you. Your order {} is placed and paid: {total}.", order.id),
    }
}

/// What keeps the last charge from being sure.
fn payment_text(order: &Order) -> Option<String> {
    if order.status != OrderStatus::Placed {
        return None;
    }
    let last = order.movements.iter().rfind(|movement| movement.direction == Direction::Charge)?;
    match &last.status {
        MovementStatus::Declined { reason } => {
            Some(format!("{} did not work: {reason}. Say how you would like to pay.", last.label))
        }
        MovementStatus::Challenged { url } => Some(format!("Your bank wants to hear from you: {url}")),
        _ => None,
    }
}

fn challenge(order: &Order) -> Option<String> {
    order.movements.iter().rev().find_map(|movement| match &movement.status {
        MovementStatus::Challenged { url } => Some(url.clone()),
        _ => None,
    })
}

fn return_text(id: &ReturnId, known: &Return) -> String {
    let what = match known.kind {
        ReturnKind::Refund { .. } => "return",
        ReturnKind::Exchange { .. } => "exchange",
    };
    let how = match known.status {
        ReturnStatus::Requested => "is noted",
        ReturnStatus::LabelSent => "has its label",
        ReturnStatus::Received => "has arrived",
        ReturnStatus::Withdrawn => "was called off",
        ReturnStatus::Rejected => "was not accepted",
    };
    format!("Your {what} {id} {how}.")
}

fn return_facts(id: &ReturnId, known: &Return) -> wire::OrderReturn {
    let kind = match known.kind {
        ReturnKind::Refund { .. } => "refund",
        ReturnKind::Exchange { .. } => "exchange",
    };
    let status = match known.status {
        ReturnStatus::Requested => "requested",
        ReturnStatus::LabelSent => "label_sent",
        ReturnStatus::Received => "received",
        ReturnStatus::Withdrawn => "withdrawn",
        ReturnStatus::Rejected => "rejected",
    };
    wire::OrderReturn { id: id.to_string(), kind: kind.to_owned(), status: status.to_owned() }
}

fn only_product(order: &Order) -> Option<commerce::ProductId> {
    match &order.lines[..] {
        [line] => Some(line.item.product.clone()),
        _ => None,
    }
}
