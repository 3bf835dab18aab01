//! The shopper says something.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::end_turn;
use crate::writer::Writer;
use crate::{BeginTurn, DeviceId, Effect, MessageId, Origin, Private, State, TurnEnd};

/// A message from one of the devices of a session. A new one interrupts the turn that is under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// As the device names it; the same name twice is the same message.
    pub id: MessageId,
    /// Which device.
    pub device: DeviceId,
    /// The words.
    pub text: Private,
}

impl Incoming for Message {
    fn is_news(&self, state: &State) -> bool {
        !state.closed && !state.recent.contains(&self.id)
    }

    fn apply(&self, state: &mut State) {
        state.note_message(&self.id);
        // Whoever handed it in has put it into the words.
        state.untold.clear();
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        end_turn(writer, TurnEnd::Interrupted);
        let Self { id, device, text } = self.clone();
        writer.emit(Effect::BeginTurn(BeginTurn { origin: Origin::Message { message: id, device, text } }));
    }
}
