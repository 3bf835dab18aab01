//! Old turns leave the state.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Seq, State, TurnId};

/// The state keeps no more of the turns up to this one; the journal does. What they left unfinished stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compact {
    /// The last turn that leaves.
    pub through: TurnId,
}

impl Outgoing for Compact {
    fn apply(&self, state: &mut State, _: Seq) {
        state.history.retain(|turn| turn.id > self.through);
    }
}
