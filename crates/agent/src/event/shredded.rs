//! Contents are gone.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::{PrivateId, State};

/// The store has destroyed these contents, or their keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shredded {
    /// Which.
    pub contents: Vec<PrivateId>,
}

impl Incoming for Shredded {
    fn is_news(&self, state: &State) -> bool {
        self.contents.iter().any(|id| state.shredding.contains(id))
    }

    fn apply(&self, state: &mut State) {
        self.contents.iter().for_each(|id| {
            state.shredding.remove(id);
        });
    }
}
