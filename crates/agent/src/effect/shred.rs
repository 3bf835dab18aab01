//! Contents are to be destroyed.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{PrivateId, Seq, State};

/// Destroy these contents, or their keys; [`crate::Shredded`] says that they are gone. Doing it twice changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shred {
    /// Which.
    pub contents: Vec<PrivateId>,
}

impl Outgoing for Shred {
    fn apply(&self, state: &mut State, _: Seq) {
        state.shredding.extend(self.contents.iter().cloned());
    }
}
