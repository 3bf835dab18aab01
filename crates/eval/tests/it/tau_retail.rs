use std::path::Path;

use serde_json::{Value, json};

/// A file of the world; `None` where it is not there, and the test is skipped.
fn file(name: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/tau-retail");
    std::fs::read_to_string(folder.join(name)).ok()
}

#[tokio::test]
async fn every_task_ends_as_it_should_and_every_violation_is_refused() {
    let (Some(world), Some(tasks)) = (file("db.json"), file("tasks-train.json")) else { return };
    let report = eval::tau_retail::run(&world, &tasks).await.unwrap();
    let failed: Vec<_> = report.tasks.iter().filter(|task| !task.passed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(report.violations_missed.is_empty(), "{:#?}", report.violations_missed);
    assert!(report.violations_tried >= 500, "{}", report.violations_tried);
}

fn task(id: String, actions: &[(&str, Value)]) -> Value {
    let action = |(name, arguments): &(&str, Value)| json!({ "name": name, "arguments": arguments });
    let actions: Vec<Value> = actions.iter().map(action).collect();
    json!({ "id": id, "evaluation_criteria": { "actions": actions } })
}

/// Somebody is found, and then somebody else: the first goes on being helped, and nothing is done for the second.
fn for_two(world: &Value, orders: &[(&str, &Value)]) -> Vec<Value> {
    let email =
        |order: &Value| world["users"][order["user_id"].as_str().unwrap_or_default()]["email"].clone();
    let cancel = |id: &str| ("cancel_pending_order", json!({ "order_id": id, "reason": "no longer needed" }));
    let pairs = orders.windows(2).filter(|pair| pair[0].1["user_id"] != pair[1].1["user_id"]);
    let tasks = pairs.map(|pair| {
        let ((own, first), (other, second)) = (pair[0], pair[1]);
        let find = |order: &Value| ("find_user_id_by_email", json!({ "email": email(order) }));
        let actions = [find(first), find(second), cancel(other), cancel(own)];
        task(format!("{own} and {other}"), &actions)
    });
    tasks.collect()
}

/// The payment is changed, and then the order is cancelled: each of the two goes back once.
fn paid_anew(world: &Value, orders: &[(&str, &Value)]) -> Vec<Value> {
    let tasks = orders.iter().filter_map(|(id, order)| {
        let methods = world["users"][order["user_id"].as_str()?]["payment_methods"].as_object()?;
        let paid_with = order["payment_history"][0]["payment_method_id"].as_str()?;
        let other = methods.keys().find(|other| *other != paid_with)?;
        let change = json!({ "order_id": id, "payment_method_id": other });
        let cancel = json!({ "order_id": id, "reason": "ordered by mistake" });
        let actions = [("modify_pending_order_payment", change), ("cancel_pending_order", cancel)];
        Some(task(format!("{id} paid with {other}"), &actions))
    });
    tasks.collect()
}

#[tokio::test]
async fn one_user_is_helped_in_a_conversation_and_what_was_paid_anew_goes_back_once() {
    let Some(text) = file("db.json") else { return };
    let world: Value = serde_json::from_str(&text).unwrap();
    let orders = world["orders"].as_object().unwrap().iter();
    let pending = orders.filter(|(_, order)| order["status"] == "pending");
    let pending: Vec<(&str, &Value)> = pending.map(|(id, order)| (id.as_str(), order)).collect();
    let (for_two, mut paid_anew) = (for_two(&world, &pending[..30]), paid_anew(&world, &pending));
    paid_anew.truncate(40);
    assert!(for_two.len() >= 20 && paid_anew.len() >= 20, "{} and {}", for_two.len(), paid_anew.len());
    let tasks = Value::Array([for_two.as_slice(), &paid_anew].concat()).to_string();
    let report = eval::tau_retail::run(&text, &tasks).await.unwrap();
    let failed: Vec<_> = report.tasks.iter().filter(|task| !task.passed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let (two, anew) = report.tasks.split_at(for_two.len());
    assert!(two.iter().all(|task| task.refused == ["cancel_pending_order: order_not_found"]), "{two:#?}");
    // A gift card that does not hold enough is no other way to pay; the cancelling after it is right either way.
    let changed = anew.iter().filter(|task| task.refused.is_empty()).count();
    assert!(changed >= 15, "{changed} of {} payments were changed", anew.len());
}
