//! Several orders that are called off by one yes.

use checkout::order::OrderCommand;
use checkout::*;

use crate::shop::{Shop, order_id, saved, shopper, variant};

fn staff() -> Actor {
    Actor::Staff(StaffId::parse("sam").unwrap())
}

fn cancel(order: &OrderId, also: &[&OrderId]) -> Command {
    let also = also.iter().map(|id| (*id).clone()).collect();
    Command::Order { order: order.clone(), command: OrderCommand::Cancel { reason: None, also } }
}

fn ship(order: &OrderId) -> Command {
    let command =
        OrderCommand::Ship { items: Vec::new(), carrier: "UPS".to_owned(), tracking: "1Z".to_owned() };
    Command::Order { order: order.clone(), command }
}

/// Two orders that are paid and one that has left.
fn three(shop: &mut Shop) -> [OrderId; 3] {
    let ann = shopper("ann");
    let orders = ["1", "2", "3"]
        .map(|name| shop.place(&ann, name, &[(variant("Tee", "M"), 1)], saved("card")).unwrap());
    shop.settle();
    shop.run(&staff(), ship(&orders[2])).unwrap();
    orders
}

#[test]
fn each_goes_back_once_and_what_has_left_stays_with_its_reason() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let [first, second, left] = three(&mut shop);
    let free = shop.free(&variant("Tee", "M"));
    // Named twice, an order is called off once.
    let request = shop.request(&ann, cancel(&first, &[&left, &second, &second, &first]));
    assert_eq!(preview(&shop.state, &shop.policy, &request).unwrap().called_off, 2);
    let lines = shop.run(&ann, cancel(&first, &[&left, &second, &second, &first])).unwrap();
    insta::assert_snapshot!(lines.join("\n"), @"
    Order 1 is cancelled.
    $28.13 goes back to Visa ending in 4242 in 5 to 7 business days.
    Order 2 is cancelled.
    $28.13 goes back to Visa ending in 4242 in 5 to 7 business days.
    Order 3 stays as it is.
    Order 3 is on its way, so this can no longer be done.
    ");
    shop.settle();
    for id in [&first, &second] {
        let order = shop.order(id);
        assert_eq!(order.status, OrderStatus::Cancelled);
        assert!(order.captured_minor() > 0);
        assert_eq!(order.refunded_minor(), order.captured_minor());
    }
    assert_eq!((shop.order(&left).status, shop.order(&left).refunded_minor()), (OrderStatus::Shipped, 0));
    assert_eq!(shop.free(&variant("Tee", "M")), free + 2);
    let refused = shop.run(&ann, cancel(&first, &[&left])).unwrap_err();
    insta::assert_snapshot!(refused, @"Order 1 is cancelled, so this can no longer be done. Order 3 is on its way, so this can no longer be done.");
    assert_eq!(refused.code(), "none_of_these");
    assert_eq!(shop.refused(&ann, cancel(&first, &[])), "wrong_status");
}

#[test]
fn an_order_of_somebody_else_is_like_none_and_nothing_is_done() {
    let mut shop = Shop::new();
    let (ann, bob) = (shopper("ann"), shopper("bob"));
    let [first, ..] = three(&mut shop);
    let foreign = shop.place(&bob, "b", &[(variant("Tee", "M"), 1)], saved("card")).unwrap();
    shop.settle();
    assert_eq!(shop.refused(&ann, cancel(&first, &[&foreign])), "order_not_found");
    assert_eq!(shop.refused(&ann, cancel(&first, &[&order_id("none")])), "order_not_found");
    assert_eq!(shop.order(&first).status, OrderStatus::Paid);
    assert_eq!(shop.order(&foreign).status, OrderStatus::Paid);
}

#[test]
fn a_summary_is_out_of_date_once_one_of_them_has_left() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let [first, second, _] = three(&mut shop);
    let mut request = shop.request(&ann, cancel(&first, &[&second]));
    let summary = preview(&shop.state, &shop.policy, &request).unwrap();
    request.confirmation = Some(Confirmation { digest: summary.digest });
    shop.run(&staff(), ship(&second)).unwrap();
    assert_eq!(decide(&shop.state, &shop.policy, &request).unwrap_err().code(), "summary_outdated");
    assert_eq!(shop.order(&first).status, OrderStatus::Paid);
}

#[test]
fn no_more_than_twenty_are_called_off_together() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let [first, ..] = three(&mut shop);
    let order = shop.order(&first).clone();
    let others: Vec<OrderId> = (0..20).map(|n| order_id(&format!("copy {n}"))).collect();
    for id in &others {
        shop.state.orders.insert(id.clone(), Order { id: id.clone(), ..order.clone() });
    }
    let others: Vec<&OrderId> = others.iter().collect();
    assert_eq!(shop.refused(&ann, cancel(&first, &others)), "too_many_orders");
}
