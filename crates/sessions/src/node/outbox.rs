//! Delivering what stands in the outbox, at least once.

use std::sync::Arc;

use agent::{Batch, Body, Contents, Effect, EventKind, Fact, PrivateId, Shred, Shredded, Words};
use store::OutboxEffect;

use super::Core;
use crate::NodeError;
use crate::letter::Letter;

/// How many effects are delivered before they are taken out together.
const MAX_DELIVERED: u32 = 256;

impl Core {
    /// Takes those effects out of a batch's outbox that the courier does not take.
    pub(crate) fn keep_wanted(&self, batch: &mut Batch) {
        let (entries, courier) = (&batch.entries, &self.outside.courier);
        batch.outbox.retain(|seq| {
            let entry = entries.iter().find(|entry| entry.seq == *seq);
            entry.is_some_and(|entry| match &entry.body {
                Body::Effect(Effect::Remember(_) | Effect::Shred(_)) => true,
                Body::Effect(effect) => courier.wants(effect),
                Body::Event(_) => false,
            })
        });
    }

    /// Delivers what waits, until nothing does or something cannot be delivered now.
    pub(crate) async fn deliver(self: &Arc<Self>) -> Result<(), NodeError> {
        loop {
            let waiting = self.runtime.outbox_for(&self.name, self.now(), MAX_DELIVERED).await?;
            let mut done = Vec::with_capacity(waiting.len());
            for effect in &waiting {
                match self.deliver_one(effect).await {
                    Ok(()) => done.push((effect.session.clone(), effect.seq)),
                    Err(NodeError::Stopped) => return Err(NodeError::Stopped),
                    Err(error) => {
                        tracing::warn!(session = %effect.session, %error, "{} waits", effect.effect.name());
                    }
                }
            }
            if !done.is_empty() {
                self.runtime.acted_on(&done).await?;
            }
            if waiting.len() < MAX_DELIVERED as usize || done.is_empty() {
                return Ok(());
            }
        }
    }

    async fn deliver_one(self: &Arc<Self>, waiting: &OutboxEffect) -> Result<(), NodeError> {
        match &waiting.effect {
            Effect::Remember(remember) => self.remember(waiting, &remember.fact).await,
            Effect::Shred(shred) => self.say_shredded(waiting, shred).await,
            effect => {
                let words = self.words(waiting, said(effect)).await?;
                let delivered = self.outside.courier.deliver(waiting, &words).await;
                delivered.map_err(|error| {
                    tracing::warn!(session = %waiting.session, %error, "the courier failed");
                    NodeError::Overloaded
                })
            }
        }
    }

    async fn remember(&self, waiting: &OutboxEffect, fact: &Fact) -> Result<(), NodeError> {
        if fact.scope == agent::FactScope::Session {
            return Ok(());
        }
        let words = self.words(waiting, fact.privates().map(|private| private.id.clone()).to_vec()).await?;
        // What was erased before it was delivered is not remembered.
        if words.value(&fact.content).is_none() {
            return Ok(());
        }
        Ok(self.runtime.remember(fact, &words).await?)
    }

    /// The words went with the transaction that stored the effect; the session is told so.
    async fn say_shredded(self: &Arc<Self>, waiting: &OutboxEffect, shred: &Shred) -> Result<(), NodeError> {
        let contents = shred.contents.clone();
        let (letter, receipt) =
            Letter::event(move |_| Ok((EventKind::Shredded(Shredded { contents }), Contents::default())));
        self.post(&waiting.session, letter)?;
        receipt.await.map_err(|_| NodeError::Stopped)?.map(|_| ())
    }

    async fn words(&self, waiting: &OutboxEffect, ids: Vec<PrivateId>) -> Result<Contents, NodeError> {
        if ids.is_empty() {
            return Ok(Contents::default());
        }
        Ok(self.runtime.words(&waiting.session, &ids).await?)
    }
}

/// The words that an effect is about.
fn said(effect: &Effect) -> Vec<PrivateId> {
    match effect {
        Effect::Reply(agent::Reply { words: Words::Said(text), .. }) => vec![text.id.clone()],
        Effect::RequestApproval(request) => vec![request.text.id.clone()],
        _ => Vec::new(),
    }
}
