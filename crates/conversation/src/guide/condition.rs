//! In which condition something comes back and why, where the shop's policy asks.

use action::condition_of;
use checkout::Refusal;
use checkout::tool::ToolName;
use serde_json::{Value, json};
use store::StoreError;

use super::{Guide, Step, Telling};
use crate::Party;
use crate::remembered::{Asking, Pending, Remembered};

const QUESTION: &str = "In which condition is it: unopened, opened, used or defective?";

/// The question for a condition or a reason, where a call was refused for want of one; it is made again with the answer.
pub(super) fn ask(refusal: &Refusal, tool: ToolName, input: &Value, remembered: &Remembered) -> Option<Step> {
    if matches!(refusal, Refusal::ReasonNotTaken { .. }) {
        let pending = Some(Pending { tool: tool.as_str().to_owned(), input: input.clone() });
        let remembered = Remembered { asking: Some(Asking::Reason), pending, ..remembered.clone() };
        return Some(Step::Tell(Box::new(Telling::say(refusal.to_string(), remembered))));
    }
    let items = input["items"].as_array();
    let is_unsaid = items.is_some_and(|items| items.iter().any(|item| item["condition"].is_null()));
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
        let (Some(condition), Some(pending)) = (condition_of(text), &remembered.pending) else {
            return Ok(None);
        };
        let Some(tool) = ToolName::parse(&pending.tool) else { return Ok(None) };
        let mut input = pending.input.clone();
        if let Some(items) = input["items"].as_array_mut() {
            let unsaid = items.iter_mut().filter(|item| item["condition"].is_null());
            unsaid.for_each(|item| item["condition"] = json!(condition));
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
