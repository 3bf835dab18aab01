//! Somebody stops something.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::{cancel, end_turn};
use crate::writer::Writer;
use crate::{Actor, Key, State, TurnEnd, TurnId};

/// A turn or an activity that is not wanted any more. What was sent already is signalled to its callee, and taken back
/// where it can be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cancelled {
    /// What.
    pub what: Target,
    /// Who.
    pub by: Actor,
}

/// What is not wanted any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The turn that is under way, with all it proposed.
    Turn(TurnId),
    /// One activity.
    Activity(Key),
}

impl Incoming for Cancelled {
    fn is_news(&self, state: &State) -> bool {
        let is_there = match &self.what {
            Target::Turn(id) => state.turn.as_ref().is_some_and(|turn| turn.id == *id),
            Target::Activity(key) => state.activities.get(key).is_some_and(|activity| {
                !activity.is_cancelled && activity.undoes.is_none() && !activity.stage.is_final()
            }),
        };
        is_there && self.by.may_touch(&state.owner)
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        match &self.what {
            Target::Activity(key) => cancel(writer, *key),
            Target::Turn(id) => {
                let open = writer.state().open_activities();
                let keys: Vec<Key> = open.filter(|(_, a)| a.turn == *id).map(|(key, _)| key).collect();
                keys.into_iter().for_each(|key| cancel(writer, key));
                end_turn(writer, TurnEnd::Cancelled);
            }
        }
    }
}
