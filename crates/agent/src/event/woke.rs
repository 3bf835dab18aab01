//! A timer went off.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::State;

/// The moment has come that [`State::due`] named. What follows is decided by the state and the time, as after every
/// event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Woke {}

impl Incoming for Woke {
    fn is_news(&self, _: &State) -> bool {
        // Whether it is too early is seen where the time of the event is known.
        true
    }
}
