//! Tasks: what is to be done, as the actions that do it. Each is read by itself, so that one that cannot be read says what is
//! wrong with it and the others still count. Keys that are not known are left alone.

use serde_json::Value;

use super::world::WorldAddress;

/// Actions that a task may have, with what they cannot do without.
const ACTIONS: &[(&str, &[&str])] = &[
    ("calculate", &[]),
    ("cancel_pending_order", &["order_id", "reason"]),
    ("exchange_delivered_order_items", &["order_id", "item_ids", "new_item_ids", "payment_method_id"]),
    ("find_user_id_by_email", &["email"]),
    ("find_user_id_by_name_zip", &["first_name", "last_name", "zip"]),
    ("get_item_details", &["item_id"]),
    ("get_order_details", &["order_id"]),
    ("get_product_details", &["product_id"]),
    ("get_user_details", &["user_id"]),
    ("list_all_product_types", &[]),
    ("modify_pending_order_address", &["order_id", "address1", "city", "country", "state", "zip"]),
    ("modify_pending_order_items", &["order_id", "item_ids", "new_item_ids", "payment_method_id"]),
    ("modify_pending_order_payment", &["order_id", "payment_method_id"]),
    ("modify_user_address", &["user_id", "address1", "city", "country", "state", "zip"]),
    ("return_delivered_order_items", &["order_id", "item_ids", "payment_method_id"]),
    ("think", &[]),
    ("transfer_to_human_agents", &[]),
];

/// A task with the actions that solve it.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// Its id, or its place where it has none.
    pub(super) id: String,
    /// The actions, in order; or where it says something that cannot be followed, and what.
    pub(super) actions: Result<Vec<Action>, String>,
}

/// An action.
#[derive(Clone, Debug)]
pub(super) struct Action {
    pub(super) name: String,
    pub(super) arguments: Value,
}

/// The tasks of a file: a list, or an object that has it under `tasks`.
pub(super) fn read(text: &str) -> anyhow::Result<Vec<Task>> {
    let file: Value = serde_json::from_str(text)?;
    let list = file.get("tasks").unwrap_or(&file).as_array();
    let list = list.ok_or_else(|| anyhow::anyhow!("there is no list of tasks in it"))?;
    Ok(list.iter().enumerate().map(|(place, task)| Task::of(place, task)).collect())
}

impl Task {
    fn of(place: usize, task: &Value) -> Self {
        let id = match task.get("id") {
            Some(Value::String(id)) => id.clone(),
            Some(Value::Number(id)) => id.to_string(),
            _ => place.to_string(),
        };
        Self { id, actions: actions(task) }
    }
}

fn actions(task: &Value) -> Result<Vec<Action>, String> {
    let (at, list) = match task.pointer("/evaluation_criteria/actions").or_else(|| task.get("actions")) {
        Some(Value::Array(list)) => ("evaluation_criteria.actions", list),
        Some(Value::Null) => return Ok(Vec::new()),
        Some(_) => return Err("evaluation_criteria.actions: is no list".to_owned()),
        None => return Err("evaluation_criteria.actions: is missing".to_owned()),
    };
    let all = list.iter().enumerate();
    all.map(|(place, action)| Action::of(action).map_err(|what| format!("{at}[{place}]{what}"))).collect()
}

impl Action {
    fn of(action: &Value) -> Result<Self, String> {
        let name = action.get("name").and_then(Value::as_str).ok_or(".name: is missing")?;
        let known = ACTIONS.iter().find(|(known, _)| *known == name);
        let (_, needed) = known.ok_or_else(|| format!(".name: {name} is no action of this world"))?;
        let arguments = action.get("arguments").or_else(|| action.get("kwargs")).unwrap_or(&Value::Null);
        if let Some(missing) = needed.iter().find(|needed| arguments.get(**needed).is_none()) {
            return Err(format!(".arguments.{missing}: is missing, {name} cannot be done without it"));
        }
        Ok(Self { name: name.to_owned(), arguments: arguments.clone() })
    }

    /// A text argument; empty where it is missing.
    pub(super) fn text(&self, name: &str) -> &str {
        self.arguments[name].as_str().unwrap_or_default()
    }

    /// A list of texts.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        let list = self.arguments[name].as_array();
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The address that an action names.
    pub(super) fn address(&self) -> WorldAddress {
        let text = |name| self.text(name).to_owned();
        WorldAddress {
            address1: text("address1"),
            address2: text("address2"),
            city: text("city"),
            country: text("country"),
            state: text("state"),
            zip: text("zip"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_with_a_task_and_reads_the_others() {
        let tasks = r#"{"version": 2, "tasks": [
            {"id": 7, "extra": [], "evaluation_criteria": {"actions": [{"name": "calculate", "info": null}]}},
            {"id": "b", "evaluation_criteria": {"actions": null}},
            {"actions": [{"name": "get_order_details", "kwargs": {"order_id": "1"}}]},
            {"id": "d", "evaluation_criteria": {"actions": [{"name": "think"}, {"name": "dance"}]}},
            {"id": "e", "evaluation_criteria": {"actions": [{"name": "cancel_pending_order", "arguments": {"order_id": "1"}}]}},
            {"id": "f"}
        ]}"#;
        let said: Vec<String> = read(tasks)
            .unwrap()
            .into_iter()
            .map(|task| format!("{}: {:?}", task.id, task.actions.map(|all| all.len())))
            .collect();
        assert_eq!(
            said,
            [
                "7: Ok(1)",
                "b: Ok(0)",
                "2: Ok(1)",
                "d: Err(\"evaluation_criteria.actions[1].name: dance is no action of this world\")",
                "e: Err(\"evaluation_criteria.actions[0].arguments.reason: is missing, cancel_pending_order cannot be done without it\")",
                "f: Err(\"evaluation_criteria.actions: is missing\")",
            ]
        );
        assert!(read("{}").is_err());
    }
}
