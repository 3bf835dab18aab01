//! Another session goes on with what this one knows.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::{FactId, FactStatus, SessionId, State};

/// That session is this one's heir, for its owner has shown to be this one's as well; there is one heir for ever. These facts are
/// with it: they count here no more, and what was said around them here goes when they are erased there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bequeathed {
    /// To which session.
    pub to: SessionId,
    /// What has come there.
    pub facts: Vec<FactId>,
}

impl Incoming for Bequeathed {
    fn is_news(&self, state: &State) -> bool {
        match &state.heir {
            None => true,
            Some(heir) => *heir == self.to && self.facts.iter().any(|fact| is_here(state, fact)),
        }
    }

    fn apply(&self, state: &mut State) {
        state.heir = Some(self.to.clone());
        let here: Vec<&FactId> = self.facts.iter().filter(|fact| is_here(state, fact)).collect();
        for id in here {
            if let Some(fact) = state.facts.get_mut(id) {
                fact.status = FactStatus::Moved { to: self.to.clone() };
            }
        }
    }
}

fn is_here(state: &State, fact: &FactId) -> bool {
    let status = state.facts.get(fact).map(|fact| &fact.status);
    matches!(status, Some(FactStatus::Current | FactStatus::Superseded { .. }))
}
