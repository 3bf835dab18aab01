//! Passing on an answer about the catalog while it is made.

use commerce::ProductId;
use sessions::{Asked, Decision, Voice};
use tokio::sync::mpsc;
use wire::{AskReply, Fact, MemoryNote, Part};

use super::Guide;
use super::consult::Consultant;
use super::mind::Mind;
use super::speak::{Telling, replied, tell, told, utter};
use crate::Adviser;
use crate::answerer::{Answered, Question};
use crate::remembered::{Asking, Remembered};
use crate::reply;

/// The id of what is told before an answer.
const HEAD: &str = "news";
/// The id of what is told below an answer.
const TAIL: &str = "memory";
/// Parts that wait to be told together.
const MAX_WAITING: usize = 128;

impl Guide {
    /// Has a question answered and tells the parts as they come; those that were told before are not told again.
    pub(super) async fn relay(
        &self,
        asked: &Asked,
        voice: &Voice,
        question: Question,
        (remembered, mut mind, head): (Remembered, Mind, Option<String>),
    ) -> Decision {
        let (parts, received) = mpsc::channel(MAX_WAITING);
        let consultant = self.answerer.model().map(|model| Consultant::new(model, asked, voice));
        let adviser = consultant.as_ref().map(|consultant| consultant as &dyn Adviser);
        let answering = self.answerer.answer(question, parts, adviser);
        let frame =
            Frame { head: head.as_deref(), tail: mind.tail.clone(), learned: mind.note.learned.clone() };
        let passing = pass_on(voice, received, frame, told(asked));
        let (answered, is_heard) = tokio::join!(answering, passing);
        match answered {
            Ok(Answered { mut reply, thread, meant }) if is_heard => {
                let remembered = after(Remembered { thread, ..remembered }, &reply, meant);
                if let Some(head) = head {
                    reply.text = format!("{head}\n\n{}", reply.text);
                }
                if let Some(tail) = &mind.tail {
                    reply.text = format!("{}\n\n{tail}", reply.text);
                }
                with_learned(&mut reply.memory, &mind.note.learned);
                mind.note = reply.memory.clone().unwrap_or_default();
                replied(asked, voice, &mind, remembered.with(&reply)).await
            }
            Ok(_) => Decision::Failed,
            Err(unanswered) => {
                let telling = Telling { mind, ..Telling::say(unanswered.0, remembered) };
                tell(asked, voice, &telling.under(head)).await
            }
        }
    }
}

/// What is told around an answer.
struct Frame<'a> {
    /// What happened before.
    head: Option<&'a str>,
    /// A quiet line below it.
    tail: Option<String>,
    /// What was learned from the message.
    learned: Vec<Fact>,
}

impl Frame<'_> {
    /// Adds to the end of an answer what is told below it.
    fn close(&mut self, batch: &mut Vec<Part>) {
        let Some(place) = batch.iter().position(|part| matches!(part, Part::DataFinding { .. })) else {
            return;
        };
        if let Some(Part::DataFinding { data }) = batch.get_mut(place) {
            with_learned(&mut data.memory, &self.learned);
        }
        if let Some(tail) = self.tail.take() {
            batch.splice(place..place, reply::block(TAIL, &tail));
        }
    }
}

/// A note with what was learned as well.
fn with_learned(note: &mut Option<MemoryNote>, learned: &[Fact]) {
    let mut whole = note.take().unwrap_or_default();
    whole.learned = learned.to_vec();
    *note = whole.some();
}

/// Tells what is there together, so that a part does not wait for the disk of the one before it.
async fn pass_on(
    voice: &Voice,
    mut received: mpsc::Receiver<Part>,
    mut frame: Frame<'_>,
    mut told: usize,
) -> bool {
    let mut batch: Vec<Part> = Vec::new();
    while received.recv_many(&mut batch, MAX_WAITING).await > 0 {
        if let Some(head) = frame.head.take() {
            // The message has to begin before anything is said in it.
            let first = usize::from(matches!(batch.first(), Some(Part::Start { .. })));
            batch.splice(first..first, reply::block(HEAD, head));
        }
        frame.close(&mut batch);
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
fn after(mut remembered: Remembered, reply: &AskReply, meant: Option<ProductId>) -> Remembered {
    remembered.subject = None;
    let wish = remembered.wish.take();
    if !reply.products.is_empty() {
        // "The second one" of a waiting action would be another one now.
        if matches!(remembered.asking, Some(Asking::Variant | Asking::Product)) {
            remembered.asking = None;
            remembered.action = None;
        }
        remembered.shown = reply.products.iter().map(|shown| shown.hit.id.clone()).collect();
        remembered.focus = meant;
        if wish.is_some() && reply.products.len() > 1 {
            remembered.asking = Some(Asking::Product);
            remembered.action = wish;
        }
    }
    remembered
}
