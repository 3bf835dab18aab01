//! A turn begins.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Line, Origin, Phase, Seq, Spent, State, Turn};

/// A turn begins; the place of this entry is its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeginTurn {
    /// What set it off.
    pub origin: Origin,
}

impl Outgoing for BeginTurn {
    fn apply(&self, state: &mut State, seq: Seq) {
        let lines = match &self.origin {
            Origin::Message { text, .. } => vec![Line::Said { text: text.clone() }],
            Origin::Settled => Vec::new(),
        };
        state.turn = Some(Turn {
            id: seq.into(),
            origin: self.origin.clone(),
            started_at: state.now,
            spent: Spent::default(),
            overrun: Spent::default(),
            decider: 0,
            tries: 0,
            phase: Phase::Deciding,
            lines,
            uttered: Vec::new(),
            consulted: BTreeMap::new(),
            repeats: BTreeSet::new(),
        });
        state.tell_news();
    }
}
