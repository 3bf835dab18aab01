//! Tools as data: what a callee can do, and the rules under which a session may ask for it.

mod check;
mod visible;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Role, Scope, ToolName};

pub(crate) use check::faults;
pub use visible::visible;

/// One thing that can be done outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// Its name, unique in a session.
    pub name: ToolName,
    /// What it does, for deciders.
    pub description: String,
    /// JSON Schema of what it takes. An input that does not fit never goes out.
    pub input: Value,
    /// JSON Schema of what it gives. An output that does not fit is marked; what was done stays done.
    pub output: Value,
    /// Scopes that a session must have, all of them, to see it.
    pub scopes: BTreeSet<Scope>,
    /// When a person must say yes.
    pub approval: ApprovalPolicy,
    /// What one use costs, in millionths of the shop's currency.
    pub cost_micros: u64,
    /// How it is called.
    #[serde(flatten)]
    pub rules: CallRules,
}

/// How a tool is called and what happens when no answer comes. Every activity keeps a copy, so that a tool that is
/// changed or taken away does not change the fate of what is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRules {
    /// What it does to the world.
    pub class: EffectClass,
    /// How long to wait for an answer.
    pub timeout_ms: u64,
    /// When to try again.
    pub retry: Retry,
    /// How its fate is found out after a lost answer.
    pub idempotency: Idempotency,
}

/// What a tool does to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectClass {
    /// Nothing: it may be repeated at will, and several may run at once.
    Read,
    /// Something that can be taken back.
    Reversible,
    /// Something that cannot.
    Irreversible,
}

/// When a person must say yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalPolicy {
    /// Never.
    Never,
    /// Each time, by this role, within this time.
    Always {
        /// Who.
        by: Role,
        /// How long the question stands.
        expires_ms: u64,
        /// Where the text comes from that the person sees.
        text: ApprovalText,
    },
}

/// Somebody else who must say yes after the first one has, because the callee says so of this call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Who.
    pub by: Role,
    /// How long the question stands.
    pub expires_ms: u64,
}

/// Where the text comes from that a person approves. Never from a decider: it might not say what will be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalText {
    /// A template; `{/pointer}` stands for that value of the input.
    Template(String),
    /// The callee is asked what it would do.
    Preview,
}

/// When to try again after a failure that the callee calls passing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// How often at most, the first time included.
    pub attempts: u32,
    /// The first pause; each further one is twice as long.
    pub base_ms: u64,
    /// The longest pause.
    pub max_ms: u64,
}

/// How the fate of a call is found out when no answer came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Idempotency {
    /// The callee does each key once, remembers what became of it, and can be asked.
    Keyed {
        /// How long it remembers. What it says it has not seen is believed no longer than this.
        remembers_ms: u64,
        /// The tool that takes it back and bars the key, if there is one.
        undo: Option<ToolName>,
    },
    /// The callee cannot be asked; this tool takes a call back by its key, also one that has not arrived yet.
    Compensated {
        /// The tool that takes it back. It must be keyed itself.
        undo: ToolName,
    },
    /// Neither. A call that was not answered is left to a person; it is never repeated.
    None,
}

impl Idempotency {
    /// The tool that takes a call back.
    pub fn undo(&self) -> Option<&ToolName> {
        match self {
            Self::Keyed { undo, .. } => undo.as_ref(),
            Self::Compensated { undo } => Some(undo),
            Self::None => None,
        }
    }
}
