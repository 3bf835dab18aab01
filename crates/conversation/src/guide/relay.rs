//! Passing on an answer about the catalog while it is made.

use sessions::{Asked, Decision, Voice};
use tokio::sync::mpsc;
use wire::{AskReply, Part};

use super::Guide;
use super::speak::{Telling, tell, told, utter};
use crate::answerer::{Answered, Question};
use crate::remembered::{Asking, Remembered};

/// Parts that wait to be told together.
const MAX_WAITING: usize = 128;

impl Guide {
    /// Has a question answered and tells the parts as they come; those that were told before are not told again.
    pub(super) async fn relay(
        &self,
        asked: &Asked,
        voice: &Voice,
        question: Question,
        remembered: Remembered,
    ) -> Decision {
        let (parts, received) = mpsc::channel(MAX_WAITING);
        let answering = self.answerer.answer(question, parts);
        let (answered, is_heard) = tokio::join!(answering, pass_on(voice, received, told(asked)));
        match answered {
            Ok(Answered { reply, thread }) if is_heard => {
                let remembered = Remembered { thread, ..remembered };
                Decision::Reply(after(remembered, &reply).with(&reply))
            }
            Ok(_) => Decision::Failed,
            Err(unanswered) => tell(asked, voice, &Telling::say(unanswered.0, remembered)).await,
        }
    }
}

/// Tells what is there together, so that a part does not wait for the disk of the one before it.
async fn pass_on(voice: &Voice, mut received: mpsc::Receiver<Part>, mut told: usize) -> bool {
    let mut batch: Vec<Part> = Vec::new();
    while received.recv_many(&mut batch, MAX_WAITING).await > 0 {
        let skipped = told.min(batch.len());
        told -= skipped;
        if !utter(voice, &batch[skipped..]).await {
            return false;
        }
        batch.clear();
    }
    true
}

/// What an answer has shown is what "the second one" and "it" mean.
fn after(mut remembered: Remembered, reply: &AskReply) -> Remembered {
    if !reply.products.is_empty() {
        // "The second one" of a waiting action would be another one now.
        if remembered.asking == Some(Asking::Variant) {
            remembered.asking = None;
            remembered.action = None;
        }
        remembered.shown = reply.products.iter().map(|shown| shown.hit.id.clone()).collect();
        let is_still_shown = |focus: &&commerce::ProductId| remembered.shown.contains(focus);
        remembered.focus = match &remembered.shown[..] {
            [only] => Some(only.clone()),
            _ => remembered.focus.as_ref().filter(is_still_shown).cloned(),
        };
    }
    remembered
}
