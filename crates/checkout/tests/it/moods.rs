//! What somebody says yes to reads as what would happen, and afterwards as what has.

use checkout::order::OrderCommand;
use checkout::payment::{PaymentAnswer, PaymentCommand, outstanding};
use checkout::placement::PlacementCommand;
use checkout::returns::{ExchangePick, ReturnCommand, ReturnPick};
use checkout::*;

use crate::shop::{Shop, address, order_id, read_ahead, return_id, saved, shopper, variant};

fn ahead(shop: &mut Shop, actor: &Actor, command: Command) -> String {
    let request = shop.request(actor, command);
    let summary = preview(&shop.state, &shop.policy, &request).unwrap();
    read_ahead(&summary);
    summary.ahead.join("\n")
}

fn staff() -> Actor {
    Actor::Staff(StaffId::parse("sam").unwrap())
}

fn on(order: &OrderId, command: OrderCommand) -> Command {
    Command::Order { order: order.clone(), command }
}

fn method(name: &str) -> MethodId {
    MethodId::parse(name).unwrap()
}

fn send_back(order: &OrderId) -> Command {
    let items = vec![ReturnPick { variant: variant("Tee", "M"), quantity: 1, condition: None }];
    let command =
        ReturnCommand::Request { order: order.clone(), items, refund_to: method("card"), reason: None };
    Command::Return { id: return_id("r1"), command }
}

fn delivered(shop: &mut Shop) -> OrderId {
    let order = shop.place(&shopper("ann"), "1", &[(variant("Tee", "M"), 1)], saved("card")).unwrap();
    shop.settle();
    let ship =
        OrderCommand::Ship { items: Vec::new(), carrier: "Post".to_owned(), tracking: "T1".to_owned() };
    insta::assert_snapshot!(ahead(shop, &staff(), on(&order, ship.clone())), @"1 of 1 open pieces of order 1 would leave as T1.");
    shop.run(&staff(), on(&order, ship)).unwrap();
    insta::assert_snapshot!(ahead(shop, &staff(), on(&order, OrderCommand::Deliver)), @"Order 1 would be noted as arrived.");
    shop.run(&staff(), on(&order, OrderCommand::Deliver)).unwrap();
    order
}

#[test]
fn placing_an_order() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let cart = shop.cart(&ann, "c", &[(variant("Tee", "M"), 1)]).unwrap();
    let place = PlacementCommand::Place { order: order_id("1"), pay_with: saved("card") };
    insta::assert_snapshot!(ahead(&mut shop, &ann, Command::Placement { cart, command: place }), @"
    1 × Tee (M): $20.99.
    Delivery: $5.00.
    Sales tax 8.25%: $2.14.
    It would go to 1 Main Street, Springfield IL 62701, US.
    You would pay $28.13 with Visa ending in 4242.
    ");
}

#[test]
fn changes_of_an_order() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let order = shop.place(&ann, "1", &[(variant("Tee", "S"), 1)], saved("card")).unwrap();
    shop.settle();
    let cancel = on(&order, OrderCommand::Cancel { reason: None, also: Vec::new() });
    insta::assert_snapshot!(ahead(&mut shop, &ann, cancel), @"
    Order 1 would be cancelled.
    $27.05 would go back to Visa ending in 4242 in 5 to 7 business days.
    ");
    let repay = on(&order, OrderCommand::ChangePayment { pay_with: saved("other") });
    insta::assert_snapshot!(ahead(&mut shop, &ann, repay), @"
    Order 1 would be paid with Visa ending in 1111: $27.05.
    $27.05 would go back to Visa ending in 4242 in 5 to 7 business days.
    ");
    let swap = order::Swap { variant: variant("Tee", "S"), to: Some(variant("Tee", "M")), quantity: 1 };
    let swap = OrderCommand::ChangeItems { swaps: vec![swap], settle_with: method("card") };
    insta::assert_snapshot!(ahead(&mut shop, &ann, on(&order, swap)), @"
    1 × Tee (S) would become Tee (M), $22.72 in place of $21.64.
    Visa ending in 4242 would be charged $1.08.
    ");
    let readdress = on(&order, OrderCommand::ChangeAddress { address: address("9 Elm Street") });
    insta::assert_snapshot!(ahead(&mut shop, &ann, readdress), @"Order 1 would go to 9 Elm Street, Springfield IL 62701, US.");
}

#[test]
fn a_payment_and_a_refund_that_were_declined() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let order = shop.place(&ann, "1", &[(variant("Tee", "S"), 1)], saved("card")).unwrap();
    let no = || PaymentAnswer::Declined { reason: "no".to_owned() };
    let asked = outstanding(&shop.state).remove(0);
    shop.answer(&asked, no());
    let retry = PaymentCommand::Retry { pay_with: saved("other") };
    insta::assert_snapshot!(ahead(&mut shop, &ann, Command::Payment { order: order.clone(), command: retry.clone() }), @"You would pay $27.05 for order 1 with Visa ending in 1111.");
    shop.run(&ann, Command::Payment { order: order.clone(), command: retry }).unwrap();
    shop.settle();
    shop.run(&ann, on(&order, OrderCommand::Cancel { reason: None, also: Vec::new() })).unwrap();
    let asked = outstanding(&shop.state).remove(0);
    shop.answer(&asked, no());
    let command = PaymentCommand::RetryRefund { movement: asked.movement, to: Some(method("gift")) };
    insta::assert_snapshot!(ahead(&mut shop, &ann, Command::Payment { order, command }), @"$27.05 would go back to your gift card at once.");
}

#[test]
fn returns_and_exchanges() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let order = delivered(&mut shop);
    insta::assert_snapshot!(ahead(&mut shop, &ann, send_back(&order)), @"
    1 × Tee (M) would come back for $22.72.
    $2.27 would be kept for restocking.
    $20.45 would go back to Visa ending in 4242 in 5 to 7 business days after the goods are back.
    You would get an e-mail with a free label and how to send it back.
    ");
    let items = vec![ExchangePick {
        variant: variant("Tee", "M"),
        to: variant("Tee", "L"),
        quantity: 1,
        condition: None,
    }];
    let command =
        ReturnCommand::Exchange { order: order.clone(), items, settle_with: method("card"), reason: None };
    insta::assert_snapshot!(ahead(&mut shop, &ann, Command::Return { id: return_id("x1"), command }), @"
    1 × Tee (M) would become Tee (L), $20.56 in place of $22.72.
    $2.16 would go back to Visa ending in 4242.
    You would get an e-mail with a free label and how to send it back.
    ");
    shop.run(&ann, send_back(&order)).unwrap();
    let of = |command| Command::Return { id: return_id("r1"), command };
    insta::assert_snapshot!(ahead(&mut shop, &staff(), of(ReturnCommand::Receive { restock: true })), @"The goods of return r1 would be noted as back.");
    insta::assert_snapshot!(ahead(&mut shop, &staff(), of(ReturnCommand::Reject)), @"Return r1 of order 1 would be off.");
}

#[test]
fn an_order_that_nobody_pays() {
    let mut shop = Shop::new();
    let order = shop.place(&shopper("ann"), "1", &[(variant("Tee", "S"), 1)], saved("card")).unwrap();
    shop.wait(16);
    insta::assert_snapshot!(ahead(&mut shop, &staff(), on(&order, OrderCommand::Lapse)), @"Order 1 was not paid in time and would be cancelled.");
}
