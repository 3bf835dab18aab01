//! Passing on an answer about the catalog while it is made.

use sessions::{Asked, Decision, Voice};
use tokio::sync::mpsc;
use wire::{AskReply, Part};

use super::Guide;
use super::speak::{Telling, tell, told, utter};
use crate::answerer::{Answered, Question};
use crate::remembered::{Asking, Remembered};
use crate::reply;

/// The id of what is told before an answer.
const HEAD: &str = "news";
/// Parts that wait to be told together.
const MAX_WAITING: usize = 128;

impl Guide {
    /// Has a question answered and tells the parts as they come; those that were told before are not told again.
    pub(super) async fn relay(
        &self,
        asked: &Asked,
        voice: &Voice,
        question: Question,
        (remembered, head): (Remembered, Option<String>),
    ) -> Decision {
        let (parts, received) = mpsc::channel(MAX_WAITING);
        let answering = self.answerer.answer(question, parts);
        let passing = pass_on(voice, (received, head.as_deref()), told(asked));
        let (answered, is_heard) = tokio::join!(answering, passing);
        match answered {
            Ok(Answered { mut reply, thread }) if is_heard => {
                let remembered = after(Remembered { thread, ..remembered }, &reply);
                if let Some(head) = head {
                    reply.text = format!("{head}\n\n{}", reply.text);
                }
                Decision::Reply(remembered.with(&reply))
            }
            Ok(_) => Decision::Failed,
            Err(unanswered) => tell(asked, voice, &Telling::say(unanswered.0, remembered).under(head)).await,
        }
    }
}

/// Tells what is there together, so that a part does not wait for the disk of the one before it.
async fn pass_on(
    voice: &Voice,
    (mut received, mut head): (mpsc::Receiver<Part>, Option<&str>),
    mut told: usize,
) -> bool {
    let mut batch: Vec<Part> = Vec::new();
    while received.recv_many(&mut batch, MAX_WAITING).await > 0 {
        if let Some(head) = head.take() {
            // The message has to begin before anything is said in it.
            let first = usize::from(matches!(batch.first(), Some(Part::Start { .. })));
            batch.splice(first..first, reply::block(HEAD, head));
        }
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
