//! Goods that cannot become what is wanted, or that are not in the order.

use checkout::OrderStatus;
use commerce::VariantId as Variant;

use super::{Ground, MOST, change_items, exchange, original, send_back};

pub(super) fn attempts(ground: &mut Ground<'_>) {
    for status in [OrderStatus::Paid, OrderStatus::Delivered] {
        other_products(ground, status);
        same_variants(ground, status);
        not_available(ground, status);
        not_in_order(ground, status);
    }
}

fn swap(
    ground: &mut Ground<'_>,
    order: &checkout::Order,
    kind: &'static str,
    code: &'static str,
    pair: [&Variant; 2],
) {
    let (owner, _) = ground.owner(order);
    let command = match order.status {
        OrderStatus::Paid => change_items(order, pair[0], pair[1], &original(order)),
        _ => exchange(order, pair[0], pair[1], &original(order), "r"),
    };
    ground.attempt(kind, code, &owner, &command);
}

fn other_products(ground: &mut Ground<'_>, status: OrderStatus) {
    for order in ground.orders(status) {
        let item = &order.lines[0].item;
        let mut others = ground.state.items.values();
        let other = others.find(|other| other.product != item.product && other.is_available);
        if let Some(other) = other {
            swap(
                ground,
                order,
                "an exchange across products",
                "other_product",
                [&item.variant, &other.variant],
            );
        }
        let unknown = Variant::of(&["no", "such item"]);
        swap(ground, order, "a variant that does not exist", "item_not_found", [&item.variant, &unknown]);
    }
}

fn same_variants(ground: &mut Ground<'_>, status: OrderStatus) {
    for order in ground.orders(status) {
        let item = &order.lines[0].item.variant;
        swap(ground, order, "the same variant again", "same_variant", [item, item]);
    }
}

fn not_available(ground: &mut Ground<'_>, status: OrderStatus) {
    let gone = |product, variant: &Variant| {
        let mut items = ground.state.items.values();
        let other = items.find(|o| o.product == product && o.variant != *variant && !o.is_available);
        other.map(|other| other.variant.clone())
    };
    let pairs: Vec<_> = ground
        .all_orders(status)
        .filter_map(|order| {
            let item = &order.lines[0].item;
            gone(item.product.clone(), &item.variant).map(|other| (order, other))
        })
        .take(MOST)
        .collect();
    for (order, other) in pairs {
        let item = &order.lines[0].item.variant;
        swap(ground, order, "a variant that is not available", "out_of_stock", [item, &other]);
    }
}

fn not_in_order(ground: &mut Ground<'_>, status: OrderStatus) {
    for order in ground.orders(status) {
        let has = |variant: &Variant| order.lines.iter().any(|line| line.item.variant == *variant);
        let other = ground.state.items.values().find(|item| !has(&item.variant) && item.is_available);
        let Some(other) = other.map(|item| item.variant.clone()) else { continue };
        swap(ground, order, "an item that is not in the order", "not_in_order", [&other, &other]);
        if status == OrderStatus::Delivered {
            let (owner, _) = ground.owner(order);
            let command = send_back(order, &other, 1, &original(order), "r");
            ground.attempt("an item that is not in the order", "not_in_order", &owner, &command);
            let item = &order.lines[0].item.variant;
            let command = send_back(order, item, 50, &original(order), "r");
            ground.attempt("more pieces than were ordered", "not_in_order", &owner, &command);
        }
    }
}
