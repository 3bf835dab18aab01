//! A node takes the session over.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::writer::Writer;
use crate::{Effect, Epoch, NodeId, Phase, Shred, Stage, State};

/// From here on only events of this epoch are taken. What the node before had under way is of unknown fate, and is
/// looked into at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeaseTaken {
    /// Who holds it now.
    pub node: NodeId,
    /// The new fencing token, larger than all before.
    pub epoch: Epoch,
}

impl Incoming for LeaseTaken {
    fn is_news(&self, state: &State) -> bool {
        self.epoch > state.epoch
    }

    fn apply(&self, state: &mut State) {
        state.epoch = self.epoch;
        state.holder = self.node.clone();
        let now = state.now;
        for activity in state.activities.values_mut() {
            activity.tries = 0;
            activity.asks = 0;
            activity.preview_until = None;
            match &mut activity.stage {
                Stage::Issued { deadline: due } | Stage::Asking { next_at: due } => *due = now,
                _ => {}
            }
        }
        if let Some(turn) = &mut state.turn {
            turn.tries = 0;
            if matches!(turn.phase, Phase::Thinking(_)) {
                turn.phase = Phase::Deciding;
            }
        }
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        let contents: Vec<_> = writer.state().shredding.iter().cloned().collect();
        if !contents.is_empty() {
            writer.emit(Effect::Shred(Shred { contents }));
        }
    }
}
