//! The session takes no more messages.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::end_turn;
use crate::writer::Writer;
use crate::{Actor, State, TurnEnd};

/// The conversation is over. What is unfinished is still brought to its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    /// Who closed it.
    pub by: Actor,
}

impl Incoming for Closed {
    fn is_news(&self, state: &State) -> bool {
        !state.closed && self.by.may_touch(&state.owner)
    }

    fn apply(&self, state: &mut State) {
        state.closed = true;
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        end_turn(writer, TurnEnd::Cancelled);
    }
}
