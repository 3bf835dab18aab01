//! A fact gives way to a later one.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{FactId, FactStatus, Seq, State};

/// Two facts contradict each other, and the later one holds. Both stay listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Supersede {
    /// What does not hold any more.
    pub fact: FactId,
    /// What does.
    pub by: FactId,
}

impl Outgoing for Supersede {
    fn apply(&self, state: &mut State, _: Seq) {
        if let Some(fact) = state.facts.get_mut(&self.fact) {
            fact.status = FactStatus::Superseded { by: self.by.clone() };
        }
    }
}
