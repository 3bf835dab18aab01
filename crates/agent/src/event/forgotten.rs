//! Everything is erased.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::end_turn;
use crate::writer::Writer;
use crate::{Actor, Effect, FactStatus, PrivateId, Shred, State, TurnEnd};

/// The owner wants all words of the session gone. It is closed; that it was there, and what it did, stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forgotten {
    /// Who.
    pub by: Actor,
}

impl Incoming for Forgotten {
    fn is_news(&self, state: &State) -> bool {
        self.by.may_touch(&state.owner)
    }

    fn apply(&self, state: &mut State) {
        state.closed = true;
        for fact in state.facts.values_mut() {
            fact.status = FactStatus::Erased;
        }
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        end_turn(writer, TurnEnd::Cancelled);
        let contents: Vec<PrivateId> = writer.contents().iter().map(|(id, _)| id.clone()).collect();
        writer.emit(Effect::Shred(Shred { contents }));
    }
}
