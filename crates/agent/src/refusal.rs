//! Why something that was wanted is not done.

use serde::{Deserialize, Serialize};

use crate::{CallId, FactId, Key, ToolName, TurnId};

/// What is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A call that a decider wants.
    Call {
        /// In which turn.
        turn: TurnId,
        /// What the decider calls it.
        call: CallId,
        /// The tool that it named.
        tool: ToolName,
    },
    /// An answer to a question of approval, or an edit before it.
    Approval(Key),
    /// A fact to remember.
    Fact(FactId),
}

/// Why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// There is no such tool for this session.
    NoSuchTool,
    /// The input does not fit the schema: `pointer: keyword` for each fault.
    BadInput(Vec<String>),
    /// One thought asked for too much at once.
    TooManyCalls,
    /// Too much is unfinished already.
    TooManyOpen,
    /// The text has changed since the person saw it.
    OutdatedText,
    /// This actor may not answer.
    NotAllowed,
    /// As many facts as a session holds.
    TooManyFacts,
}
