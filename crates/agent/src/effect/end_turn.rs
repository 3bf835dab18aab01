//! A turn ends.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Consultation, Line, PastTurn, Seq, Stage, State, Turn, TurnEnd, TurnId};

/// The turn is over. Activities that it left unfinished are brought to their end all the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EndTurn {
    /// The turn.
    pub turn: TurnId,
    /// How it ended.
    pub end: TurnEnd,
}

impl Outgoing for EndTurn {
    fn apply(&self, state: &mut State, _: Seq) {
        if let Some(turn) = state.turn.take() {
            state.history.push(past(turn, self.end));
        }
        let news = &state.news;
        // What was abandoned stays, because a late answer or a person may still say what became of it.
        state.activities.retain(|key, activity| {
            !activity.stage.is_final() || activity.stage == Stage::Abandoned || news.contains(key)
        });
    }
}

/// A reply that was cut short is what was told of it.
fn past(turn: Turn, end: TurnEnd) -> PastTurn {
    let Turn { id, mut lines, mut uttered, repeats, consulted, .. } = turn;
    if !lines.iter().any(|line| matches!(line, Line::Replied { .. })) {
        lines.extend(uttered.drain(..).map(|text| Line::Replied { text }));
    }
    let consulted = consulted.values().flat_map(Consultation::privates).cloned().collect();
    PastTurn { id, lines, uttered, repeats, consulted, end }
}
