//! The state of the machines against the world's file, fact by fact, in both directions.

use checkout::order::{Direction, Event, Movement, MovementStatus};
use checkout::returns::ReturnKind;
use checkout::{Order, OrderId, OrderStatus, ShopperId, State};

use super::world::{Index, World, WorldOrder};

/// What a state and a world do not agree on.
pub(super) fn differences(index: &Index, state: &State, world: &World) -> Vec<String> {
    let mut differences = Vec::new();
    if state.orders.len() != world.orders.len() || state.shoppers.len() != world.users.len() {
        differences.push("there are more or fewer orders or people".to_owned());
    }
    for (id, due) in &world.orders {
        let got = OrderId::parse(id)
            .and_then(|id| state.orders.get(&id))
            .map(|order| of_order(index, state, order));
        let due = of_world(due);
        if got.as_ref() != Some(&due) {
            differences.push(format!("order {id}: {got:?}, should be {due:?}"));
        }
    }
    for (id, due) in &world.users {
        let Some(got) = ShopperId::parse(id).and_then(|id| state.shoppers.get(&id)) else {
            differences.push(format!("{id} is missing"));
            continue;
        };
        if got.address != Some(due.address.to_address()) {
            differences.push(format!("{id} lives at {:?}", got.address));
        }
        let balances: Vec<_> =
            got.methods.iter().map(|(id, method)| (id.as_str(), method.balance_minor)).collect();
        let due: Vec<_> =
            due.payment_methods.iter().map(|(id, method)| (id.as_str(), method.balance)).collect();
        if balances != due {
            differences.push(format!("{id} has {balances:?}, should have {due:?}"));
        }
    }
    differences
}

/// What is known of an order in either form.
#[derive(Debug, PartialEq)]
struct Facts {
    status: String,
    address: checkout::Address,
    items: Vec<(String, i64)>,
    money: Vec<(&'static str, i64, String)>,
    cancel_reason: Option<String>,
    returned: Option<(Vec<String>, String)>,
    exchanged: Option<(Vec<String>, Vec<String>, String, i64)>,
}

fn of_world(order: &WorldOrder) -> Facts {
    let mut items: Vec<_> = order.items.iter().map(|item| (item.item_id.clone(), item.price)).collect();
    items.sort();
    let money = order.payment_history.iter().map(|payment| {
        let kind = if payment.transaction_type == "payment" { "payment" } else { "refund" };
        (kind, payment.amount, payment.payment_method_id.clone())
    });
    Facts {
        status: order.status.clone(),
        address: order.address.to_address(),
        items,
        money: money.collect(),
        cancel_reason: order.cancel_reason.clone(),
        returned: order.returned.clone(),
        exchanged: order.exchanged.clone(),
    }
}

fn of_order(index: &Index, state: &State, order: &Order) -> Facts {
    let item = |variant| index.items.get(variant).cloned().unwrap_or_default();
    let mut items = Vec::new();
    for line in &order.lines {
        for _ in 0..line.quantity {
            items.push((item(&line.item.variant), line.paid_minor / i64::from(line.quantity)));
        }
    }
    items.sort();
    let mut facts = Facts {
        status: status(order).to_owned(),
        address: order.address.clone(),
        items,
        money: order.movements.iter().filter_map(money).collect(),
        cancel_reason: order.cancel_reason.clone(),
        returned: None,
        exchanged: None,
    };
    for known in state.returns.values().filter(|known| known.order == order.id) {
        let number = |number| order.line(number).map(|line| item(&line.item.variant)).unwrap_or_default();
        let pieces = known.items.iter().flat_map(|piece| (0..piece.quantity).map(|_| number(piece.number)));
        let mut old: Vec<String> = pieces.collect();
        old.sort();
        match &known.kind {
            ReturnKind::Refund { to, .. } => {
                facts.status = "return requested".to_owned();
                facts.returned = Some((old, to.to_string()));
            }
            ReturnKind::Exchange { lines, difference_minor, settle_with } => {
                facts.status = "exchange requested".to_owned();
                let pieces =
                    lines.iter().flat_map(|line| (0..line.quantity).map(|_| item(&line.item.variant)));
                let mut new: Vec<String> = pieces.collect();
                new.sort();
                facts.exchanged = Some((old, new, settle_with.to_string(), *difference_minor));
            }
        }
    }
    facts
}

fn status(order: &Order) -> &'static str {
    match order.status {
        OrderStatus::Placed => "unpaid",
        OrderStatus::Paid if order.count(Event::ItemsChanged) > 0 => "pending (item modified)",
        OrderStatus::Paid => "pending",
        OrderStatus::PartlyShipped | OrderStatus::Shipped => "processed",
        OrderStatus::Delivered => "delivered",
        OrderStatus::Cancelled => "cancelled",
    }
}

/// Money that has moved for good; anything that still waits for an answer shows as a difference.
fn money(movement: &Movement) -> Option<(&'static str, i64, String)> {
    let kind = match (&movement.direction, &movement.status) {
        (Direction::Charge, MovementStatus::Captured) => "payment",
        (Direction::Refund, MovementStatus::Refunded) => "refund",
        (_, MovementStatus::Voided) => return None,
        _ => "under way",
    };
    Some((kind, movement.amount_minor, movement.method.to_string()))
}
