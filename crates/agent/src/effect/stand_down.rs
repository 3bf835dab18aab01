//! This node does not hold the session.

use serde::{Deserialize, Serialize};

use super::Outgoing;
use crate::{Epoch, Seq, State};

/// The event was of another epoch and was not taken. The only effect that is not journalled, because nothing happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StandDown {
    /// The epoch that holds the session.
    pub held: Epoch,
}

impl Outgoing for StandDown {
    fn apply(&self, _: &mut State, _: Seq) {}
}
