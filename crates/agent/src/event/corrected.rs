//! A fact is put right.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::writer::Writer;
use crate::{Actor, Effect, FactId, FactStatus, Private, Remember, Shred, State};

/// The owner or staff say what a fact should have said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Corrected {
    /// Which fact.
    pub fact: FactId,
    /// What it says from here on.
    pub content: Private,
    /// Who.
    pub by: Actor,
}

impl Incoming for Corrected {
    fn is_news(&self, state: &State) -> bool {
        let fact = state.facts.get(&self.fact);
        let is_here =
            |fact: &crate::Fact| !matches!(fact.status, FactStatus::Erased | FactStatus::Moved { .. });
        fact.is_some_and(is_here) && self.by.may_touch(&state.owner)
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        let state = writer.state();
        let Some(mut fact) = state.facts.get(&self.fact).cloned() else { return };
        let old = std::mem::replace(&mut fact.content, self.content.clone());
        fact.learned_at = state.now;
        fact.confidence_permille = 1000;
        writer.emit(Effect::Remember(Remember { fact }));
        // What nothing refers to any more could not be erased later.
        if old != self.content {
            writer.emit(Effect::Shred(Shred { contents: vec![old.id] }));
        }
    }
}
