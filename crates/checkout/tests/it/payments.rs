use checkout::order::{MovementStatus, OrderCommand, Tender};
use checkout::payment::{Operation, PaymentAnswer, PaymentCommand, outstanding};
use checkout::placement::PlacementCommand;
use checkout::*;

use crate::shop::{Shop, order_id, saved, shopper, usd, variant};

fn cancel(order: &OrderId) -> Command {
    Command::Order { order: order.clone(), command: OrderCommand::Cancel { reason: None, also: Vec::new() } }
}

#[test]
fn an_order_is_paid_once_its_provider_says_so() {
    let mut shop = Shop::new();
    let order = shop.place(&shopper("ann"), "1", &[(variant("Tee", "M"), 2)], saved("card")).unwrap();
    assert_eq!(shop.order(&order).status, OrderStatus::Placed);
    assert_eq!(shop.free(&variant("Tee", "M")), 3);
    // 2 × 20.99 and 5.00 for the delivery, and 8.25% on both, rounded for each row.
    assert_eq!(shop.order(&order).total_minor, 4198 + 346 + 500 + 41);
    let asked = outstanding(&shop.state);
    assert_eq!((asked.len(), asked[0].operation), (1, Operation::Authorise));
    assert_eq!(asked, outstanding(&shop.state), "asking again is asking the same");
    shop.answer(&asked[0], PaymentAnswer::Succeeded);
    assert_eq!(shop.order(&order).status, OrderStatus::Paid);
    assert_eq!(outstanding(&shop.state)[0].operation, Operation::Capture);
    // The webhook comes again, late.
    shop.answer(&asked[0], PaymentAnswer::Succeeded);
    shop.settle();
    assert_eq!(shop.order(&order).captured_minor(), 5085);
    assert_eq!(shop.order(&order).movements.len(), 1);
}

#[test]
fn a_declined_payment_can_be_tried_with_something_else() {
    let mut shop = Shop::new();
    let (ann, order) = (shopper("ann"), order_id("1"));
    shop.place(&ann, "1", &[(variant("Tee", "M"), 1)], saved("card")).unwrap();
    let asked = outstanding(&shop.state);
    shop.answer(&asked[0], PaymentAnswer::Declined { reason: "no funds".to_owned() });
    assert_eq!(shop.order(&order).status, OrderStatus::Placed);
    let retry = Command::Payment {
        order: order.clone(),
        command: PaymentCommand::Retry { pay_with: saved("other") },
    };
    shop.run(&ann, retry.clone()).unwrap();
    assert_eq!(shop.refused(&ann, retry), "not_unpaid");
    shop.settle();
    assert_eq!(shop.order(&order).status, OrderStatus::Paid);
    // The first provider says yes after all: what it set aside is let go.
    shop.answer(&asked[0], PaymentAnswer::Succeeded);
    assert_eq!(outstanding(&shop.state)[0].operation, Operation::Void);
    shop.settle();
    assert_eq!(shop.order(&order).movements[0].status, MovementStatus::Voided);
    assert_eq!(shop.order(&order).captured_minor(), shop.order(&order).total_minor);
}

#[test]
fn a_challenge_and_a_lost_answer_end_well() {
    let mut shop = Shop::new();
    let order = shop.place(&shopper("ann"), "1", &[(variant("Tee", "M"), 1)], saved("card")).unwrap();
    let asked = outstanding(&shop.state)[0].clone();
    shop.answer(&asked, PaymentAnswer::Challenge { url: "https://bank.example/3ds".to_owned() });
    assert!(outstanding(&shop.state).is_empty(), "it is the shopper's turn");
    shop.answer(&asked, PaymentAnswer::Unclear);
    let again = outstanding(&shop.state)[0].clone();
    assert!(
        again.only_ask && again.key == asked.key,
        "an unclear key is asked about, not used for another try"
    );
    shop.answer(&again, PaymentAnswer::NeverSeen);
    assert!(!outstanding(&shop.state)[0].only_ask);
    shop.settle();
    assert_eq!(shop.order(&order).status, OrderStatus::Paid);
}

#[test]
fn an_answer_that_comes_after_the_order_is_gone_gives_the_money_back() {
    let mut shop = Shop::new();
    let tee = variant("Tee", "M");
    let order = shop.place(&shopper("ann"), "1", &[(tee.clone(), 5)], saved("card")).unwrap();
    let asked = outstanding(&shop.state)[0].clone();
    shop.answer(&asked, PaymentAnswer::Unclear);
    assert_eq!(shop.free(&tee), 0);
    shop.wait(16);
    let lapse = Command::Order { order: order.clone(), command: OrderCommand::Lapse };
    shop.run(&Actor::System, lapse).unwrap();
    assert_eq!((shop.order(&order).status, shop.free(&tee)), (OrderStatus::Cancelled, 5));
    shop.answer(&asked, PaymentAnswer::Succeeded);
    shop.settle();
    assert_eq!(shop.order(&order).movements[0].status, MovementStatus::Voided);
}

#[test]
fn goods_that_went_to_somebody_else_while_the_bank_was_thinking_are_not_sold_twice() {
    let mut shop = Shop::new();
    let tee = variant("Tee", "M");
    let slow = shop.place(&shopper("ann"), "1", &[(tee.clone(), 5)], saved("card")).unwrap();
    let asked = outstanding(&shop.state)[0].clone();
    shop.wait(16);
    let fast = shop.place(&shopper("bob"), "2", &[(tee.clone(), 5)], saved("gift")).unwrap();
    assert_eq!(shop.order(&fast).status, OrderStatus::Paid);
    shop.answer(&asked, PaymentAnswer::Succeeded);
    shop.settle();
    assert_eq!(shop.order(&slow).status, OrderStatus::Cancelled);
    assert_eq!(shop.order(&slow).captured_minor(), 0);
    assert_eq!(shop.free(&tee), 0);
}

#[test]
fn cancelling_gives_everything_back_at_every_stage_of_the_payment() {
    for answers in 0..=2 {
        let mut shop = Shop::new();
        let ann = shopper("ann");
        let order = shop.place(&ann, "1", &[(variant("Tee", "M"), 1)], saved("card")).unwrap();
        for _ in 0..answers {
            let asked = outstanding(&shop.state)[0].clone();
            shop.answer(&asked, PaymentAnswer::Succeeded);
        }
        shop.run(&ann, cancel(&order)).unwrap();
        shop.settle();
        let order = shop.order(&order);
        assert_eq!((order.status, order.captured_minor()), (OrderStatus::Cancelled, order.refunded_minor()));
        assert_eq!(shop.free(&variant("Tee", "M")), 5);
    }
}

#[test]
fn a_gift_card_pays_at_once_and_only_what_it_holds() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let order = shop.place(&ann, "1", &[(variant("Mug", "blue"), 2)], saved("gift")).unwrap();
    let total = shop.order(&order).total_minor;
    assert_eq!((shop.order(&order).status, shop.balance("ann")), (OrderStatus::Paid, 20_000 - total));
    let refused = shop.place(&ann, "2", &[(variant("Lamp", "old"), 9)], saved("gift")).unwrap_err();
    insta::assert_snapshot!(refused, @"There is $167.53 left on your gift card, and $395.11 is needed. Please choose another way to pay.");
    shop.run(&ann, cancel(&order)).unwrap();
    assert_eq!(shop.balance("ann"), 20_000);
}

#[test]
fn the_same_request_is_carried_out_once() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let cart = shop.cart(&ann, "c", &[(variant("Tee", "M"), 1)]).unwrap();
    let place = PlacementCommand::Place { order: order_id("1"), pay_with: saved("card") };
    let mut request = shop.request(&ann, Command::Placement { cart: cart.clone(), command: place });
    assert_eq!(shop.decide(&request).unwrap_err(), Refusal::ConfirmationMissing);
    let summary = preview(&shop.state, &shop.policy, &request).unwrap();
    insta::assert_snapshot!(summary.lines.join("\n"), @r"
    1 × Tee (M): $20.99.
    Delivery: $5.00.
    Sales tax 8.25%: $2.14.
    It goes to 1 Main Street, Springfield IL 62701, US.
    You pay $28.13 with Visa ending in 4242.
    ");
    request.confirmation = Some(Confirmation { digest: summary.digest });
    shop.decide(&request).unwrap();
    let after = shop.state.clone();
    shop.decide(&request).unwrap();
    assert_eq!(shop.state, after);
    request.command = Command::Placement { cart, command: PlacementCommand::Hold };
    assert_eq!(shop.decide(&request).unwrap_err().code(), "key_reused");
}

#[test]
fn a_payment_can_be_split_in_two() {
    let mut shop = Shop::new();
    let split = |minor| Tender::Split {
        part: Box::new(saved("gift")),
        amount: usd(minor),
        rest: Box::new(saved("card")),
    };
    let goods = [(variant("Tee", "M"), 1)];
    let ann = shopper("ann");
    assert_eq!(shop.place(&ann, "0", &goods, split(99_999)).unwrap_err().code(), "split_not_taken");
    let order = shop.place(&ann, "1", &goods, split(1_000)).unwrap();
    let total = shop.order(&order).total_minor;
    assert_eq!((shop.balance("ann"), shop.order(&order).status), (19_000, OrderStatus::Placed));
    // The card says no: another pays what is missing.
    let asked = outstanding(&shop.state);
    assert_eq!(asked[0].amount.amount_minor, total - 1_000);
    shop.answer(&asked[0], PaymentAnswer::Declined { reason: "no".to_owned() });
    let retry = PaymentCommand::Retry { pay_with: saved("other") };
    let lines = shop.run(&ann, Command::Payment { order: order.clone(), command: retry }).unwrap();
    assert_eq!(lines, ["You pay $18.13 for order 1 with Visa ending in 1111."]);
    shop.settle();
    assert_eq!((shop.order(&order).status, shop.order(&order).captured_minor()), (OrderStatus::Paid, total));
    // What is called off goes back where it came from.
    shop.run(&ann, cancel(&order)).unwrap();
    shop.settle();
    assert_eq!((shop.balance("ann"), shop.order(&order).refunded_minor()), (20_000, total));
}

#[test]
fn the_first_part_is_taken_once_the_second_is_sure() {
    let mut shop = Shop::new();
    let (part, rest) = (Box::new(saved("card")), Box::new(saved("other")));
    let split = Tender::Split { part, amount: usd(1_000), rest };
    let order = shop.place(&shopper("ann"), "1", &[(variant("Tee", "M"), 1)], split).unwrap();
    let asked = outstanding(&shop.state);
    shop.answer(&asked[0], PaymentAnswer::Succeeded);
    assert_eq!(shop.order(&order).movements[0].status, MovementStatus::Authorised);
    shop.answer(&asked[1], PaymentAnswer::Succeeded);
    let statuses: Vec<_> = shop.order(&order).movements.iter().map(|movement| &movement.status).collect();
    assert_eq!(statuses, [&MovementStatus::Capturing; 2]);
}

#[test]
fn a_declined_refund_is_tried_again() {
    let mut shop = Shop::new();
    let (ann, order) = (shopper("ann"), order_id("1"));
    shop.place(&ann, "1", &[(variant("Tee", "M"), 1)], saved("card")).unwrap();
    shop.settle();
    shop.run(&ann, cancel(&order)).unwrap();
    let asked = outstanding(&shop.state);
    shop.answer(&asked[0], PaymentAnswer::Declined { reason: "card closed".to_owned() });
    assert_eq!(shop.order(&order).refunded_minor(), 0);
    let retry = |to: &str| Command::Payment {
        order: order.clone(),
        command: PaymentCommand::RetryRefund { movement: asked[0].movement.clone(), to: MethodId::parse(to) },
    };
    assert_eq!(shop.refused(&ann, retry("other")), "refund_method_not_allowed");
    assert_eq!(shop.refused(&shopper("bob"), retry("gift")), "order_not_found");
    shop.run(&ann, retry("gift")).unwrap();
    assert_eq!(shop.order(&order).refunded_minor(), shop.order(&order).captured_minor());
    assert_eq!(shop.refused(&ann, retry("card")), "nothing_to_change");
}

#[test]
fn what_is_only_set_aside_is_taken_for_less_when_the_price_falls() {
    let mut shop = Shop::new();
    shop.policy.payment.capture = policy::Capture::AtShipping;
    let (ann, order) = (shopper("ann"), order_id("1"));
    shop.place(&ann, "1", &[(variant("Tee", "M"), 2)], saved("card")).unwrap();
    shop.settle();
    assert_eq!(shop.order(&order).movements[0].status, MovementStatus::Authorised);
    let swaps =
        vec![order::Swap { variant: variant("Tee", "M"), to: Some(variant("Tee", "L")), quantity: 2 }];
    let command = OrderCommand::ChangeItems { swaps, settle_with: MethodId::parse("card").unwrap() };
    let lines = shop.run(&ann, Command::Order { order: order.clone(), command }).unwrap();
    assert!(lines.contains(&"Visa ending in 4242 is charged $4.33 less.".to_owned()), "{lines:?}");
    let now = shop.order(&order);
    assert_eq!((now.movements.len(), now.movements[0].amount_minor), (1, now.total_minor));
    let (items, carrier, tracking) = (Vec::new(), "Post".to_owned(), "T".to_owned());
    let ship =
        Command::Order { order: order.clone(), command: OrderCommand::Ship { items, carrier, tracking } };
    shop.run(&Actor::Staff(StaffId::parse("sam").unwrap()), ship).unwrap();
    let asked = outstanding(&shop.state);
    assert_eq!((asked[0].operation, asked[0].amount.amount_minor), (Operation::Capture, now_total(&shop)));
    shop.settle();
    assert_eq!(shop.order(&order).captured_minor(), shop.order(&order).total_minor);
    assert_eq!(shop.order(&order).refunded_minor(), 0);
}

fn now_total(shop: &Shop) -> i64 {
    shop.order(&order_id("1")).total_minor
}
