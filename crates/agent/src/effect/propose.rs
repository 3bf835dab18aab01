//! A call is wanted.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{
    Activity, ApprovalPolicy, CallId, CallRules, Key, Line, Phase, Private, Seq, State, ToolName, TurnId,
};

/// A call that a decider wants and that may be made. The place of this entry is its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Propose {
    /// The activity.
    pub key: Key,
    /// The turn.
    pub turn: TurnId,
    /// What the decider calls it.
    pub call: CallId,
    /// The tool.
    pub tool: ToolName,
    /// What it is given.
    pub input: Private,
    /// How it is called.
    pub rules: CallRules,
    /// Who must say yes.
    pub policy: ApprovalPolicy,
    /// What it costs.
    pub cost_micros: u64,
}

impl Outgoing for Propose {
    fn apply(&self, state: &mut State, _: Seq) {
        state.activities.insert(self.key, self.activity(state));
        let Some(turn) = &mut state.turn else { return };
        let (call, tool, input) = (self.call.clone(), self.tool.clone(), self.input.clone());
        turn.lines.push(Line::Called { key: self.key, call, tool, input });
        match &mut turn.phase {
            Phase::Calling(keys) => keys.push(self.key),
            phase => *phase = Phase::Calling(vec![self.key]),
        }
    }
}

impl Propose {
    fn activity(&self, state: &State) -> Activity {
        let (call, called) = ((self.turn, self.call.clone()), (self.tool.clone(), self.input.clone()));
        Activity {
            policy: self.policy.clone(),
            cost_micros: self.cost_micros,
            ..Activity::proposed(call, called, self.rules.clone(), state.now)
        }
    }
}
