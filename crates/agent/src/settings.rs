//! What a session runs under. All of it is data in the journal, so that replay needs nothing else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Budget, DeciderName, Estimator, Idempotency, Tool, ToolName};

mod shared;

pub use shared::{SharedSettings, Shelf};

/// Tools, deciders and limits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The name of the agent, as it stands in traces.
    pub agent: String,
    /// What stands first in every context.
    pub instructions: String,
    /// The tools by name.
    pub tools: BTreeMap<ToolName, Tool>,
    /// Who decides, in the order in which they are asked. One that passes leaves the turn to the next.
    pub deciders: Vec<Decider>,
    /// What may be spent.
    pub budget: Budget,
    /// How tokens are counted.
    pub estimator: Estimator,
    /// Sizes that nothing may exceed.
    pub caps: Caps,
}

/// Settings that were looked at and work. Sessions that run under the same ones share them.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedSettings(SharedSettings);

/// Something that reads a context and says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decider {
    /// Its name; for a language model, the model's.
    pub name: DeciderName,
    /// What it is.
    pub kind: DeciderKind,
    /// How long to wait for it.
    pub timeout_ms: u64,
    /// How often to ask it before the next one is asked.
    pub attempts: u32,
}

/// What kind of decider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeciderKind {
    /// Code, such as a grammar. It costs no tokens, so it still works when the budget of tokens is spent.
    Reader,
    /// A language model.
    Model {
        /// Who serves it, as OpenTelemetry names it.
        provider: String,
        /// How much it may write.
        max_output_tokens: u32,
        /// What a thousand tokens cost, in millionths of the shop's currency.
        micros_per_1000_tokens: u64,
    },
}

/// Sizes that nothing may exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// The longest context.
    pub context_tokens: u32,
    /// How much of earlier turns the state keeps; older turns are in the journal only.
    pub history_tokens: u32,
    /// How many calls may be under way at once.
    pub parallel_calls: u32,
    /// How many calls one thought may ask for.
    pub calls_per_thought: u32,
    /// How many activities may be unfinished at once.
    pub open_activities: u32,
    /// How many facts a session holds.
    pub facts: u32,
    /// How often a callee is asked what became of a key before a person is.
    pub asks: u32,
    /// The first pause between asking; each further one is twice as long.
    pub ask_every_ms: u64,
    /// The longest pause between asking.
    pub ask_at_most_every_ms: u64,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            context_tokens: 8_000,
            history_tokens: 16_000,
            parallel_calls: 4,
            calls_per_thought: 8,
            open_activities: 64,
            facts: 256,
            asks: 16,
            ask_every_ms: 2_000,
            ask_at_most_every_ms: 3_600_000,
        }
    }
}

/// Something in the settings that will not work as it is meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// Define the tool or name another one.
    #[error("{tool} is taken back by {undo}, which is not defined")]
    NoSuchUndo {
        /// The tool.
        tool: ToolName,
        /// What should take it back.
        undo: ToolName,
    },
    /// Give the undoing tool an idempotency of its own: it is repeated until it is known to have worked.
    #[error("{undo} takes back {tool} and must be keyed itself")]
    UndoNotKeyed {
        /// The tool.
        tool: ToolName,
        /// What takes it back.
        undo: ToolName,
    },
    /// Correct the schema.
    #[error("the {side} schema of {tool} is not valid: {why}")]
    BadSchema {
        /// The tool.
        tool: ToolName,
        /// `input` or `output`.
        side: &'static str,
        /// What the checker says.
        why: String,
    },
    /// Name at least one decider.
    #[error("there is no decider, so nothing will ever be answered")]
    NoDecider,
}

/// Settings that cannot be worked under. Correct each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these settings will not work: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct BadSettings(pub Vec<SettingsFault>);

impl CheckedSettings {
    /// As events hold them.
    pub fn share(&self) -> SharedSettings {
        self.0.clone()
    }
}

impl Settings {
    /// These settings for sessions to run under, if nothing is wrong with them.
    pub fn checked(self) -> Result<CheckedSettings, BadSettings> {
        let faults = self.faults();
        if faults.is_empty() { Ok(CheckedSettings(self.into())) } else { Err(BadSettings(faults)) }
    }

    /// What will not work as it is meant.
    pub fn faults(&self) -> Vec<SettingsFault> {
        let mut faults = Vec::new();
        if self.deciders.is_empty() {
            faults.push(SettingsFault::NoDecider);
        }
        for tool in self.tools.values() {
            faults.extend(self.undo_fault(tool));
            for (side, schema) in [("input", &tool.input), ("output", &tool.output)] {
                if let Err(error) = jsonschema::validator_for(schema) {
                    let why = error.to_string();
                    faults.push(SettingsFault::BadSchema { tool: tool.name.clone(), side, why });
                }
            }
        }
        faults
    }

    fn undo_fault(&self, tool: &Tool) -> Option<SettingsFault> {
        let undo = tool.rules.idempotency.undo()?;
        let (tool, undo) = (tool.name.clone(), undo.clone());
        match self.tools.get(&undo).map(|undo| &undo.rules.idempotency) {
            None => Some(SettingsFault::NoSuchUndo { tool, undo }),
            Some(Idempotency::Keyed { .. }) => None,
            Some(_) => Some(SettingsFault::UndoNotKeyed { tool, undo }),
        }
    }
}
