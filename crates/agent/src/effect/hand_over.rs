//! A person has to look into something.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Key, Seq, State};

/// Nobody could say what became of this activity. It stands in the staff's queue until a [`crate::Told`] by staff settles it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandOver {
    /// The activity.
    pub key: Key,
    /// The key as the callee knows it.
    pub idempotency_key: String,
}

impl Outgoing for HandOver {
    fn apply(&self, _: &mut State, _: Seq) {}
}
