//! A fact is erased.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::writer::Writer;
use crate::{Actor, Effect, Fact, FactId, FactStatus, Line, PrivateId, Shred, State};

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

/// The contents of the turns that repeat the words of a fact: what was said, called and answered there may hold the fact in
/// other words.
fn said_around(state: &State, fact: &Fact) -> Vec<PrivateId> {
    let words = &fact.provenance.words.id;
    let past = state.history.iter().map(|turn| (&turn.lines, &turn.uttered, &turn.repeats));
    past.chain(state.turn.as_ref().map(|turn| (&turn.lines, &turn.uttered, &turn.repeats)))
        .filter(|(lines, _, repeats)| {
            repeats.contains(&fact.id)
                || lines.iter().any(|line| matches!(line, Line::Said { text } if text.id == *words))
        })
        .flat_map(|(lines, uttered, _)| lines.iter().filter_map(Line::privates).chain(uttered))
        .map(|private| private.id.clone())
        .collect()
}
