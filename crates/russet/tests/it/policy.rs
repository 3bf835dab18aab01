//! The shop's rules: all that is wrong with them, where pages say otherwise, and discounts of another system.

use crate::conversations::Talk;
use crate::program::Place;

const RULES: &str = r#"name,simple_action,discount_amount,is_active,stop_rules_processing,apply_to_shipping,simple_free_shipping,coupon_code,conditions_serialized,actions_serialized
"A tenth off jackets","by_percent",10,1,0,0,0,"TENTH","{""type"":""Magento\\SalesRule\\Model\\Rule\\Condition\\Combine"",""value"":""1"",""aggregator"":""all""}","{""type"":""Magento\\SalesRule\\Model\\Rule\\Condition\\Product\\Combine"",""value"":""1"",""aggregator"":""all"",""conditions"":[{""type"":""Magento\\SalesRule\\Model\\Rule\\Condition\\Product"",""attribute"":""category_ids"",""operator"":""=="",""value"":%url_key=clothing-jackets%}]}"
"Off the delivery","by_percent",10,1,0,1,0,,"{}","{}"
"#;

#[test]
fn coupons_of_magento_hold_in_carts() {
    let place = Place::with_coats();
    place.write("rules.csv", RULES);
    let dry = place.run(&["policy", "import", "rules.csv", "--dry-run"]).succeeded();
    assert!(dry.out.contains("coupon = \"TENTH\"") && dry.out.contains("Clothing > Jackets"), "{}", dry.out);
    assert!(!place.path().join("data/price-rules.toml").exists());
    let run = place.run(&["policy", "import", "rules.csv"]).succeeded();
    assert!(run.err.contains("left out: row 3, apply_to_shipping"), "{}", run.err);
    assert!(run.err.contains("1 price rules") && run.err.contains("TENTH"), "{}", run.err);
    let talk = Talk { place: &place, name: "coupon" };
    talk.say("rain jacket");
    talk.say("add the first one in M");
    let cart = talk.say("use the code tenth");
    assert_eq!(cart["cart"]["discount"]["amount_minor"], 600, "{cart}");
    place.run(&["policy", "import", "rules.csv"]).succeeded();
    place.write("none.csv", "a,b\n1,2\n");
    place.run(&["policy", "import", "none.csv"]).failed_with(1);
}

#[test]
fn all_faults_and_all_differences_are_told() {
    let place = Place::with_shop();
    let shown = place.run(&["policy", "show"]).succeeded().out;
    place.run(&["policy", "check"]).succeeded();
    place.write("data/policy.toml", shown.replace("window = \"30 days\"", "window = \"45 days\""));
    let differs = place.run(&["policy", "check"]).succeeded();
    assert!(differs.out.contains("You can return a lamp within 30 days"), "{}", differs.out);
    let wrong =
        shown.replace("max_lines = 100", "max_line = 1").replace("max_coupons = 3", "max_coupons = \"x\"");
    place.write("data/policy.toml", wrong);
    let faults = place.run(&["policy", "check"]).failed_with(1);
    assert!(
        faults.out.contains("cart.max_line:") && faults.out.contains("cart.max_coupons"),
        "{}",
        faults.out
    );
}

#[test]
fn the_built_in_store_keeps_to_its_pages_but_for_store_credit_less_a_sum() {
    let place = Place::new();
    place.run(&["demo", "--import-only"]).succeeded();
    let checked = place.json(&["policy", "check"]);
    let differences = checked["differences"].as_array().unwrap();
    let said: Vec<&str> = differences.iter().map(|one| one["page"].as_str().unwrap()).collect();
    let sums = ["less $15 for cleaning"];
    assert_eq!(said.len(), sums.len(), "{checked:#}");
    assert!(said.iter().zip(sums).all(|(said, sum)| said.contains(sum)), "{checked:#}");
    assert!(checked["policy"].as_str().unwrap().ends_with("policy.toml"), "{checked}");
    assert!(checkout::Policy::parse(demo::policy()).is_ok());
}

#[test]
fn what_is_shown_is_a_policy_that_holds() {
    let place = Place::with_coats();
    place.write("rules.csv", RULES);
    place.run(&["policy", "import", "rules.csv"]).succeeded();
    let shown = place.run(&["policy", "show"]).succeeded();
    assert!(shown.err.contains("price-rules.toml"), "{}", shown.err);
    place.write("data/policy.toml", &shown.out);
    place.run(&["policy", "check"]).succeeded();
    // A shell has emptied the file that is to be read.
    place.write("data/policy.toml", "");
    let example = place.run(&["policy", "show"]).succeeded();
    assert!(example.err.contains("policy.toml is empty"), "{}", example.err);
    place.write("data/policy.toml", &example.out);
    place.run(&["policy", "check"]).succeeded();
}

#[test]
fn a_shop_without_a_policy_gives_no_discounts() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "no-discount" };
    talk.say("rain jacket");
    talk.say("add the first one in M");
    let text = talk.tell("use code WELCOME");
    assert_eq!(text, "The code WELCOME is not one of ours. Please check how it is spelled.");
}
