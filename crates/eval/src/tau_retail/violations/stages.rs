//! What comes in the wrong state of an order, or a second time.

use checkout::{Command, Order, OrderStatus};

use super::{Ground, MOST, cancel, change_items, exchange, move_to, original, pay_with, send_back};

pub(super) fn attempts(ground: &mut Ground<'_>) {
    for status in [OrderStatus::Shipped, OrderStatus::Delivered, OrderStatus::Cancelled] {
        for order in ground.orders(status) {
            let (owner, _) = ground.owner(order);
            for command in changes(ground, order) {
                ground.attempt("a change after the order has left", "wrong_status", &owner, &command);
            }
        }
    }
    for status in [OrderStatus::Paid, OrderStatus::Shipped, OrderStatus::Cancelled] {
        for order in ground.orders(status) {
            let (owner, _) = ground.owner(order);
            for command in returns(ground, order, "r") {
                ground.attempt("a return of what has not arrived", "not_delivered", &owner, &command);
            }
        }
    }
    second_changes(ground);
    second_returns(ground);
}

/// After its items were changed, an order can be neither changed nor cancelled.
fn second_changes(ground: &mut Ground<'_>) {
    for order in ground.all_orders(OrderStatus::Paid).take(MOST) {
        let (owner, _) = ground.owner(order);
        let Some(other) = ground.sibling(order, 0) else { continue };
        let first = change_items(order, &order.lines[0].item.variant, &other, &original(order));
        for command in changes(ground, order) {
            let kind = "a change after the items were changed";
            ground.attempt_after(kind, "items_already_changed", &owner, &first, &command);
        }
    }
}

/// After a return or an exchange, there is no other.
fn second_returns(ground: &mut Ground<'_>) {
    for order in ground.all_orders(OrderStatus::Delivered).take(MOST) {
        let (owner, _) = ground.owner(order);
        for first in returns(ground, order, "first") {
            for command in returns(ground, order, "second") {
                let kind = "a second return or exchange";
                ground.attempt_after(kind, "return_already_requested", &owner, &first, &command);
            }
        }
    }
}

fn changes(ground: &Ground<'_>, order: &Order) -> Vec<Command> {
    let (_, owner) = ground.owner(order);
    let method = original(order);
    let item = &order.lines[0].item.variant;
    let mut commands = vec![cancel(order, "ordered by mistake"), move_to(order, "1 Elsewhere Street")];
    commands.extend(ground.sibling(order, 0).map(|other| change_items(order, item, &other, &method)));
    commands.extend(owner.methods.keys().find(|other| **other != method).map(|other| pay_with(order, other)));
    commands
}

fn returns(ground: &Ground<'_>, order: &Order, id: &str) -> Vec<Command> {
    let (item, method) = (&order.lines[0].item.variant, original(order));
    let mut commands = vec![send_back(order, item, 1, &method, id)];
    commands.extend(ground.sibling(order, 0).map(|other| exchange(order, item, &other, &method, id)));
    commands
}
