//! A fact is remembered.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Fact, Seq, State};

/// Keep this fact. Where it outlives the session, the owner's [`crate::Memory`] takes it too; taking it twice changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remember {
    /// The fact.
    pub fact: Fact,
}

impl Outgoing for Remember {
    fn apply(&self, state: &mut State, _: Seq) {
        state.facts.insert(self.fact.id.clone(), self.fact.clone());
    }
}
