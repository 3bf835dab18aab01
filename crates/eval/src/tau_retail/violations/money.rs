//! Money that may not go where it should go, or is not there.

use checkout::{MethodKind, Order, OrderStatus};

use super::{Ground, MOST, cancel, change_items, exchange, original, pay_with, send_back};

pub(super) fn attempts(ground: &mut Ground<'_>) {
    foreign_methods(ground);
    other_methods(ground);
    empty_gift_cards(ground);
    same_method(ground);
    reasons(ground);
}

fn foreign_methods(ground: &mut Ground<'_>) {
    for order in ground.orders(OrderStatus::Delivered) {
        let (owner, _) = ground.owner(order);
        let (_, stranger) = ground.stranger(order);
        let Some(method) = stranger.methods.keys().next() else { continue };
        let item = &order.lines[0].item.variant;
        let refund = send_back(order, item, 1, method, "r");
        ground.attempt("a refund to another person's method", "method_not_found", &owner, &refund);
        if let Some(other) = ground.sibling(order, 0) {
            let command = exchange(order, item, &other, method, "r");
            ground.attempt("a difference on another person's method", "method_not_found", &owner, &command);
        }
    }
    for order in ground.orders(OrderStatus::Paid) {
        let (owner, _) = ground.owner(order);
        let (_, stranger) = ground.stranger(order);
        let Some(method) = stranger.methods.keys().next() else { continue };
        let command = pay_with(order, method);
        ground.attempt("a payment with another person's method", "method_not_found", &owner, &command);
    }
}

/// A refund goes to the original method or a gift card, and to nothing else.
fn other_methods(ground: &mut Ground<'_>) {
    for order in ground.all_orders(OrderStatus::Delivered).collect::<Vec<_>>() {
        let (actor, owner) = ground.owner(order);
        let wrong = owner
            .methods
            .iter()
            .filter(|(id, method)| **id != original(order) && method.kind != MethodKind::GiftCard);
        for (method, _) in wrong {
            let command = send_back(order, &order.lines[0].item.variant, 1, method, "r");
            ground.attempt("a refund to a third method", "refund_method_not_allowed", &actor, &command);
        }
    }
}

fn empty_gift_cards(ground: &mut Ground<'_>) {
    for order in ground.all_orders(OrderStatus::Paid).collect::<Vec<_>>() {
        let (actor, owner) = ground.owner(order);
        for (method, _) in owner.methods.iter().filter(|(_, method)| method.kind == MethodKind::GiftCard) {
            let balance = owner.methods[method].balance_minor.unwrap_or(0);
            if balance < order.total_minor && *method != original(order) {
                let command = pay_with(order, method);
                ground.attempt(
                    "a gift card that does not cover the order",
                    "gift_card_too_low",
                    &actor,
                    &command,
                );
            }
            for (line, dearer) in dearer(ground, order, balance) {
                let command = change_items(order, &line, &dearer, method);
                let kind = "a gift card that does not cover the difference";
                ground.attempt(kind, "gift_card_too_low", &actor, &command);
            }
        }
    }
}

/// Lines with another variant that costs more by more than a balance.
fn dearer(
    ground: &Ground<'_>,
    order: &Order,
    balance: i64,
) -> Vec<(commerce::VariantId, commerce::VariantId)> {
    let dearest = |line: &checkout::OrderLine| {
        let items = ground.state.items.values();
        let others = items.filter(|other| other.product == line.item.product && other.is_available);
        let dearest = others.max_by_key(|other| other.price.map_or(0, |price| price.amount_minor))?;
        let price = dearest.price?.amount_minor;
        (price - line.paid_minor > balance).then(|| (line.item.variant.clone(), dearest.variant.clone()))
    };
    order.lines.iter().filter_map(dearest).take(1).collect()
}

fn same_method(ground: &mut Ground<'_>) {
    for order in ground.orders(OrderStatus::Paid) {
        let (owner, _) = ground.owner(order);
        ground.attempt(
            "the method that it is paid with",
            "same_method",
            &owner,
            &pay_with(order, &original(order)),
        );
    }
}

fn reasons(ground: &mut Ground<'_>) {
    const REASONS: [&str; 4] = ["found it cheaper", "", "takes too long", "no longer needed or so"];
    for (place, order) in ground.all_orders(OrderStatus::Paid).take(MOST).enumerate() {
        let (owner, _) = ground.owner(order);
        let command = cancel(order, REASONS[place % REASONS.len()]);
        ground.attempt("a reason that is not taken", "reason_not_taken", &owner, &command);
    }
}
