//! The session is told what is remembered of its owner.

use super::Incoming;
use crate::{Recalled, State};

impl Incoming for Recalled {
    /// What is remembered of anybody else is not taken, and does not even reach the journal.
    fn is_news(&self, state: &State) -> bool {
        let is_new = |fact: &crate::Fact| state.facts.get(&fact.id) != Some(fact);
        *self.owner() == state.owner
            && self.facts().iter().all(|fact| fact.owner == state.owner)
            && self.facts().iter().any(is_new)
    }

    fn apply(&self, state: &mut State) {
        for fact in self.facts() {
            if state.facts.contains_key(&fact.id) || state.facts.len() < state.settings.caps.facts as usize {
                state.facts.insert(fact.id.clone(), fact.clone());
            }
        }
    }
}
