//! An activity comes to its end.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Failure, Fate, Key, Line, Phase, Seq, Stage, State};

/// What became of an activity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settle {
    /// The activity.
    pub key: Key,
    /// What became of it.
    pub fate: Fate,
}

impl Outgoing for Settle {
    fn apply(&self, state: &mut State, _: Seq) {
        let Some(activity) = state.activities.get_mut(&self.key) else { return };
        activity.stage = match self.fate.clone() {
            Fate::Done { output, fits } => {
                activity.output = output;
                activity.output_fits = fits;
                Stage::Done
            }
            Fate::Failed(why) => Stage::Failed(why),
            Fate::Compensated => Stage::Compensated,
            Fate::Abandoned => Stage::Abandoned,
        };
        let Some(line) = Line::settled(self.key, activity) else { return };
        let is_expected = self.fate == Fate::Failed(Failure::Cancelled);
        match &mut state.turn {
            // A decider that is thinking has not seen this; it is told with the next context.
            Some(turn) if is_expected || !matches!(turn.phase, Phase::Thinking(_)) => turn.lines.push(line),
            _ if is_expected => {}
            _ => {
                state.news.insert(self.key);
            }
        }
    }
}
