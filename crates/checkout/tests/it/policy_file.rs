use checkout::policy::{DEFAULT_POLICY, PageText, Region, differences};
use checkout::{Address, Policy};

#[test]
fn the_example_is_a_valid_policy() {
    let policy = Policy::parse(&with_examples(|_| true)).unwrap();
    assert_eq!(policy.price_rules.len(), 4);
    assert_eq!((policy.shipping.surcharges.len(), policy.returns.kept.len()), (1, 2));
    let text = toml::to_string(&policy).unwrap();
    assert_eq!(Policy::parse(&text).unwrap(), policy, "a policy that is written reads the same");
}

#[test]
fn a_shop_that_wrote_no_discount_gives_none() {
    assert_eq!(Policy::parse(DEFAULT_POLICY).unwrap().price_rules, []);
}

/// The example with its discounts, each in its line.
fn with_discounts() -> String {
    with_examples(|header| header == "[[price_rule]]")
}

/// The example with the tables that lost their `#`, each in its line.
fn with_examples(is_meant: impl Fn(&str) -> bool) -> String {
    let (rules, review) = DEFAULT_POLICY.split_once("# [review]").unwrap();
    let is_key = |line: &str| {
        line.split_once(" = ")
            .is_some_and(|(key, _)| key.bytes().all(|b| b == b'_' || b.is_ascii_lowercase()))
    };
    let mut is_open = false;
    let lines = rules.lines().map(|line| match line.strip_prefix("# ") {
        Some(header) if header.starts_with("[[") => {
            is_open = is_meant(header);
            if is_open { header } else { line }
        }
        Some(rule) if is_open && is_key(rule) => rule,
        _ => line,
    });
    let lines: Vec<&str> = lines.collect();
    format!("{}\n# [review]{review}", lines.join("\n"))
}

/// Each fault: what stands in the example, what is written in its place, and what is said.
const FAULTS: &[[&str; 3]] = &[
    [
        "currency = \"USD\"",
        "currency = \"USQ\"",
        "line 6, currency: \"USQ\" is no ISO 4217 currency; compare the line with the example file",
    ],
    [
        "reserve_for = \"15 minutes\"",
        "reserve_for = \"a while\"",
        "line 43, stock.reserve_for: \"a while\" is no stretch of time; write \"30 days\", \"2 hours\" or \"15 minutes\"",
    ],
    [
        "max_lines = 100",
        "max_line = 100",
        "line 25, cart.max_line: unknown field `max_line`, expected one of `max_lines`, `max_quantity`, `max_coupons`, `limit`; use one of the keys that are listed, or take it out",
    ],
    [
        "capture = \"at_order\"",
        "capture = \"later\"",
        "line 47, payment.capture: unknown variant `later`, expected `at_order` or `at_shipping`; use one of the words that are listed",
    ],
    [
        "price = \"19.95 USD\"",
        "price = \"19.95 EUR\"",
        "line 93, shipping.method[1].rate[0].price: €19.95 is not in the shop's currency, USD; write the amount in the currency of the shop",
    ],
    [
        "percent = \"6.25%\"",
        "percent = \"625%\"",
        "line 103, tax.rate[0].percent: the rate is above 100%; check the decimal point",
    ],
    [
        "while = [\"placed\", \"paid\"]\nwithin",
        "while = [\"shipped\"]\nwithin",
        "line 111, orders.cancel.while: an order that has left cannot be changed or called off; use \"placed\" and \"paid\"; later there are returns",
    ],
    [
        "reasons = []                    #",
        "reprices = true #",
        "line 113, orders.cancel.reprices: this says nothing here; take it out",
    ],
    [
        "regions = [\"US-TX\"]",
        "regions = [\"US-XT\"]",
        "line 104, tax.rate[0].regions: \"US-XT\" is no region; write \"*\", \"US\", \"US-CA\" or \"US-CA:940\"",
    ],
    [
        "also = [\"change_order_address\"]",
        "also = [\"dance\"]",
        "line 22, confirmation.also: there is no tool \"dance\"; use a tool's name",
    ],
    [
        "id = \"socks\"",
        "id = \"welcome\"",
        "line 202, price_rule[1].id: there are two rules \"welcome\"; rename one",
    ],
    [
        "goods = { on_sale = true }",
        "goods = \"everything\"",
        "line 143, returns.rule[1].goods: the rules after this one are never reached; put the rule for everything last",
    ],
    [
        "max_total = \"500.00 USD\"",
        "",
        "line 177, mandates.max_total: a standing order needs a cap; add the key",
    ],
    [
        "deduct = { percent = \"10%\" }",
        "deduct = { percent = \"110%\" }",
        "line 198, price_rule[0].deduct: more than 100% is taken off; check the decimal point",
    ],
];

#[test]
fn all_tables_tell_their_faults() {
    let text = DEFAULT_POLICY
        .replacen("max_lines = 100", "max_line = 100", 1)
        .replacen("capture = \"at_order\"", "capture = \"later\"", 1)
        .replacen("max_per_shopper = 20", "max_per_shopper = \"many\"", 1);
    let faults = Policy::parse(&text).unwrap_err();
    let keys: Vec<&str> = faults.iter().map(|fault| fault.key.as_str()).collect();
    assert_eq!(keys, ["cart.max_line", "payment.capture", "alerts.max_per_shopper"]);
    assert_eq!((faults[0].line, faults[1].line), (25, 47));
}

#[test]
fn a_table_tells_all_its_faults() {
    let text = DEFAULT_POLICY
        .replacen("max_lines = 100", "max_line = 100", 1)
        .replacen("max_quantity = 99", "max_quantity = \"many\"", 1)
        .replacen("id = \"standard\"", "id = 7", 1)
        .replacen("price = \"19.95 USD\"", "price = \"dear\"", 1);
    let faults = Policy::parse(&text).unwrap_err();
    let keys: Vec<&str> = faults.iter().map(|fault| fault.key.as_str()).collect();
    assert_eq!(
        keys,
        ["cart.max_line", "cart.max_quantity", "shipping.method[0].id", "shipping.method[1].rate[0].price"]
    );
}

#[test]
fn calls_are_sent_to_the_staff_by_rules_with_a_time() {
    let review = |rules: &str| format!("{DEFAULT_POLICY}\n[review]\n{rules}");
    let fine = "within = \"3 days\"\n[[review.rule]]\ntools = [\"return_items\"]\nabove = \"50.00 USD\"\n";
    let policy = Policy::parse(&review(fine)).unwrap();
    assert_eq!(policy.review.rules.len(), 1);
    for (from, to, key) in [
        ("within = \"3 days\"", "", "review"),
        ("return_items", "show_order", "review.rule[0].tools"),
        ("50.00 USD", "50.00 EUR", "review.rule[0].above"),
    ] {
        let faults = Policy::parse(&review(&fine.replacen(from, to, 1))).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.key.as_str()).collect::<Vec<_>>(), [key]);
    }
}

const PAGE: &str = "You may return anything within 60 days of delivery.\nElectronics come back within two weeks.\n\
                    We refund within 5 working days. The warranty lasts 90 days, return the card with it.";

#[test]
fn pages_that_say_other_things_than_the_policy_are_found() {
    let policy = Policy::parse(&with_discounts()).unwrap();
    let page =
        |text, is_on_returns| PageText { title: "Help", text, is_on_returns, is_on_delivery: !is_on_returns };
    let shipping = "Way: Standard; Cost: $5.95, free from $99\nWay: Express; Cost: $14.95";
    let found = differences(&policy, &[page(PAGE, true), page(shipping, false)]);
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    returns.rule.window: the policy has 14 days, 30 days, but Help: “You may return anything within 60 days of delivery.”
    returns.rule.window: the policy has 30 days for what no other rule fits, and no page says so
    shipping.method.rate.from_subtotal: the policy has $75.00, $150.00, but Help: “Way: Standard; Cost: $5.95, free from $99”
    shipping.method.rate.price: the policy has $19.95 for "Express delivery", and no page says so
    shipping.method.rate.price: the policy has $0.00, $1.50, $5.95, $19.95, $75.00, $100.00, $150.00, but Help: “Way: Express; Cost: $14.95”
    "#);
    assert_eq!(differences(&policy, &[]), []);
}

#[test]
fn what_pages_keep_of_refunds_and_charge_for_delivery_is_found() {
    let policy = Policy::parse(&with_discounts()).unwrap();
    let page =
        |text, is_on_returns| PageText { title: "Help", text, is_on_returns, is_on_delivery: !is_on_returns };
    let returns = "The label costs $6.95 and is taken off your refund. On reduced goods we keep 10%, on tents 15% for \
                   restocking. Refunds of $20 or less go to a gift card.";
    let shipping =
        "Hawaii costs $24.50 more. Bulky goods: a surcharge of $29. Standard: $5.95, free from $75.";
    let found = differences(&policy, &[page(returns, true), page(shipping, false)]);
    let told: Vec<String> =
        found.iter().map(ToString::to_string).filter(|told| told.contains("Help:")).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    shipping.method.rate.price: the policy has $0.00, $1.50, $5.95, $19.95, $75.00, $100.00, $150.00, but Help: “Hawaii costs $24.50 more.”
    shipping.method.rate.price: the policy has $0.00, $1.50, $5.95, $19.95, $75.00, $100.00, $150.00, but Help: “Bulky goods: a surcharge of $29.”
    returns.kept.amount: the policy has no such sum that is kept of a refund, but Help: “The label costs $6.95 and is taken off your refund.”
    returns.rule.restocking_fee: the policy has 10%, but Help: “On reduced goods we keep 10%, on tents 15% for restocking.”
    ");
}

#[test]
fn sums_that_policy_and_pages_have_are_no_difference() {
    let policy = Policy::parse(&with_examples(|_| true)).unwrap();
    let page =
        |text, is_on_returns| PageText { title: "Help", text, is_on_returns, is_on_delivery: !is_on_returns };
    let returns =
        "The label costs $6.95 and is taken off your refund. We keep $15 for cleaning and $40 for the truck.";
    let found = differences(&policy, &[page(returns, true), page("Bulky goods: a surcharge of $29.", false)]);
    let told: Vec<String> =
        found.iter().map(ToString::to_string).filter(|told| told.contains("Help:")).collect();
    insta::assert_snapshot!(told.join("\n"), @"returns.kept.amount: the policy has $6.95, $15.00, but Help: “We keep $15 for cleaning and $40 for the truck.”");
}

#[test]
fn a_fault_names_line_key_and_mending() {
    let example = with_discounts();
    for [from, to, said] in FAULTS {
        assert!(example.contains(from), "{from}");
        let faults = Policy::parse(&example.replacen(from, to, 1)).unwrap_err();
        assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), [*said]);
    }
}

#[test]
fn what_a_policy_does_not_mention_is_not_allowed() {
    let policy = Policy::parse("currency = \"JPY\"").unwrap();
    assert!(policy.orders.cancel.during.is_empty());
    assert!(!policy.returns.is_offered && !policy.exchanges.is_offered && !policy.mandates.is_offered);
    assert!(policy.identity.guest.is_empty());
}

#[test]
fn a_region_is_known_by_its_code_and_by_its_name() {
    let policy = Policy::parse(DEFAULT_POLICY).unwrap();
    let region = |text: &str| Region::parse(text).unwrap();
    let address = |state: &str, country: &str| Address {
        region: state.to_owned(),
        country: country.to_owned(),
        postcode: "78701".to_owned(),
        ..Address::default()
    };
    for (state, country) in [("TX", "US"), ("Texas", "USA"), ("Tx.", "United States"), ("texas", "u.s.a.")] {
        let there = address(state, country);
        assert!(
            region("US-TX").contains(&there) && region("US-TX:787").contains(&there),
            "{state} {country}"
        );
        assert_eq!(policy.unclear(&there), None);
    }
    assert!(region("GB").contains(&address("", "Great Britain")));
    assert!(region("AT").contains(&address("", "Austria")));
    assert!(!region("US-TX").contains(&address("Texas", "Canada")));
    assert_eq!(policy.unclear(&address("", "US")), Some("state"));
    assert_eq!(policy.unclear(&address("Bavaria", "USA")), Some("state"));
    assert_eq!(policy.unclear(&address("", "Utopia")), Some("country"));
    assert_eq!(policy.unclear(&address("", "Germany")), None);
    for text in ["ZZ", "US-XX", "US-"] {
        assert_eq!(Region::parse(text), None, "{text}");
    }
}
