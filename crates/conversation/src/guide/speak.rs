//! Telling: words and facts as the parts of a reply.

use serde_json::Value;
use sessions::{Asked, Decision, Voice};
use wire::{AskReply, Cart, Confirm, Order, Part};

use super::mind::Mind;
use crate::party::digest;
use crate::remembered::Remembered;
use crate::{reply, tongue};

/// What is told, and what is remembered of it.
pub(super) struct Telling {
    pub(super) text: String,
    pub(super) cart: Option<Cart>,
    pub(super) orders: Vec<Order>,
    pub(super) confirm: Option<Confirm>,
    pub(super) remembered: Remembered,
    /// What the message had to do with the memory.
    pub(super) mind: Mind,
}

impl Telling {
    /// Words alone.
    pub(super) fn say(text: impl Into<String>, remembered: Remembered) -> Self {
        Self {
            text: text.into(),
            cart: None,
            orders: Vec::new(),
            confirm: None,
            remembered,
            mind: Mind::default(),
        }
    }

    /// The same under what has to be told first.
    pub(super) fn under(mut self, head: Option<String>) -> Self {
        if let Some(head) = head {
            self.text = format!("{head}\n\n{}", self.text);
        }
        self
    }

    fn reply(&self, asked: &Asked) -> AskReply {
        let language = self.remembered.language.as_deref().unwrap_or("en");
        let own = |text: &str| tongue::told(text, language);
        AskReply {
            language: language.to_owned(),
            cart: self.cart.clone(),
            orders: self.orders.clone(),
            confirm: self.confirm.clone().map(|asked| Confirm { text: own(&asked.text), ..asked }),
            memory: self.mind.note.clone().some(),
            ..reply::plain(asked.session.as_str(), &own(&self.text))
        }
    }
}

/// Tells all of it at once.
pub(super) async fn tell(asked: &Asked, voice: &Voice, telling: &Telling) -> Decision {
    let reply = telling.reply(asked);
    let message_id = format!("msg_{}", digest(&[asked.session.as_str(), &asked.turn.to_string()], 8));
    let parts = reply::parts(&reply, message_id);
    let rest: Vec<Part> = parts.into_iter().skip(told(asked)).collect();
    match utter(voice, &rest).await {
        true => replied(asked, voice, &telling.mind, telling.remembered.with(&reply)).await,
        false => Decision::Failed,
    }
}

/// A reply, after the journal knows which facts it tells of: those that the message was about, and any other that it repeats.
pub(super) async fn replied(asked: &Asked, voice: &Voice, mind: &Mind, reply: Value) -> Decision {
    let mut facts = mind.repeated(&reply);
    facts.extend(Mind::of(asked).repeated(&reply));
    facts.sort();
    facts.dedup();
    if !facts.is_empty()
        && let Err(error) = voice.repeats(facts).await
    {
        tracing::warn!(%error, "a reply could not say what it repeats");
        return Decision::Failed;
    }
    Decision::Reply(reply)
}

/// How many parts of this reply were told before the node that told them died.
pub(super) fn told(asked: &Asked) -> usize {
    let batches = asked.uttered.iter().filter_map(|private| asked.words.value(private));
    batches.map(|batch| batch.as_array().map_or(0, Vec::len)).sum()
}

/// Tells some parts together; whether anybody still wants to hear them.
pub(super) async fn utter(voice: &Voice, parts: &[Part]) -> bool {
    if parts.is_empty() {
        return true;
    }
    let batch: Vec<Value> = parts.iter().filter_map(|part| serde_json::to_value(part).ok()).collect();
    voice.utter(Value::Array(batch)).await.is_ok()
}
