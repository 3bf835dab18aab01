//! Sums that are kept of refunds and surcharges of deliveries, against a naive model with exact fractions.

use checkout::cart::{Quote, quote, shipping_options};
use checkout::order::OrderCommand;
use checkout::returns::{ReturnCommand, ReturnPick};
use checkout::*;
use num_rational::Ratio;
use proptest::prelude::*;

use crate::shop::{POLICY, Shop, address, item, order_id, return_id, saved, shopper, variant};

type Exact = Ratio<i128>;

const KEPT: &str = r#"
[[returns.kept]]
what = "the return label"
amount = "6.95 USD"
pays_return = true

[[returns.kept]]
what = "cleaning"
amount = "4.00 USD"
per = "piece"
goods = { category = "Things" }
conditions = ["opened", "used"]
"#;

const BULKY: &str = r#"
[[shipping.surcharge]]
title = "Bulky goods"
goods = { category = "Boats" }
price = "29.00 USD"
per = "piece"

[[shipping.surcharge]]
title = "Heavy goods"
goods = { weight_at_least_grams = 20000 }
price = "12.50 USD"
also_when_free = false

[[shipping.surcharge]]
title = "Alaska"
regions = ["US-AK"]
price = "7.00 USD"
"#;

const FREE: &str = r#"
[[price_rule]]
id = "free"
title = "Free delivery"
coupon = "FREE"
free_shipping = "cart"

[[price_rule]]
id = "half"
title = "Half delivery"
coupon = "HALF"
delivery = { off = { percent = "50%" } }
"#;

fn staff() -> Actor {
    Actor::Staff(StaffId::parse("sam").unwrap())
}

fn with_kept() -> Shop {
    Shop::with_policy(&POLICY.replacen("[exchanges]", &format!("{KEPT}\n[exchanges]"), 1))
}

fn delivered(shop: &mut Shop, goods: &[(&str, u32)]) -> OrderId {
    let goods: Vec<_> = goods.iter().map(|(name, count)| (variant("Tee", name), *count)).collect();
    let order = shop.place(&shopper("ann"), "1", &goods, saved("card")).unwrap();
    shop.settle();
    let ship =
        OrderCommand::Ship { items: Vec::new(), carrier: "Post".to_owned(), tracking: "T1".to_owned() };
    for command in [ship, OrderCommand::Deliver] {
        shop.run(&staff(), Command::Order { order: order.clone(), command }).unwrap();
    }
    order
}

fn send_back(name: &str, picks: &[(&str, u32, Option<ItemCondition>)]) -> Command {
    let pick = |(version, quantity, condition): &(&str, u32, Option<ItemCondition>)| ReturnPick {
        variant: variant("Tee", version),
        quantity: *quantity,
        condition: *condition,
    };
    let (order, items) = (order_id("1"), picks.iter().map(pick).collect());
    let refund_to = MethodId::parse("card").unwrap();
    let command = ReturnCommand::Request { order, items, refund_to, reason: None };
    Command::Return { id: return_id(name), command }
}

fn receive(shop: &mut Shop, name: &str) {
    let command = ReturnCommand::Receive { restock: true };
    shop.run(&staff(), Command::Return { id: return_id(name), command }).unwrap();
    shop.settle();
}

#[test]
fn sums_are_kept_of_a_refund_as_they_were_agreed() {
    let mut shop = with_kept();
    let order = delivered(&mut shop, &[("M", 2), ("S", 1)]);
    let used = Some(ItemCondition::Used);
    let lines = shop.run(&shopper("ann"), send_back("r1", &[("M", 2, used)])).unwrap();
    insta::assert_snapshot!(lines.join("\n"), @"
    2 × Tee (M) comes back for $45.44.
    The condition is: used.
    $4.54 is kept for restocking.
    $6.95 is kept for the return label.
    $8.00 is kept for cleaning.
    $25.95 goes back to Visa ending in 4242 in 5 to 7 business days after the goods are back.
    You get an e-mail with how it comes back; that is paid with it.
    ");
    // What the policy says later changes nothing that was agreed.
    shop.policy.returns.kept.clear();
    shop.policy.returns.rules.iter_mut().for_each(|rule| rule.restocking_fee = Percent::default());
    receive(&mut shop, "r1");
    assert_eq!(shop.order(&order).refunded_minor(), 2_595);
}

#[test]
fn nothing_is_kept_of_what_is_defective_and_never_more_than_the_refund() {
    let mut shop = with_kept();
    let order = delivered(&mut shop, &[("M", 1), ("S", 1)]);
    let broken = Some(ItemCondition::Defective);
    let lines = shop.run(&shopper("ann"), send_back("r1", &[("M", 1, broken)])).unwrap();
    assert!(!lines.join("\n").contains("kept"), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("a free label")), "{lines:?}");
    receive(&mut shop, "r1");
    assert_eq!(shop.order(&order).refunded_minor(), shop.order(&order).lines[0].paid_minor);
    shop.policy.returns.kept[0].amount = policy::Price::of(crate::shop::usd(1_000_000));
    let lines = shop.run(&shopper("ann"), send_back("r2", &[("S", 1, Some(ItemCondition::Opened))])).unwrap();
    insta::assert_snapshot!(lines.join("\n"), @"
    1 × Tee (S) comes back for $21.64.
    The condition is: opened but not used.
    $2.16 is kept for restocking.
    $19.48 is kept for the return label.
    $0.00 goes back to Visa ending in 4242 in 5 to 7 business days after the goods are back.
    You get an e-mail with how it comes back; that is paid with it.
    ");
    receive(&mut shop, "r2");
    assert_eq!(shop.order(&order).refunded_minor(), shop.order(&order).lines[0].paid_minor);
}

/// A cart with a boat of 30 kg and light goods.
fn priced(coupons: &[&str], region: &str, goods: &[(&str, u32)]) -> (Quote, i64) {
    let mut shop = Shop::with_policy(&format!("{POLICY}{BULKY}{FREE}"));
    let boat = Item { weight_grams: Some(30_000), ..item("Boat", "one", 90_000, "Goods > Boats") };
    let anvil = Item { weight_grams: Some(20_000), ..item("Anvil", "one", 9_000, "Goods") };
    for item in [boat, anvil] {
        shop.state.items.insert(item.variant.clone(), item);
    }
    let goods: Vec<_> = goods
        .iter()
        .map(|(product, count)| (variant(product, if *product == "Tee" { "M" } else { "one" }), *count))
        .collect();
    let cart = shop.cart(&shopper("ann"), "c", &goods).unwrap();
    let mut cart = shop.state.carts[&cart].clone();
    cart.coupons = coupons.iter().map(|code| (*code).to_owned()).collect();
    cart.address = Some(Address { region: region.to_owned(), ..address("1 Main Street") });
    let quote = quote(&shop.state, &shop.policy, &cart, shop.now);
    let offered = shipping_options(&shop.state, &shop.policy, &cart, shop.now);
    (quote, offered[0].price_minor)
}

#[test]
fn surcharges_come_on_top_of_a_delivery_and_no_discount_touches_them() {
    let told = |quote: &Quote| {
        let lines = quote.surcharges.iter().map(|line| format!("{} {}", line.title, line.amount_minor));
        lines.collect::<Vec<_>>().join(", ")
    };
    for (coupons, region, goods, net_minor, surcharges) in [
        (&[][..], "IL", &[("Tee", 1)][..], 500, ""),
        (&[], "AK", &[("Tee", 1)], 1_200, "Alaska 700"),
        (&[], "IL", &[("Boat", 2), ("Tee", 1)], 500 + 5_800 + 1_250, "Bulky goods 5800, Heavy goods 1250"),
        // One piece has to weigh so much, not all together.
        (&[], "IL", &[("Tee", 5)], 500, ""),
        (&[], "IL", &[("Anvil", 3)], 500 + 1_250, "Heavy goods 1250"),
        (&["HALF"], "IL", &[("Boat", 1)], 250 + 2_900 + 1_250, "Bulky goods 2900, Heavy goods 1250"),
        (&["FREE"], "IL", &[("Boat", 1)], 2_900, "Bulky goods 2900"),
    ] {
        let (quote, offered) = priced(coupons, region, goods);
        let row = quote.shipping.as_ref().unwrap();
        assert_eq!((row.net_minor, &*told(&quote)), (net_minor, surcharges), "{coupons:?} {goods:?}");
        assert_eq!(offered, net_minor, "what is offered is what is paid");
        let goods: i64 = quote.lines.iter().map(|line| line.total_minor).sum();
        assert_eq!(quote.total_minor, goods + row.total_minor);
    }
}

#[test]
fn the_summary_of_an_order_tells_its_surcharges() {
    let mut shop = Shop::with_policy(&format!("{POLICY}{BULKY}"));
    shop.policy.shipping.surcharges[2].regions.clear();
    let cart = shop.cart(&shopper("ann"), "c", &[(variant("Tee", "M"), 1)]).unwrap();
    let command =
        checkout::placement::PlacementCommand::Place { order: order_id("1"), pay_with: saved("card") };
    let lines = shop.run(&shopper("ann"), Command::Placement { cart, command }).unwrap();
    insta::assert_snapshot!(lines.join("\n"), @"
    1 × Tee (M): $20.99.
    Delivery: $12.00.
    Of the delivery, $7.00 is for “Alaska”.
    Sales tax 8.25%: $2.72.
    It goes to 1 Main Street, Springfield IL 62701, US.
    You pay $35.71 with Visa ending in 4242.
    ");
}

#[test]
fn entries_that_say_nothing_are_faults() {
    let policy = format!("{POLICY}{BULKY}").replacen("[exchanges]", &format!("{KEPT}\n[exchanges]"), 1);
    for (from, to, said) in [
        (
            "amount = \"6.95 USD\"",
            "amount = \"6.95 EUR\"",
            "returns.kept[0].amount: €6.95 is not in the shop's currency",
        ),
        (
            "amount = \"6.95 USD\"",
            "amount = \"0.00 USD\"",
            "returns.kept[0].amount: nothing is kept; take the sum out",
        ),
        ("what = \"cleaning\"", "what = \" \"", "returns.kept[1].what: shoppers would read nothing"),
        (
            "\"opened\", \"used\"",
            "\"defective\"",
            "returns.kept[1].conditions: nothing is kept of what is defective",
        ),
        ("per = \"piece\"\ngoods", "per = \"gram\"\ngoods", "returns.kept[1].per: unknown variant `gram`"),
        ("price = \"12.50 USD\"", "price = \"0.00 USD\"", "shipping.surcharge[1].price: nothing is added"),
        (
            "also_when_free = false",
            "methods = [\"sled\"]",
            "shipping.surcharge[1].methods: there is no method \"sled\"",
        ),
        ("\"US-AK\"", "\"US-XX\"", "shipping.surcharge[2].regions: \"US-XX\" is no region"),
    ] {
        assert!(policy.contains(from), "{from}");
        let faults = Policy::parse(&policy.replacen(from, to, 1)).unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].contains(said), "{told:?}");
    }
}

#[test]
fn a_rule_that_is_shared_gives_each_piece_its_part() {
    let rule = |is_shared: bool| {
        format!(
            "{POLICY}\n[[price_rule]]\nid = \"three\"\ntitle = \"Third one free\"\nis_shared = {is_shared}\n\
             deduct = {{ buy_get = {{ buy = 2, get = 1 }} }}\n"
        )
    };
    let nets = |is_shared| {
        let mut shop = Shop::with_policy(&rule(is_shared));
        let goods =
            [("Tee", "S"), ("Tee", "M"), ("Mug", "blue")].map(|(product, name)| (variant(product, name), 1));
        let cart = shop.cart(&shopper("ann"), "c", &goods).unwrap();
        let quote = quote(&shop.state, &shop.policy, &shop.state.carts[&cart], shop.now);
        quote.lines.iter().map(|line| line.net_minor).collect::<Vec<_>>()
    };
    assert_eq!(nets(false), [1_999, 2_099, 0]);
    // 12.50 off 53.48, by what each costs.
    assert_eq!(nets(true), [1_532, 1_608, 958]);
}

/// What a return comes to, as fractions: what is paid for the pieces, less the fee, less the sums.
#[derive(Clone, Debug)]
struct Back {
    pieces: u32,
    condition: Option<ItemCondition>,
}

fn backs() -> impl Strategy<Value = Vec<Back>> {
    let conditions =
        vec![None, Some(ItemCondition::Unopened), Some(ItemCondition::Used), Some(ItemCondition::Defective)];
    let back = (1u32..3, prop::sample::select(conditions));
    prop::collection::vec(back.prop_map(|(pieces, condition)| Back { pieces, condition }), 1..4)
}

proptest! {
    #[test]
    fn refunds_with_kept_sums_are_those_of_exact_fractions(
        price in 1i64..4_000, label in 1i64..3_000, cleaning in 1i64..3_000, fee in 0u32..=1_000_000, backs in backs(),
    ) {
        let mut shop = with_kept();
        let usd = crate::shop::usd;
        shop.policy.returns.kept[0].amount = policy::Price::of(usd(label));
        shop.policy.returns.kept[1].amount = policy::Price::of(usd(cleaning));
        shop.policy.returns.rules[1].restocking_fee = Percent::of_millionths(fee);
        shop.state.items.get_mut(&variant("Tee", "M")).unwrap().price = Some(usd(price));
        let order = delivered(&mut shop, &[("M", 5)]);
        let paid = shop.order(&order).lines[0].paid_minor;
        let exact = |amount: i64| Exact::from_integer(i128::from(amount));
        let (mut gone, mut refunded) = (0, 0);
        for (place, back) in backs.iter().enumerate() {
            if gone + back.pieces > 5 {
                break;
            }
            let name = format!("r{place}");
            shop.run(&shopper("ann"), send_back(&name, &[("M", back.pieces, back.condition)])).unwrap();
            receive(&mut shop, &name);
            let share = exact(paid) * Exact::new(i128::from(back.pieces), 5);
            let is_fine = back.condition == Some(ItemCondition::Defective);
            let rate = if is_fine { exact(0) } else { Exact::new(i128::from(fee), 1_000_000) };
            let times = if back.condition == Some(ItemCondition::Used) { i64::from(back.pieces) } else { 0 };
            let sums = if is_fine { 0 } else { label + cleaning * times };
            let due = (share - share * rate - exact(sums)).max(exact(0));
            let now = shop.order(&order).refunded_minor();
            let distance = due - exact(now - refunded);
            prop_assert!(distance < exact(2) && distance > exact(-2), "{} {}", due, now - refunded);
            (gone, refunded) = (gone + back.pieces, now);
            prop_assert!(refunded <= paid);
            prop_assert_eq!(shop.order(&order).captured_minor() - refunded, shop.order(&order).total_minor);
        }
    }

    #[test]
    fn surcharges_add_up(boats in 0u32..4, anvils in 0u32..4, tees in 1u32..4, is_far: bool) {
        let goods: Vec<(&str, u32)> =
            [("Boat", boats), ("Anvil", anvils), ("Tee", tees)].into_iter().filter(|(_, count)| *count > 0).collect();
        let (quote, _) = priced(&[], if is_far { "AK" } else { "IL" }, &goods);
        let bulky = 2_900 * i64::from(boats);
        let heavy = if boats + anvils > 0 { 1_250 } else { 0 };
        let far = if is_far { 700 } else { 0 };
        let row = quote.shipping.unwrap();
        prop_assert_eq!(row.net_minor, 500 + bulky + heavy + far);
        let tax = (exact_of(row.net_minor) * Exact::new(825, 10_000) + Exact::new(1, 2)).floor().to_integer() as i64;
        prop_assert_eq!((row.tax_minor, row.total_minor), (tax, row.net_minor + tax));
    }
}

fn exact_of(amount: i64) -> Exact {
    Exact::from_integer(i128::from(amount))
}
