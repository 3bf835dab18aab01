//! What has to hold of every conversation, whatever it is about. One file for each.

mod calls;
mod caps;
mod clarify;
mod consent;
mod dismissed;
mod evidence;
mod facts;
mod replay;

use serde::Serialize;

pub use facts::Values;

use super::held::Held;
use super::stage::Stage;

/// A check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Every clause rests on claims, every claim on rows that are there.
    Evidence,
    /// No number, name, material, size, availability or date without a claim that has it.
    Facts,
    /// Every call has its end in the journal, or waits for a yes.
    Calls,
    /// Nothing is longer than it may be, and no turn ran out of its budget.
    Caps,
    /// Orders, money and stock change by a yes only, and to what was shown.
    Consent,
    /// The journal leads to the same state, stream and answers.
    Replay,
    /// What was turned down does not come back.
    Dismissed,
    /// Nothing is asked back twice.
    Clarify,
}

impl Check {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Evidence,
        Self::Facts,
        Self::Calls,
        Self::Caps,
        Self::Consent,
        Self::Replay,
        Self::Dismissed,
        Self::Clarify,
    ];

    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Facts => "facts",
            Self::Calls => "calls",
            Self::Caps => "caps",
            Self::Consent => "consent",
            Self::Replay => "replay",
            Self::Dismissed => "dismissed",
            Self::Clarify => "clarify",
        }
    }

    /// What does not hold of a conversation.
    pub async fn faults(
        self,
        stage: &Stage,
        values: &Values,
        held: &Held<'_>,
    ) -> anyhow::Result<Vec<String>> {
        Ok(match self {
            Self::Evidence => evidence::faults(held),
            Self::Facts => facts::faults(stage, values, held)?,
            Self::Calls => calls::faults(held),
            Self::Caps => caps::faults(held),
            Self::Consent => consent::faults(held),
            Self::Replay => replay::faults(stage, held).await?,
            Self::Dismissed => dismissed::faults(held),
            Self::Clarify => clarify::faults(held),
        })
    }
}
