use std::collections::BTreeSet;

use checkout::tool::{Call, Effect, Fresh, NAMES, ToolName, call, tools};
use checkout::*;
use serde_json::json;

use crate::shop::order_id;

fn fresh() -> Fresh {
    Fresh {
        cart: CartId::parse("c").unwrap(),
        order: order_id("o"),
        return_id: ReturnId::parse("r").unwrap(),
        alert: AlertId::parse("a").unwrap(),
        mandate: MandateId::parse("m").unwrap(),
    }
}

#[test]
fn tools_are_data_with_a_schema_each() {
    let all = tools();
    assert_eq!(all.len(), NAMES.len());
    assert_eq!(NAMES.iter().collect::<BTreeSet<_>>().len(), NAMES.len());
    for tool in &all {
        assert_eq!(ToolName::parse(tool.name.as_str()), Some(tool.name));
        assert_eq!(serde_json::to_value(tool.name).unwrap(), json!(tool.name.as_str()));
        assert_eq!(tool.input.get("type"), Some(&json!("object")), "{}", tool.name.as_str());
        assert!(tool.description.ends_with('.'), "{}", tool.name.as_str());
    }
    assert!(all.iter().filter(|tool| tool.effect == Effect::Irreversible).count() >= 8);
}

#[test]
fn a_call_is_the_command_of_its_tool_or_says_what_does_not_fit() {
    let given = json!({ "order": "#1", "reason": "no longer needed" });
    let Call::Command(command) = call("cancel_order", given, fresh()).unwrap() else { panic!("no command") };
    assert_eq!(command.tool(), ToolName::CancelOrder);
    let fault = |name: &str, given| call(name, given, fresh()).unwrap_err().to_string();
    insta::assert_snapshot!(fault("cancel_order", json!({ "order": "" })), @"the input of cancel_order does not fit: an id is 1 to 96 bytes of text without control characters");
    insta::assert_snapshot!(fault("cancel_order", json!({ "order": "1", "all": true })), @"the input of cancel_order does not fit: unknown field `all`, expected one of `order`, `reason`, `also`");
    insta::assert_snapshot!(fault("give_all_away", json!({})), @r#"there is no tool "give_all_away""#);
}

#[test]
fn a_refusal_carries_its_code_and_a_sentence() {
    let refusal = Refusal::OutOfStock { item: "Tee (M)".to_owned(), left: 2 };
    let text = serde_json::to_value(&refusal).unwrap();
    assert_eq!(text, json!({ "code": "out_of_stock", "item": "Tee (M)", "left": 2 }));
    assert_eq!(serde_json::from_value::<Refusal>(text).unwrap(), refusal);
    assert_eq!(refusal.to_string(), "I am sorry, there are only 2 of Tee (M) left.");
}
