//! In which condition something comes back and why, where the shop's policy asks.

use checkout::tool::ToolName;
use checkout::{ItemCondition, Refusal};
use serde_json::{Value, json};
use store::StoreError;

use super::{Guide, Step, Telling};
use crate::Party;
use crate::remembered::{Asking, Pending, Remembered};

const QUESTION: &str = "In which condition is it: unopened, opened, used or defective?";

/// What people call conditions; the first one that is said counts, so that `unused` is not taken for `used`.
const WORDS: [(ItemCondition, &[&str]); 4] = [
    (ItemCondition::Defective, &["defective", "broken", "damaged", "faulty", "wrong item"]),
    (ItemCondition::Unopened, &["unopened", "not opened", "never opened", "not open", "sealed"]),
    (
        ItemCondition::Opened,
        &["opened", "unused", "not used", "never used", "not worn", "unworn", "tried", "open"],
    ),
    (ItemCondition::Used, &["used", "worn"]),
];

/// The question for a condition or a reason, where a call was refused for want of one; it is made again with the answer.
pub(super) fn ask(refusal: &Refusal, tool: ToolName, input: &Value, remembered: &Remembered) -> Option<Step> {
    if matches!(refusal, Refusal::ReasonNotTaken { .. }) {
        let pending = Some(Pending { tool: tool.as_str().to_owned(), input: input.clone() });
        let remembered = Remembered { asking: Some(Asking::Reason), pending, ..remembered.clone() };
        return Some(Step::Tell(Box::new(Telling::say(refusal.to_string(), remembered))));
    }
    let is_unsaid = input.pointer("/items/0/condition").is_none_or(Value::is_null);
    if !matches!(refusal, Refusal::ConditionNotTaken { .. }) || !is_unsaid {
        return None;
    }
    let pending = Some(Pending { tool: tool.as_str().to_owned(), input: input.clone() });
    let remembered = Remembered { asking: Some(Asking::Condition), pending, ..remembered.clone() };
    Some(Step::Tell(Box::new(Telling::say(QUESTION, remembered))))
}

impl Guide {
    /// Makes the call again with the condition that was said; `None` where none was.
    pub(super) async fn in_condition(
        &self,
        party: &Party,
        text: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let (Some(condition), Some(pending)) = (read(text), &remembered.pending) else { return Ok(None) };
        let Some(tool) = ToolName::parse(&pending.tool) else { return Ok(None) };
        let mut input = pending.input.clone();
        if let Some(items) = input["items"].as_array_mut() {
            items.iter_mut().for_each(|item| item["condition"] = json!(condition));
        }
        let remembered = Remembered { pending: None, ..remembered.clone() };
        self.call(party, (tool, input), &remembered).await.map(Some)
    }

    /// Makes the call again with the reason that was said; `None` where none of the policy's was.
    pub(super) async fn because(
        &self,
        party: &Party,
        english: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let Some(pending) = &remembered.pending else { return Ok(None) };
        let Some(tool) = ToolName::parse(&pending.tool) else { return Ok(None) };
        let policy = self.counter.policy();
        let reasons = match tool {
            ToolName::CancelOrder => &policy.orders.cancel.reasons,
            _ => &policy.returns.reasons,
        };
        let Some(reason) = action::reason_of(reasons, english) else { return Ok(None) };
        let mut input = pending.input.clone();
        input["reason"] = json!(reason);
        let remembered = Remembered { pending: None, ..remembered.clone() };
        self.call(party, (tool, input), &remembered).await.map(Some)
    }
}

fn read(text: &str) -> Option<ItemCondition> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let said = format!(" {} ", words.join(" "));
    let is_said = |names: &[&str]| names.iter().any(|name| said.contains(&format!(" {name} ")));
    WORDS.iter().find(|(_, names)| is_said(names)).map(|(condition, _)| *condition)
}
