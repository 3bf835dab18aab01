//! A fact is erased.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::writer::Writer;
use crate::{Actor, Effect, Fact, FactId, FactStatus, Line, PastTurn, PrivateId, Shred, State, Turn};

/// The owner or staff want a fact gone, and the words it was taken from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Erased {
    /// Which fact.
    pub fact: FactId,
    /// Who.
    pub by: Actor,
}

impl Incoming for Erased {
    fn is_news(&self, state: &State) -> bool {
        let fact = state.facts.get(&self.fact);
        fact.is_some_and(|fact| fact.status != FactStatus::Erased) && self.by.may_touch(&state.owner)
    }

    fn apply(&self, state: &mut State) {
        if let Some(fact) = state.facts.get_mut(&self.fact) {
            fact.status = FactStatus::Erased;
        }
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        let state = writer.state();
        let Some(fact) = state.facts.get(&self.fact) else { return };
        let mut contents: BTreeSet<PrivateId> =
            fact.privates().into_iter().map(|private| private.id.clone()).collect();
        contents.extend(said_around(state, fact));
        writer.emit(Effect::Shred(Shred { contents: contents.into_iter().collect() }));
    }
}

/// The contents of the turns that repeat the words of a fact: what was said, called, answered and shown to models there may hold
/// the fact in other words.
fn said_around(state: &State, fact: &Fact) -> Vec<PrivateId> {
    let words = &fact.provenance.words.id;
    let repeats = |lines: &[Line], told: &BTreeSet<FactId>| {
        told.contains(&fact.id)
            || lines.iter().any(|line| matches!(line, Line::Said { text } if text.id == *words))
    };
    let past = state.history.iter().filter(|turn| repeats(&turn.lines, &turn.repeats));
    let present = state.turn.iter().filter(|turn| repeats(&turn.lines, &turn.repeats));
    let privates = past.flat_map(PastTurn::privates).chain(present.flat_map(Turn::privates));
    privates.map(|private| private.id.clone()).collect()
}
