//! Handing events in, for people who may.

use agent::{
    Actor, Approved, Cancelled, Closed, Contents, Denied, DeviceId, Digest, EventKind, Forgotten, Key,
    Message, MessageId, SessionId, State, Target,
};
use serde_json::Value;

use super::{Node, Words};
use crate::letter::Letter;
use crate::{NodeError, Receipt};

impl Node {
    /// Hands in an event, made for the state that it meets. The receipt says that it is on the disk.
    pub async fn hand_in(
        &self,
        session: &SessionId,
        make: impl FnOnce(&State) -> Result<(EventKind, Contents), NodeError> + Send + 'static,
    ) -> Result<Receipt, NodeError> {
        let (letter, receipt) = Letter::event(make);
        self.core.post(session, letter)?;
        receipt.await.map_err(|_| NodeError::Stopped)?
    }

    /// Somebody says something, in words or as an object that deciders understand. A message that is sent twice under
    /// one name is one message.
    pub async fn say(
        &self,
        session: &SessionId,
        by: Actor,
        (id, device): (MessageId, DeviceId),
        words: Value,
    ) -> Result<Receipt, NodeError> {
        self.hand_in(session, move |state| {
            permit(state, &by)?;
            if state.closed {
                return Err(NodeError::Closed);
            }
            let mut held = Words::of(state);
            let text = held.hold(&format!("message.{id}"), words);
            Ok((EventKind::Message(Message { id, device, text }), held.contents))
        })
        .await
    }

    /// Somebody says yes to the text with this digest.
    pub async fn approve(
        &self,
        session: &SessionId,
        by: Actor,
        (key, digest): (Key, Digest),
    ) -> Result<Receipt, NodeError> {
        self.hand_in_for(session, by, move |by| {
            EventKind::Approved(Approved { key, digest, by, message: None })
        })
        .await
    }

    /// Somebody says no to the text with this digest.
    pub async fn deny(
        &self,
        session: &SessionId,
        by: Actor,
        (key, digest): (Key, Digest),
    ) -> Result<Receipt, NodeError> {
        self.hand_in_for(session, by, move |by| EventKind::Denied(Denied { key, digest, by, message: None }))
            .await
    }

    /// Somebody does not want something any more.
    pub async fn cancel(&self, session: &SessionId, by: Actor, what: Target) -> Result<Receipt, NodeError> {
        self.hand_in_for(session, by, move |by| EventKind::Cancelled(Cancelled { what, by })).await
    }

    /// The session takes no more messages.
    pub async fn close(&self, session: &SessionId, by: Actor) -> Result<Receipt, NodeError> {
        self.hand_in_for(session, by, |by| EventKind::Closed(Closed { by })).await
    }

    /// All words of a session are erased. What it did stays.
    pub async fn forget(&self, session: &SessionId, by: Actor) -> Result<Receipt, NodeError> {
        self.hand_in_for(session, by, |by| EventKind::Forgotten(Forgotten { by })).await
    }

    pub(crate) async fn hand_in_for(
        &self,
        session: &SessionId,
        by: Actor,
        kind: impl FnOnce(Actor) -> EventKind + Send + 'static,
    ) -> Result<Receipt, NodeError> {
        self.hand_in(session, move |state| {
            permit(state, &by)?;
            Ok((kind(by), Contents::default()))
        })
        .await
    }
}

/// Whether this actor may see and change the session.
pub(super) fn permit(state: &State, by: &Actor) -> Result<(), NodeError> {
    if by.may_touch(&state.owner) { Ok(()) } else { Err(NodeError::NotYours) }
}
