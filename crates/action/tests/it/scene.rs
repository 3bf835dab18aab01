//! What actions mean in a conversation.

use std::collections::BTreeMap;

use action::{Action, MandateWish, Scene, Step, Subject, Waiting, read, resolve};
use checkout::cart::CartLine;
use checkout::order::{Direction, Movement, MovementStatus};
use checkout::tool::{Fresh, call};
use checkout::*;
use commerce::{Currency, Money, ProductId, VariantId};

fn item(product: &str, options: &[(&str, &str)], price_minor: i64) -> Item {
    let key: Vec<&str> = options.iter().map(|(_, value)| *value).collect();
    Item {
        variant: VariantId::of(&[product, &key.join("/")]),
        product: ProductId::of(&[product]),
        sku: String::new(),
        title: product.to_owned(),
        options: options.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        price: Some(Money::new(price_minor, Currency::parse("EUR").unwrap())),
        on_sale: false,
        is_available: true,
        categories: Vec::new(),
        attributes: BTreeMap::new(),
        weight_grams: None,
    }
}

fn order(id: &str, status: OrderStatus, items: &[Item]) -> Order {
    let line = |(place, item): (usize, &Item)| OrderLine {
        number: place as u32 + 1,
        item: item.clone(),
        quantity: 1,
        unit_minor: 5_990,
        discount_minor: 0,
        tax_minor: 0,
        tax_rate: Percent::default(),
        paid_minor: 5_990,
        shipped: 0,
        returned: 0,
        in_place_of: None,
    };
    let text = serde_json::json!({
        "id": id, "owner": { "shopper": "ann" }, "contact": { "name": "Ann", "email": "ann@example.com" },
        "address": Address::default(), "currency": "EUR", "lines": [], "total_minor": 5990, "status": status,
    });
    let movement = Movement {
        key: Key::parse("m1").unwrap(),
        method: MethodId::parse("visa").unwrap(),
        kind: MethodKind::Card,
        label: "Visa".to_owned(),
        direction: Direction::Charge,
        amount_minor: 5_990,
        status: MovementStatus::Captured,
        of: None,
        replaces: false,
    };
    let order: Order = serde_json::from_value(text).unwrap();
    Order { lines: items.iter().enumerate().map(line).collect(), movements: vec![movement], ..order }
}

/// What a message leads to in one conversation.
fn said(message: &str) -> String {
    read(message).map_or_else(|| "no action".to_owned(), |action| led_to(&action))
}

/// What a message leads to after price alerts and standing orders were dealt with.
fn said_of_wishes(message: &str) -> String {
    led_to_after(&read(message).unwrap(), Some(Subject::Wishes))
}

/// What an action leads to in that conversation.
fn led_to(action: &Action) -> String {
    led_to_after(action, None)
}

fn led_to_after(action: &Action, subject: Option<Subject>) -> String {
    let jacket = |size, color| item("Rain Jacket", &[("color", color), ("size", size)], 12_000);
    let jackets: Vec<Item> =
        ["S", "M", "L"].iter().flat_map(|size| [jacket(size, "blue"), jacket(size, "red")]).collect();
    let mugs = vec![item("Enamel Mug", &[], 1_250)];
    let tents =
        vec![item("Tent", &[("for", "2 people")], 19_900), item("Tent", &[("for", "4 people")], 29_900)];
    let shown = vec![mugs.clone(), jackets.clone(), tents];
    let orders = vec![
        order("1043", OrderStatus::Shipped, &mugs),
        order("1042", OrderStatus::Paid, &mugs),
        order("W1041", OrderStatus::Delivered, &[jacket("M", "blue"), mugs[0].clone()]),
    ];
    let wants_back = serde_json::json!({
        "order": "W1041", "items": [{ "number": 1, "quantity": 1 }], "kind": { "refund": { "to": "visa" } },
        "status": "requested",
    });
    let returns = [(ReturnId::parse("r1").unwrap(), serde_json::from_value(wants_back).unwrap())];
    let (cart, shopper) = (CartId::parse("c1").unwrap(), ShopperId::parse("ann").unwrap());
    let lines = [CartLine::new(mugs[0].variant.clone(), 2, 1_250)];
    let gift = Method { kind: MethodKind::GiftCard, label: "gift card 7".to_owned(), balance_minor: Some(0) };
    let methods = BTreeMap::from([(MethodId::parse("gift_7").unwrap(), gift)]);
    let policy = "currency = \"EUR\"\n[returns]\nis_offered = true\nreasons = [\"too small\", \"defective\"]\nrefund_to = [\"original\", \"gift_card\"]\n[[returns.rule]]\nwindow = \"30 days\"\n";
    let policy = Policy::parse(policy).unwrap();
    let tent = ProductId::of(&["Tent"]);
    let price = |minor| Money::new(minor, Currency::parse("EUR").unwrap());
    let waiting = |id: &str, item: &Item| Waiting {
        id: AlertId::parse(id).unwrap(),
        item: item.clone(),
        at: price(1_000),
    };
    let alerts = [waiting("a1", &mugs[0]), waiting("a2", &jackets[0])];
    let id = MandateId::parse("m1").unwrap();
    let mandates = [Waiting { id, item: mugs[0].clone(), at: price(1_000) }];
    let scene = Scene {
        shown: &shown,
        focus: Some(&tent),
        orders: &orders,
        returns: &returns,
        order: None,
        subject,
        ordered: &jackets,
        cart: &cart,
        lines: &lines,
        coupons: &[],
        shopper: Some(&shopper),
        methods: &methods,
        policy: &policy,
        alerts: &alerts,
        mandates: &mandates,
        now: "2026-11-20T12:00:00Z".parse().unwrap(),
    };
    match resolve(action, &scene) {
        Step::Nothing => "nothing".to_owned(),
        Step::Say(text) | Step::Point(text) | Step::Choose { text, .. } => text,
        Step::Seek { words, among } => format!("seek {words} among {}", among.len()),
        Step::Calls(calls) => calls
            .iter()
            .map(|made| format!("{} {}", made.tool.as_str(), made.input))
            .collect::<Vec<_>>()
            .join("; "),
        Step::NewOrder { order, instead } => format!("new order beside {order}: {instead:?}"),
        Step::Instead(action) if matches!(*action, Action::Each(_)) => format!("{action:?}"),
        Step::Instead(action) => led_to(&action),
        Step::Readdress { order, to } => format!("readdress {order} to {}", to.unwrap_or_default()),
        Step::Mandate(MandateWish { variant, quantity, unit_cap, valid_until }) => {
            let name = shown.iter().flatten().find(|item| item.variant == variant).map(Item::name);
            let until = valid_until.map_or_else(String::new, |until| format!(" until {until}"));
            format!("mandate {quantity} x {} at {unit_cap}{until}", name.unwrap_or_default())
        }
        Step::Call(made) => {
            // What comes out is an input of its tool.
            let fresh = Fresh {
                cart: cart.clone(),
                order: OrderId::parse("o1").unwrap(),
                return_id: ReturnId::parse("r1").unwrap(),
                alert: AlertId::parse("a1").unwrap(),
                mandate: MandateId::parse("m1").unwrap(),
            };
            call(made.tool.as_str(), made.input.clone(), fresh).unwrap();
            let names = shown.iter().flatten().map(|item| (item.variant.to_string(), item.name()));
            let text = names.fold(made.input.to_string(), |text, (id, name)| text.replace(&id, &name));
            format!("{} {text}", made.tool.as_str())
        }
    }
}

#[test]
fn finds_what_is_meant() {
    let cases = [
        (
            "add the second one in medium and blue",
            r#"add_to_cart {"cart":"c1","variant":"Rain Jacket (blue, M)","quantity":1}"#,
        ),
        ("add the second one in medium", "Which one of Rain Jacket? There is blue, M; red, M."),
        (
            "add the second one in purple",
            "Rain Jacket does not come in purple. There is blue, L; blue, M; blue, S; red, L; red, M; red, S.",
        ),
        ("add two enamel mugs", r#"add_to_cart {"cart":"c1","variant":"Enamel Mug","quantity":2}"#),
        (
            "return everything",
            r#"return_items {"order":"W1041","items":[{"variant":"Rain Jacket (blue, M)","quantity":1},{"variant":"Enamel Mug","quantity":1}],"refund_to":"visa","reason":null}"#,
        ),
        (
            "return the jacket and the mug, they are too small",
            r#"return_items {"order":"W1041","items":[{"variant":"Rain Jacket (blue, M)","quantity":1},{"variant":"Enamel Mug","quantity":1}],"refund_to":"visa","reason":"too small"}"#,
        ),
        (
            "return the mug from order W1041 and refund it to my gift card",
            r#"return_items {"order":"W1041","items":[{"variant":"Enamel Mug","quantity":1}],"refund_to":"gift_7","reason":null}"#,
        ),
        (
            "return the mug from order W1041 and refund it to my bank account",
            "I do not know that way to be paid. The money of this order can go to gift card 7 or Visa.",
        ),
        (
            "remove one mug from my cart",
            r#"set_cart_quantity {"cart":"c1","variant":"Enamel Mug","quantity":1}"#,
        ),
        ("cancel both orders", r#"cancel_order {"order":"1042","also":["1043"]}"#),
        ("cancel both", r#"cancel_order {"order":"1042","also":["1043"]}"#),
        ("cancel all my orders", r#"cancel_order {"order":"1042","also":["1043"]}"#),
        ("cancel all three orders", "Which orders do you mean: 1042 or 1043? Tell me their numbers."),
        ("cancel my last two orders", r#"cancel_order {"order":"1043","also":["1042"]}"#),
        ("cancel orders 1042 and w1041", r#"cancel_order {"order":"1042","also":["W1041"]}"#),
        ("cancel orders 1042, 1043 and 99", "I find no order 99 of yours."),
        ("order the mug again", r#"add_to_cart {"cart":"c1","variant":"Enamel Mug","quantity":1}"#),
        ("remove the mug from order 1042", r#"cancel_order {"order":"1042"}"#),
        ("refund it to my gift card", "nothing"),
        (
            "put them all in my cart",
            "Each([Add(Reference { which: Place(1, None), options: [], quantity: None }), Add(Reference { which: Place(2, None), options: [], quantity: None }), Add(Reference { which: Place(3, None), options: [], quantity: None })])",
        ),
        ("add both", "I have shown you 3. Which one do you mean?"),
        ("add the fifth one", "I have shown you 3. Which one do you mean?"),
        ("add a gift message", "seek gift message among 0"),
        ("add the cheapest one", "seek cheapest one among 3"),
        ("add the smaller umbrella", "seek smaller umbrella among 3"),
        ("remove the heavier one from my cart", "seek heavier one among 1"),
        (
            "remove the mug from my cart",
            r#"set_cart_quantity {"cart":"c1","variant":"Enamel Mug","quantity":0}"#,
        ),
        ("make it three", r#"set_cart_quantity {"cart":"c1","variant":"Enamel Mug","quantity":3}"#),
        ("make it -1", "How many would you like? One or more."),
        ("add -3 of the first one", "How many would you like? One or more."),
        ("tell me when it drops below $-4", "Please give a price above zero."),
        ("make it 0", r#"set_cart_quantity {"cart":"c1","variant":"Enamel Mug","quantity":0}"#),
        ("check out", r#"place_order {"cart":"c1","pay_with":{"saved":"visa"}}"#),
        ("where is my order?", r#"show_order {"order":"1043"}"#),
        ("where is order #w1041", r#"show_order {"order":"W1041"}"#),
        ("where is order 99", "I find no order 99 of yours."),
        ("cancel it", r#"cancel_order {"order":"1042"}"#),
        (
            "return the jacket, it is too small",
            r#"return_items {"order":"W1041","items":[{"variant":"Rain Jacket (blue, M)","quantity":1}],"refund_to":"visa","reason":"too small"}"#,
        ),
        (
            "return the jacket, it is too small, send me an L",
            r#"exchange_items {"order":"W1041","items":[{"variant":"Rain Jacket (blue, M)","to":"Rain Jacket (blue, L)","quantity":1}],"settle_with":"visa","reason":"too small"}"#,
        ),
        ("exchange the jacket", "What would you like in place of Rain Jacket (blue, M)?"),
        ("return the sofa", "nothing"),
        ("tell me when it drops below 150", "Which one of Tent? There is 2 people; 4 people."),
        // They all cost the same.
        (
            "tell me when the second one drops below 100",
            r#"set_alert {"variant":"Rain Jacket (blue, M)","at_or_below":{"amount_minor":9999,"currency":"EUR"}}"#,
        ),
        ("tell me when it drops below 150 pounds", "Prices here are in EUR. Which price do you mean?"),
        ("can I return the jacket?", "no action"),
        ("cancel my return", r#"withdraw_return {"id":"r1"}"#),
        ("I will keep the jacket after all", r#"withdraw_return {"id":"r1"}"#),
        ("I don't want to return it anymore", r#"withdraw_return {"id":"r1"}"#),
        ("cancel the return of order 1042", "Which one do you mean: Rain Jacket (blue, M)?"),
        ("I will keep the mug after all", "nothing"),
        (
            "add the blue rain jacket in M",
            r#"add_to_cart {"cart":"c1","variant":"Rain Jacket (blue, M)","quantity":1}"#,
        ),
        (
            "add the rain jacket in blue M to my cart",
            r#"add_to_cart {"cart":"c1","variant":"Rain Jacket (blue, M)","quantity":1}"#,
        ),
        ("remove the navy jacket", "nothing"),
        ("take the first one out", r#"set_cart_quantity {"cart":"c1","variant":"Enamel Mug","quantity":0}"#),
        ("2 please", "nothing"),
        ("change it to 2", r#"set_cart_quantity {"cart":"c1","variant":"Enamel Mug","quantity":2}"#),
        (
            "change the jacket in order w1041 to L",
            r#"exchange_items {"order":"W1041","items":[{"variant":"Rain Jacket (blue, M)","to":"Rain Jacket (blue, L)","quantity":1}],"settle_with":"visa","reason":null}"#,
        ),
        ("change the jacket in order 1043 to L", "nothing"),
        (
            "change the address of my order to 1 New Road, Bern, 3000, CH",
            "readdress 1042 to 1 New Road, Bern, 3000, CH",
        ),
        ("show my alerts", "list_alerts {}"),
        ("stop the alert for the mug", r#"drop_alert {"alert":"a1"}"#),
        ("stop the alert for the sofa", "You have no price alert on that."),
        (
            "cancel the price alert",
            "Which price alert do you mean: Enamel Mug at €10.00 or Rain Jacket (blue, S) at €10.00?",
        ),
        ("cancel all my alerts", r#"drop_alert {"alert":"a1"}; drop_alert {"alert":"a2"}"#),
        ("cancel the standing order", r#"revoke_mandate {"mandate":"m1"}"#),
        ("buy the mug when it is under 10", "mandate 1 x Enamel Mug at €9.99"),
        (
            "buy two enamel mugs when the price drops below 10 euros, until Christmas",
            "mandate 2 x Enamel Mug at €9.99 until 2026-12-26T00:00:00Z",
        ),
        (
            "buy the mug, when it drops below 10, until friday",
            "mandate 1 x Enamel Mug at €9.99 until 2026-11-28T00:00:00Z",
        ),
        (
            "buy the mug if it costs 10 or less for two weeks",
            "mandate 1 x Enamel Mug at €10.00 until 2026-12-05T00:00:00Z",
        ),
        (
            "buy the mug when it falls to 9.50 until the end of the month",
            "mandate 1 x Enamel Mug at €9.50 until 2026-12-01T00:00:00Z",
        ),
        (
            "buy the mug when it falls to 9 until 24 December 2025",
            "That day is over. Until when should I wait for the price?",
        ),
        (
            "buy the mug when it falls to 9 until the 30th of february",
            "I do not know that day. Until when should I wait for the price?",
        ),
        ("buy it when it is under 150", "Which one of Tent? There is 2 people; 4 people."),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .map(|(message, wanted)| (message, wanted, said(message)))
        .filter(|(_, wanted, found)| *wanted != found)
        .map(|(message, wanted, found)| format!("{message}:\n  {found}\n  {wanted}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn any_variant_will_do_where_that_is_said() {
    let alert = read("tell me when it drops below 150").unwrap();
    let with = |words: &[&str]| {
        let options: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        led_to(&alert.with_options(&options, false).unwrap())
    };
    let set = |variant: &str| {
        format!(
            r#"set_alert {{"variant":"{variant}","at_or_below":{{"amount_minor":14999,"currency":"EUR"}}}}"#
        )
    };
    assert_eq!(with(&["any"]), set("Tent (2 people)"));
    assert_eq!(with(&["4"]), set("Tent (4 people)"));
    assert_eq!(with(&["6"]), "Tent does not come in 6. There is 2 people; 4 people.");
}

#[test]
fn a_place_before_the_first_calls_nothing() {
    for message in ["add the second one", "remove the second one from my cart"] {
        let second = serde_json::to_string(&read(message).unwrap()).unwrap();
        let none = second.replace("[2,", "[0,");
        assert_ne!(second, none);
        let step = led_to(&serde_json::from_str(&none).unwrap());
        assert!(!step.contains('{'), "no tool is called: {step}");
    }
}

#[test]
fn both_may_be_alerts_that_were_talked_about() {
    let all = r#"drop_alert {"alert":"a1"}; drop_alert {"alert":"a2"}; revoke_mandate {"mandate":"m1"}"#;
    for message in ["cancel all of them", "cancel them all", "cancel all three"] {
        assert_eq!(said_of_wishes(message), all, "{message}");
    }
    // Two are alerts, and the third is a standing order.
    assert_eq!(said_of_wishes("cancel both"), r#"drop_alert {"alert":"a1"}; drop_alert {"alert":"a2"}"#);
    assert_eq!(
        said_of_wishes("cancel all four"),
        "Which ones do you mean? Tell me on which product, or say “my alerts” to see them."
    );
    // What is called an order is one.
    assert_eq!(said_of_wishes("cancel both orders"), r#"cancel_order {"order":"1042","also":["1043"]}"#);
}
