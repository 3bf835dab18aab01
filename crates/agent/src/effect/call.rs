//! A tool is called.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Key, Private, Seq, Spent, Stage, State, Time, ToolName};

/// Call the tool with this key; [`crate::Returned`] brings the answer. To be done by the node that holds the lease, after
/// this entry is in the journal, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// The activity.
    pub key: Key,
    /// What the callee gets as the key; the same for each attempt.
    pub idempotency_key: String,
    /// The tool.
    pub tool: ToolName,
    /// What it is given.
    pub input: Private,
    /// The idempotency key of the call that this one takes back. The callee goes by this, since the input may have been
    /// erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    /// Which attempt this is, from one.
    pub attempt: u32,
    /// When the answer counts as lost.
    pub deadline: Time,
    /// What it takes from the budgets.
    pub charge: Spent,
}

impl Outgoing for Call {
    fn apply(&self, state: &mut State, _: Seq) {
        let now = state.now;
        let Some(activity) = state.activities.get_mut(&self.key) else { return };
        activity.stage = Stage::Issued { deadline: self.deadline };
        activity.attempt = self.attempt;
        activity.tries = activity.tries.saturating_add(1);
        activity.first_issued_at.get_or_insert(now);
        let turn = activity.turn;
        state.spend(turn, self.charge);
    }
}
