//! Tools: what is shown, what is taken.

use std::collections::BTreeSet;

use agent::{Authorised, EventKind, Idempotency, Scope, SettingsFault, ToolName, visible};
use serde_json::json;

use crate::scene::Scene;
use crate::settings::settings;

#[test]
fn shows_only_tools_that_the_session_may_use() {
    let mut scene = Scene::new();
    assert!(visible(scene.state()).all(|tool| tool.name.as_str() != "price"));
    scene.say("Set the price");
    scene.calls(&[("price", json!({}))]);
    insta::assert_snapshot!(scene.story(), @r"
    message
      begin_turn
      think grammar
    thought
      refuse no_such_tool
      think grammar
    ");
    let scopes = BTreeSet::from([Scope::new("staff")]);
    scene.happens(EventKind::Authorised(Authorised { scopes }));
    assert!(visible(scene.state()).any(|tool| tool.name.as_str() == "price"));
}

#[test]
fn refuses_an_input_that_does_not_fit() {
    let mut scene = Scene::new();
    scene.say("Find");
    scene.calls(&[("find", json!({ "amount": 0, "item": 3 })), ("find", json!("coat")), ("sing", json!({}))]);
    insta::assert_snapshot!(scene.story(), @r#"
    message
      begin_turn
      think grammar
    thought
      refuse bad_input ["/amount: minimum","/item: type"]
      refuse bad_input [": type"]
      refuse no_such_tool
      think grammar
    "#);
}

#[test]
fn marks_an_output_that_does_not_fit() {
    let mut scene = Scene::new();
    scene.say("Order");
    scene.calls(&[("order", json!({}))]);
    scene.returns("order", json!("done"));
    let last = format!("{:?}", scene.entries);
    assert!(last.contains("fits: false"), "{last}");
}

#[test]
fn refuses_more_calls_than_one_thought_may_ask_for() {
    let mut scene = Scene::new();
    scene.say("Find");
    let calls: Vec<_> = (0..20).map(|_| ("find", json!({}))).collect();
    scene.calls(&calls);
    let story = scene.story();
    assert_eq!(story.matches("propose").count(), 8, "{story}");
    assert_eq!(story.matches("too_many_calls").count(), 1, "{story}");
}

#[test]
fn says_what_is_wrong_with_settings() {
    let mut settings = settings();
    settings.deciders.clear();
    let order = settings.tools.get_mut(&ToolName::new("order")).unwrap();
    order.input = json!({ "type": "nothing" });
    order.rules.idempotency = Idempotency::Compensated { undo: ToolName::new("mail") };
    settings.tools.remove(&ToolName::new("release"));
    let faults: Vec<String> = settings.faults().iter().map(SettingsFault::to_string).collect();
    insta::assert_snapshot!(faults.join("\n"), @r#"
    there is no decider, so nothing will ever be answered
    hold is taken back by release, which is not defined
    mail takes back order and must be keyed itself
    the input schema of order is not valid: "nothing" is not valid under any of the schemas listed in the 'anyOf' keyword
    reserve is taken back by release, which is not defined
    "#);
    assert_eq!(settings.checked().unwrap_err().0.len(), faults.len());
}
