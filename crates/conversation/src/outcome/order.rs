//! Orders in words and as facts.

use std::collections::BTreeSet;

use checkout::order::{Direction, MovementStatus, Shipment};
use checkout::payment::Operation;
use checkout::query::{Query, View};
use checkout::returns::{ReturnKind, ReturnStatus};
use checkout::tool::ToolName;
use checkout::{Actor, Order, OrderId, OrderLine, OrderStatus, Return, ReturnId};
use commerce::Money;

use super::Outcome;
use crate::Counter;

/// Orders that a list names at most.
const MAX_LISTED: usize = 10;

/// One order.
pub(super) fn one(order: &Order, returns: &[(ReturnId, Return)]) -> Outcome {
    let mut lines = vec![status(order)];
    lines.extend(order.lines.iter().map(|line| line_text(order, line)));
    let is_first =
        |parcel: &&Shipment| !parcel.lines.iter().any(|(number, _)| is_replacement(order, *number));
    for parcel in order.shipments.iter().filter(is_first) {
        lines.push(format!("It goes with {}.", parcel_text(parcel)));
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

/// One row: what was ordered with its price, and what it was exchanged for with how far that is.
fn line_text(order: &Order, line: &OrderLine) -> String {
    let (pieces, name) = (line.quantity, line.item.name());
    if line.in_place_of.is_some() {
        return format!("- {pieces} × {name}, in exchange: {}", way(order, line));
    }
    let total = Money::new(line.paid_minor, order.currency);
    let new = order.lines.iter().filter(|new| new.in_place_of == Some(line.number));
    let new: Vec<String> = new.map(|new| new.item.name()).collect();
    match (new.is_empty(), line.returned) {
        (false, _) => format!("- {pieces} × {name}: {total}, exchanged for {}", new.join(" and ")),
        (true, 0) => format!("- {pieces} × {name}: {total}"),
        (true, returned) => format!("- {pieces} × {name}: {total}, {returned} returned"),
    }
}

/// How far goods are that others were exchanged for.
fn way(order: &Order, line: &OrderLine) -> String {
    let coming = order.parcels_of(line).find(|(parcel, _)| order.is_on_the_way(parcel));
    match coming {
        _ if order.to_leave(line) == line.quantity => "being prepared".to_owned(),
        Some((parcel, _)) => format!("on its way with {}", parcel_text(parcel)),
        None if order.to_leave(line) > 0 => "partly delivered".to_owned(),
        None => "delivered".to_owned(),
    }
}

fn parcel_text(parcel: &Shipment) -> String {
    let carrier = if parcel.carrier.is_empty() { "a parcel" } else { parcel.carrier.as_str() };
    format!("{carrier}, tracking number {}", parcel.tracking)
}

fn is_replacement(order: &Order, number: u32) -> bool {
    order.line(number).is_some_and(|line| line.in_place_of.is_some())
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
    (id, asked): (&OrderId, Option<&ReturnId>),
    told: &str,
) -> Outcome {
    let Ok(View::Order(order, returns)) = counter.view(actor, &Query::Order(id.clone())).await else {
        return Outcome::say(if told.is_empty() { "That is done." } else { told });
    };
    let outcome = one(&order, &returns);
    // The numbers of returns say nothing of which is the newest.
    let newest = returns.iter().find(|(id, _)| Some(id) == asked).map(|(id, known)| return_text(id, known));
    let text = match tool {
        ToolName::PlaceOrder => placed(&order),
        ToolName::RetryPayment => paid_again(&order),
        ToolName::ChangeOrderPayment => match unsure(&order) {
            Some(unsure) => unsure,
            None if told.is_empty() => outcome.text.clone(),
            None => told.to_owned(),
        },
        ToolName::ReturnItems | ToolName::ExchangeItems => {
            [newest.unwrap_or_default(), told.to_owned()].join(" ").trim().to_owned()
        }
        _ if told.is_empty() => outcome.text.clone(),
        _ => told.to_owned(),
    };
    Outcome { text, ..outcome }
}

/// Several orders after one change, in the words of the change.
pub(super) async fn after_several(
    counter: &Counter,
    actor: &Actor,
    ids: &BTreeSet<OrderId>,
    told: &str,
) -> Outcome {
    let mut several = Outcome::say(told);
    let mut texts = Vec::new();
    for id in ids {
        if let Ok(View::Order(order, returns)) = counter.view(actor, &Query::Order(id.clone())).await {
            texts.push(status(&order));
            several.orders.push(facts(&order, &returns));
        }
    }
    if told.is_empty() {
        several.text = texts.join("\n");
    }
    several
}

/// An order as it crosses the wire.
pub fn facts(order: &Order, returns: &[(ReturnId, Return)]) -> wire::Order {
    let lines = order.lines.iter().map(|line| wire::OrderLine {
        source_id: line.item.sku.clone(),
        title: line.item.title.clone(),
        options: line.item.options.values().cloned().collect::<Vec<_>>().join(", "),
        quantity: line.quantity,
        returned: line.returned,
        shipped: line.shipped,
        in_place_of: line.in_place_of.and_then(|old| order.line(old)).map(|old| old.item.name()),
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

/// What became of another try at paying.
fn paid_again(order: &Order) -> String {
    let total = Money::new(order.total_minor, order.currency);
    if order.status == OrderStatus::Placed {
        return match payment_text(order) {
            Some(payment) => format!("Order {} is not paid yet. {payment}", order.id),
            None => format!("The payment of {total} for order {} is under way.", order.id),
        };
    }
    unsure(order).unwrap_or_else(|| format!("Thank you. Order {} is paid: {total}.", order.id))
}

/// What became of the newest charge of an order that was paid before, where it is not sure.
fn unsure(order: &Order) -> Option<String> {
    let last = order.movements.iter().rfind(|movement| movement.direction == Direction::Charge)?;
    let amount = Money::new(last.amount_minor, order.currency);
    match &last.status {
        MovementStatus::Declined { reason } => Some(format!("{} was not charged: {reason}.", last.label)),
        MovementStatus::Challenged { url } => Some(to_bank(url)),
        MovementStatus::Authorising | MovementStatus::Unclear { operation: Operation::Authorise } => {
            Some(format!("The payment of {amount} for order {} is under way.", order.id))
        }
        _ => None,
    }
}

fn to_bank(url: &str) -> String {
    format!("Your bank wants to hear from you before it pays: {url} The order goes on by itself after that.")
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
        MovementStatus::Challenged { url } => Some(to_bank(url)),
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
