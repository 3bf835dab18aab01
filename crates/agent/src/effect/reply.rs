//! The shopper is told something.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Line, Notice, Private, Seq, State, TurnId};

/// Words for all devices of the session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The turn.
    pub turn: TurnId,
    /// What is said.
    pub words: Words,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Words {
    /// By a decider.
    Said(Private),
    /// By the runtime.
    Notice(Notice),
}

impl Outgoing for Reply {
    fn apply(&self, state: &mut State, _: Seq) {
        if let Some(turn) = &mut state.turn {
            turn.lines.push(match &self.words {
                Words::Said(text) => Line::Replied { text: text.clone() },
                Words::Notice(notice) => Line::Noticed(notice.clone()),
            });
        }
    }
}
