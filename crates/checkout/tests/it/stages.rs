use checkout::cart::{CartCommand, quote};
use checkout::order::{OrderCommand, Pick, Swap};
use checkout::returns::{ExchangePick, ReturnCommand, ReturnPick};
use checkout::*;
use commerce::VariantId;

use crate::shop::{POLICY, Shop, address, order_id, return_id, saved, shopper, usd, variant};

fn staff() -> Actor {
    Actor::Staff(StaffId::parse("sam").unwrap())
}

fn on(order: &OrderId, command: OrderCommand) -> Command {
    Command::Order { order: order.clone(), command }
}

fn ship(order: &OrderId, items: Vec<Pick>) -> Command {
    on(order, OrderCommand::Ship { items, carrier: "Post".to_owned(), tracking: "T1".to_owned() })
}

fn pick(variant: &VariantId, quantity: u32) -> Pick {
    Pick { variant: variant.clone(), quantity }
}

fn send_back(order: &OrderId, variant: &VariantId, quantity: u32, to: &str) -> ReturnCommand {
    ReturnCommand::Request {
        order: order.clone(),
        items: vec![ReturnPick { variant: variant.clone(), quantity, condition: None }],
        refund_to: MethodId::parse(to).unwrap(),
        reason: None,
    }
}

fn of(id: &str, command: ReturnCommand) -> Command {
    Command::Return { id: return_id(id), command }
}

/// An order of Ann's that has arrived.
fn delivered(shop: &mut Shop, goods: &[(VariantId, u32)]) -> OrderId {
    let order = shop.place(&shopper("ann"), "1", goods, saved("card")).unwrap();
    shop.settle();
    shop.run(&staff(), ship(&order, Vec::new())).unwrap();
    shop.run(&staff(), on(&order, OrderCommand::Deliver)).unwrap();
    order
}

#[test]
fn prices_that_change_while_goods_are_in_a_cart_are_shown_and_have_to_be_accepted() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let cart = shop.cart(&ann, "c", &[(variant("Tee", "M"), 1)]).unwrap();
    shop.state.items.get_mut(&variant("Tee", "M")).unwrap().price = Some(usd(2500));
    let changes = quote(&shop.state, &shop.policy, &shop.state.carts[&cart], shop.now).price_changes;
    assert_eq!((changes[0].seen_minor, changes[0].now_minor), (2099, 2500));
    let place = placement::PlacementCommand::Place { order: order_id("1"), pay_with: saved("card") };
    let place = Command::Placement { cart: cart.clone(), command: place };
    assert_eq!(shop.refused(&ann, place.clone()), "prices_changed");
    shop.run(&ann, Command::Cart { cart, command: CartCommand::AcceptPrices }).unwrap();
    let lines = shop.run(&ann, place).unwrap();
    assert_eq!(
        lines[..2],
        ["1 × Tee (M): $25.00.", "One costs $25.00 now; it was $20.99 when you put it into your cart."]
    );
}

#[test]
fn what_a_guest_had_in_a_cart_is_in_the_accounts_cart_after_they_sign_in() {
    let mut shop = Shop::new();
    let (ann, tee, mug) = (shopper("ann"), variant("Tee", "M"), variant("Mug", "blue"));
    let guest = Actor::Guest { session: GuestId::parse("g").unwrap(), proof: None };
    let own = shop.cart(&ann, "own", &[(tee.clone(), 1)]).unwrap();
    let from =
        shop.cart(&guest, "before", &[(tee.clone(), 2), (mug.clone(), 1), (variant("Tee", "S"), 4)]).unwrap();
    shop.state.stock.get_mut(&variant("Tee", "S")).unwrap().on_hand = 3;
    let command = Command::Cart { cart: own.clone(), command: CartCommand::TakeOver { from: from.clone() } };
    assert_eq!(shop.refused(&ann, command.clone()), "staff_only");
    let lines = shop.run(&Actor::System, command.clone()).unwrap();
    insta::assert_snapshot!(lines.join("\n"), @"
    2 × Tee (M) is in your cart now.
    1 × Mug (blue) is in your cart now.
    Tee (S) did not come along: I am sorry, there are only 3 of Tee (S) left.
    ");
    let has = |shop: &Shop, cart| -> Vec<_> {
        shop.state.carts[cart].lines.iter().map(|line| (line.variant.clone(), line.quantity)).collect()
    };
    assert_eq!((has(&shop, &own), has(&shop, &from)), (vec![(tee, 3), (mug, 1)], vec![]));
    assert_eq!(shop.run(&Actor::System, command).unwrap(), Vec::<String>::new(), "once");
}

#[test]
fn a_cart_takes_no_more_than_there_is_and_no_more_than_is_allowed() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let cart = shop.cart(&ann, "c", &[(variant("Tee", "M"), 3)]).unwrap();
    let mut code = |command| shop.refused(&ann, Command::Cart { cart: cart.clone(), command });
    let (m, s) = (variant("Tee", "M"), variant("Tee", "S"));
    assert_eq!(code(CartCommand::Add { variant: m.clone(), quantity: 3 }), "out_of_stock");
    assert_eq!(code(CartCommand::Add { variant: m.clone(), quantity: 999 }), "quantity_limit");
    assert_eq!(code(CartCommand::Add { variant: s.clone(), quantity: 0 }), "quantity_zero");
    assert_eq!(code(CartCommand::Add { variant: variant("No", "such"), quantity: 1 }), "item_not_found");
    assert_eq!(code(CartCommand::Swap { variant: m.clone(), to: variant("Mug", "blue") }), "other_product");
    assert_eq!(code(CartCommand::AddCoupon { code: "FREE".to_owned() }), "coupon_unknown");
    let swap = CartCommand::Swap { variant: m, to: s.clone() };
    shop.run(&ann, Command::Cart { cart: cart.clone(), command: swap }).unwrap();
    let line = &shop.state.carts[&cart].lines[0];
    assert_eq!((&line.variant, line.quantity, line.seen_minor), (&s, 3, 1999));
}

#[test]
fn an_order_leaves_in_parts_and_what_has_left_cannot_be_called_off() {
    let mut shop = Shop::new();
    let (ann, tee, mug) = (shopper("ann"), variant("Tee", "M"), variant("Mug", "blue"));
    let order = shop.place(&ann, "1", &[(tee.clone(), 2), (mug.clone(), 1)], saved("card")).unwrap();
    assert_eq!(shop.refused(&staff(), ship(&order, Vec::new())), "wrong_status");
    shop.settle();
    assert_eq!(shop.refused(&ann, ship(&order, Vec::new())), "staff_only");
    shop.run(&staff(), ship(&order, vec![pick(&tee, 1)])).unwrap();
    assert_eq!(shop.order(&order).status, OrderStatus::PartlyShipped);
    assert_eq!(shop.state.stock[&tee].on_hand, 4);
    assert_eq!(shop.refused(&staff(), ship(&order, vec![pick(&tee, 2)])), "not_in_order");
    assert_eq!(
        shop.refused(&ann, on(&order, OrderCommand::Cancel { reason: None, also: Vec::new() })),
        "wrong_status"
    );
    shop.run(&staff(), ship(&order, Vec::new())).unwrap();
    assert_eq!((shop.order(&order).status, shop.state.stock[&tee].on_hand), (OrderStatus::Shipped, 3));
    assert!(shop.state.stock[&tee].held.is_empty());
}

#[test]
fn what_may_be_changed_ends_with_its_window_and_its_count() {
    let mut shop = Shop::new();
    let ann = shopper("ann");
    let order = shop.place(&ann, "1", &[(variant("Tee", "M"), 1)], saved("card")).unwrap();
    shop.settle();
    let to = |line1: &str| on(&order, OrderCommand::ChangeAddress { address: address(line1) });
    shop.run(&ann, to("3 New Street")).unwrap();
    shop.run(&ann, to("4 New Street")).unwrap();
    assert_eq!(shop.refused(&ann, to("5 New Street")), "too_often");
    let abroad = Address { country: "CA".to_owned(), ..address("6 New Street") };
    assert_eq!(shop.refused(&ann, on(&order, OrderCommand::ChangeAddress { address: abroad })), "too_often");
    shop.wait(24 * 60 + 1);
    let refused =
        shop.run(&ann, on(&order, OrderCommand::Cancel { reason: None, also: Vec::new() })).unwrap_err();
    insta::assert_snapshot!(refused, @"This was possible for 1 day after you placed the order, and that time is over.");
}

#[test]
fn items_become_other_variants_with_the_difference_charged_or_paid_back() {
    let mut shop = Shop::new();
    let (ann, small, medium, large) =
        (shopper("ann"), variant("Tee", "S"), variant("Tee", "M"), variant("Tee", "L"));
    let order = shop.place(&ann, "1", &[(small.clone(), 3)], saved("card")).unwrap();
    shop.settle();
    let swap = |variant: &VariantId, to: &VariantId| Swap {
        variant: variant.clone(),
        to: Some(to.clone()),
        quantity: 1,
    };
    let settle_with = MethodId::parse("gift").unwrap();
    let swaps = vec![swap(&small, &medium), swap(&small, &large)];
    let lines = shop.run(&ann, on(&order, OrderCommand::ChangeItems { swaps, settle_with })).unwrap();
    insta::assert_snapshot!(lines.join("\n"), @"
    1 × Tee (S) becomes Tee (M), $22.72 in place of $21.64.
    1 × Tee (S) becomes Tee (L), $20.56 in place of $21.64.
    The price stays the same.
    ");
    let held = |shop: &Shop, variant| 5 - shop.free(variant);
    assert_eq!([held(&shop, &small), held(&shop, &medium), held(&shop, &large)], [1, 1, 1]);
    let settle_with = MethodId::parse("gift").unwrap();
    let command = OrderCommand::ChangeItems { swaps: vec![swap(&small, &large)], settle_with };
    shop.run(&ann, on(&order, command)).unwrap();
    shop.settle();
    let known = shop.order(&order);
    assert_eq!(known.captured_minor() - known.refunded_minor(), known.total_minor);
    assert_eq!(
        known.lines.iter().map(|line| line.paid_minor).sum::<i64>() + known.shipping_minor,
        known.total_minor
    );
    assert_eq!(shop.balance("ann"), 20_000 + 108);
}

#[test]
fn a_return_pays_back_what_was_paid_less_the_fee_and_never_twice() {
    let mut shop = Shop::new();
    let (ann, tee) = (shopper("ann"), variant("Tee", "M"));
    let order = delivered(&mut shop, &[(tee.clone(), 2), (variant("Lamp", "old"), 1)]);
    let lines = shop.run(&ann, of("r1", send_back(&order, &tee, 1, "card"))).unwrap();
    insta::assert_snapshot!(lines.join("\n"), @"
    1 × Tee (M) comes back for $22.72.
    $2.27 is kept for restocking.
    $20.45 goes back to Visa ending in 4242 in 5 to 7 business days after the goods are back.
    You get an e-mail with a free label and how to send it back.
    ");
    assert_eq!(shop.refused(&ann, of("r2", send_back(&order, &tee, 2, "card"))), "not_in_order");
    assert_eq!(
        shop.refused(&ann, of("r2", send_back(&order, &variant("Lamp", "old"), 1, "card"))),
        "final_sale"
    );
    assert_eq!(
        shop.refused(&ann, of("r2", send_back(&order, &tee, 1, "other"))),
        "refund_method_not_allowed"
    );
    assert_eq!(
        shop.refused(&shopper("bob"), of("r2", send_back(&order, &tee, 1, "card"))),
        "order_not_found"
    );
    shop.run(&staff(), of("r1", ReturnCommand::Receive { restock: true })).unwrap();
    assert_eq!(shop.refused(&staff(), of("r1", ReturnCommand::Receive { restock: true })), "return_closed");
    shop.settle();
    assert_eq!((shop.order(&order).refunded_minor(), shop.state.stock[&tee].on_hand), (2045, 4));
    shop.wait(30 * 24 * 60 + 1);
    assert_eq!(shop.refused(&ann, of("r3", send_back(&order, &tee, 1, "card"))), "too_late");
}

#[test]
fn an_exchange_holds_the_new_goods_and_settles_when_the_old_are_back() {
    let mut shop = Shop::new();
    let (ann, medium, large) = (shopper("ann"), variant("Tee", "M"), variant("Tee", "L"));
    let order = delivered(&mut shop, &[(medium.clone(), 2)]);
    let exchange = |to: &VariantId| ReturnCommand::Exchange {
        order: order.clone(),
        items: vec![ExchangePick { variant: medium.clone(), to: to.clone(), quantity: 1, condition: None }],
        settle_with: MethodId::parse("card").unwrap(),
        reason: None,
    };
    shop.run(&ann, of("x1", exchange(&large))).unwrap();
    shop.run(&ann, of("x2", exchange(&large))).unwrap();
    assert_eq!(shop.free(&large), 3);
    shop.run(&ann, of("x2", ReturnCommand::Withdraw)).unwrap();
    assert_eq!(shop.free(&large), 4);
    shop.run(&staff(), of("x1", ReturnCommand::Receive { restock: false })).unwrap();
    shop.settle();
    let known = shop.order(&order);
    assert_eq!(known.captured_minor() - known.refunded_minor(), known.total_minor);
    assert_eq!((shop.state.stock[&large].on_hand, shop.free(&large)), (5, 4), "it has not left yet");
    assert_eq!(
        known.lines.iter().map(|line| (line.quantity, line.returned, line.shipped)).collect::<Vec<_>>(),
        [(2, 1, 2), (1, 0, 0)]
    );
}

/// Ann's order of a tee in M that arrived, with a mug, and whose tee she has exchanged for one in L.
fn exchanged(shop: &mut Shop) -> OrderId {
    let (ann, medium, large) = (shopper("ann"), variant("Tee", "M"), variant("Tee", "L"));
    let order = delivered(shop, &[(medium.clone(), 1), (variant("Mug", "blue"), 1)]);
    let command = ReturnCommand::Exchange {
        order: order.clone(),
        items: vec![ExchangePick { variant: medium, to: large, quantity: 1, condition: None }],
        settle_with: MethodId::parse("card").unwrap(),
        reason: None,
    };
    shop.run(&ann, of("x1", command)).unwrap();
    assert_eq!(shop.refused(&staff(), ship(&order, Vec::new())), "wrong_status", "the old one is not back");
    shop.run(&staff(), of("x1", ReturnCommand::Receive { restock: true })).unwrap();
    shop.settle();
    order
}

#[test]
fn what_was_exchanged_leaves_after_the_order_has_arrived() {
    let mut shop = Shop::new();
    let (medium, large) = (variant("Tee", "M"), variant("Tee", "L"));
    let order = exchanged(&mut shop);
    assert_eq!(shop.order(&order).unshipped(), [(large.clone(), 1)]);
    assert_eq!(shop.refused(&staff(), ship(&order, vec![pick(&medium, 1)])), "not_in_order");
    assert_eq!(shop.refused(&staff(), on(&order, OrderCommand::Deliver)), "wrong_status");
    let lines = shop.run(&staff(), ship(&order, Vec::new())).unwrap();
    assert_eq!(lines, ["1 of 1 open pieces of order 1 leave as T1."]);
    let known = shop.order(&order);
    assert_eq!(
        (known.status, known.lines[2].shipped, known.lines[2].in_place_of),
        (OrderStatus::Delivered, 1, Some(1))
    );
    assert_eq!((shop.state.stock[&large].on_hand, shop.state.stock[&large].held.len()), (4, 0));
    assert_eq!(shop.refused(&staff(), ship(&order, Vec::new())), "wrong_status");
    shop.run(&staff(), on(&order, OrderCommand::Deliver)).unwrap();
    assert_eq!(shop.refused(&staff(), on(&order, OrderCommand::Deliver)), "wrong_status");
}

#[test]
fn what_was_exchanged_can_come_back_once_it_is_there_and_for_as_long_as_from_then() {
    let mut shop = Shop::new();
    let (ann, large, mug) = (shopper("ann"), variant("Tee", "L"), variant("Mug", "blue"));
    let order = exchanged(&mut shop);
    assert_eq!(shop.refused(&ann, of("r1", send_back(&order, &large, 1, "card"))), "not_arrived");
    shop.run(&staff(), ship(&order, Vec::new())).unwrap();
    assert_eq!(shop.refused(&ann, of("r1", send_back(&order, &large, 1, "card"))), "not_arrived");
    shop.wait(20 * 24 * 60);
    shop.run(&staff(), on(&order, OrderCommand::Deliver)).unwrap();
    shop.wait(20 * 24 * 60);
    assert_eq!(shop.refused(&ann, of("r1", send_back(&order, &mug, 1, "card"))), "too_late");
    shop.run(&ann, of("r1", send_back(&order, &large, 1, "card"))).unwrap();
}

#[test]
fn another_address_is_priced_anew_where_the_policy_says_so() {
    let rate =
        "[[tax.rate]]\nname = \"City tax\"\npercent = \"1%\"\nregions = [\"US-CA\"]\n\n[orders.cancel]";
    let policy = crate::shop::POLICY.replacen("[orders.cancel]", rate, 1);
    let elsewhere =
        Address { region: "CA".to_owned(), postcode: "90001".to_owned(), ..address("9 Elm Street") };
    let move_to = OrderCommand::ChangeAddress { address: elsewhere };
    let ann = shopper("ann");
    let mut strict = Shop::with_policy(&policy);
    let order = strict.place(&ann, "1", &[(variant("Tee", "M"), 2)], saved("card")).unwrap();
    strict.settle();
    assert_eq!(strict.refused(&ann, on(&order, move_to.clone())), "address_changes_price");

    let mut shop = Shop::with_policy(&policy.replacen("max_times = 2", "max_times = 2\nreprices = true", 1));
    let order = shop.place(&ann, "1", &[(variant("Tee", "M"), 2)], saved("card")).unwrap();
    assert_eq!(shop.refused(&ann, on(&order, move_to.clone())), "address_changes_price", "not paid yet");
    shop.settle();
    let lines = shop.run(&ann, on(&order, move_to)).unwrap();
    assert_eq!(
        lines[1..],
        ["Taxes on the goods: $3.88 in place of $3.46.", "Visa ending in 4242 is charged $0.42."]
    );
    shop.settle();
    let order = shop.order(&order);
    assert_eq!(order.captured_minor(), order.total_minor);
    let rows: i64 = order.lines.iter().map(|line| line.paid_minor).sum();
    assert_eq!(rows + order.shipping_minor, order.total_minor);
}

/// What the delivery of an order costs at home and, after a change of its items, abroad, under a price rule and a rate at home.
fn delivery_at_home_and_abroad(rule: &str, home_rate: &str, swaps: Option<OrderCommand>) -> (i64, i64) {
    let rates = format!(
        "regions = [\"US\"]\nprice = \"{home_rate}\"\n\n[[shipping.method.rate]]\nprice = \"12.00 USD\""
    );
    let policy = crate::shop::POLICY
        .replacen("price = \"5.00 USD\"", &rates, 1)
        .replacen("on_shipping = true", "on_shipping = false", 1)
        .replacen("max_times = 2", "max_times = 2\nreprices = true", 1);
    let rule = format!("{policy}\n[[price_rule]]\nid = \"r\"\ntitle = \"Rule\"\n{rule}\n");
    let (mut shop, ann) = (Shop::with_policy(&rule), shopper("ann"));
    let order = shop.place(&ann, "1", &[(variant("Tee", "M"), 2)], saved("card")).unwrap();
    shop.settle();
    let home_minor = shop.order(&order).shipping_minor;
    if let Some(swaps) = swaps {
        shop.run(&ann, on(&order, swaps)).unwrap();
        shop.settle();
    }
    let abroad = Address { country: "CA".to_owned(), ..address("6 New Street") };
    shop.run(&ann, on(&order, OrderCommand::ChangeAddress { address: abroad })).unwrap();
    shop.settle();
    let known = shop.order(&order);
    assert_eq!(known.captured_minor() - known.refunded_minor(), known.total_minor);
    (home_minor, known.shipping_minor)
}

#[test]
fn what_a_rule_takes_off_the_delivery_is_taken_off_at_another_address_too() {
    let cases = [
        ("delivery = { off = { by = \"2.00 USD\" } }", "5.00 USD", (300, 1000)),
        ("delivery = { off = { percent = \"50%\" } }", "5.00 USD", (250, 600)),
        ("delivery = { off = { at = \"1.00 USD\" } }", "5.00 USD", (100, 100)),
        ("free_shipping = \"cart\"", "5.00 USD", (0, 0)),
        ("free_shipping = \"goods\"", "5.00 USD", (0, 0)),
        // Nothing was taken off: the rate at home was nothing, and the one abroad is something.
        ("deduct = { percent = \"10%\" }", "0.00 USD", (0, 1200)),
    ];
    for (rule, home_rate, due) in cases {
        assert_eq!(delivery_at_home_and_abroad(rule, home_rate, None), due, "{rule}, {home_rate} at home");
    }
}

#[test]
fn what_takes_the_place_of_goods_that_were_delivered_for_nothing_is_so_too() {
    let (tee, large) = (variant("Tee", "M"), variant("Tee", "L"));
    let swap = |quantity| OrderCommand::ChangeItems {
        swaps: vec![order::Swap { variant: tee.clone(), to: Some(large.clone()), quantity }],
        settle_with: MethodId::parse("card").unwrap(),
    };
    for (rule, quantity, due) in [
        ("free_shipping = \"goods\"", 2, (0, 0)),
        ("free_shipping = \"goods\"", 1, (0, 0)),
        ("free_shipping = \"cart\"", 2, (0, 0)),
        ("deduct = { percent = \"10%\" }", 2, (500, 1200)),
    ] {
        assert_eq!(delivery_at_home_and_abroad(rule, "5.00 USD", Some(swap(quantity))), due, "{rule}");
    }
}

/// What a return would need of the staff.
fn is_reviewed(shop: &mut Shop, command: &ReturnCommand, id: &str) -> bool {
    let request = shop.request(&shopper("ann"), of(id, command.clone()));
    preview(&shop.state, &shop.policy, &request).unwrap().review.is_some()
}

#[test]
fn what_the_staff_looks_at_cannot_be_had_in_parts() {
    let rule =
        "[review]\nwithin = \"3 days\"\n[[review.rule]]\ntools = [\"return_items\"]\nabove = \"30.00 USD\"\n";
    let mut shop = Shop::with_policy(&format!("{POLICY}{rule}"));
    let tee = variant("Tee", "M");
    let order = delivered(&mut shop, &[(tee.clone(), 2)]);
    assert!(is_reviewed(&mut shop, &send_back(&order, &tee, 2, "card"), "r1"));
    let one = send_back(&order, &tee, 1, "card");
    assert!(!is_reviewed(&mut shop, &one, "r1"));
    shop.run(&shopper("ann"), of("r1", one.clone())).unwrap();
    assert!(is_reviewed(&mut shop, &one, "r2"));
}

#[test]
fn what_is_still_being_charged_can_come_back() {
    let policy = POLICY.replace("[payment]", "[payment]\ncapture = \"at_shipping\"");
    let mut shop = Shop::with_policy(&policy);
    let tee = variant("Tee", "M");
    let order = shop.place(&shopper("ann"), "1", &[(tee.clone(), 1)], saved("card")).unwrap();
    shop.settle();
    shop.run(&staff(), ship(&order, Vec::new())).unwrap();
    shop.run(&staff(), on(&order, OrderCommand::Deliver)).unwrap();
    assert_eq!(shop.order(&order).captured_minor(), 0);
    shop.run(&shopper("ann"), of("r1", send_back(&order, &tee, 1, "card"))).unwrap();
    shop.settle();
    shop.run(&staff(), of("r1", ReturnCommand::Receive { restock: true })).unwrap();
    shop.settle();
    assert!(shop.order(&order).refunded_minor() > 0);
}
