//! The reply to one message, as it streams on any node.

use std::collections::VecDeque;

use agent::{Notice, Part as Told, Seq, TurnId, Words};
use serde_json::Value;
use sessions::Listening;
use wire::{AskReply, Part};

use super::line::Turn;
use crate::remembered::reply_of;
use crate::{DeskError, Handle, reply};

/// Said where no decider had words.
const NO_ANSWER: &str = "I could not answer that just now. Please try again.";
const BUDGET_SPENT: &str = "That was more than I may do at once. Please ask for less.";
const SETTLED: &str = "What you asked for has come to its end.";

/// A part with the name by which a client asks for what follows it: the place in the journal, and the place in the batch.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamEvent {
    /// The name.
    pub id: String,
    /// The part.
    pub part: Part,
}

/// The parts of a reply from a position on.
#[derive(Debug)]
pub struct Exchange {
    listening: Listening,
    session: String,
    /// The turn that is listened to, once it is known.
    turn: Option<TurnId>,
    /// The last part that was heard before: of this batch, those up to this one are left out.
    behind: Option<(Seq, usize)>,
    ready: VecDeque<StreamEvent>,
    has_ended: bool,
    whole: Option<AskReply>,
    /// Held until the reply has ended, so that what is said next is answered after it.
    turn_held: Option<Turn>,
}

impl Exchange {
    pub(super) fn new(listening: Listening, handle: &Handle) -> Self {
        Self {
            listening,
            session: handle.reveal(),
            turn: None,
            behind: None,
            ready: VecDeque::new(),
            has_ended: false,
            whole: None,
            turn_held: None,
        }
    }

    pub(super) fn holding(self, turn: Option<Turn>) -> Self {
        Self { turn_held: turn, ..self }
    }

    pub(super) fn behind(self, position: Seq, nth: usize) -> Self {
        Self { behind: Some((position, nth)), ..self }
    }

    /// The next part, as soon as it is there; `None` where the reply has ended.
    pub async fn next(&mut self) -> Result<Option<StreamEvent>, DeskError> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(Some(event));
            }
            if self.has_ended {
                return Ok(None);
            }
            for told in self.listening.next().await? {
                self.take(told.part.position, told.part.part, told.words);
            }
        }
    }

    /// Waits for the end; the reply as a whole, where there was one.
    pub async fn whole(mut self) -> Result<Option<AskReply>, DeskError> {
        while self.next().await?.is_some() {}
        Ok(self.whole)
    }

    fn take(&mut self, at: Seq, told: Told, words: Option<Value>) {
        if self.has_ended {
            return;
        }
        match told {
            Told::TurnBegan { turn } => self.turn = self.turn.or(Some(turn)),
            Told::Uttered { .. } => {
                let batch = words.and_then(|words| serde_json::from_value::<Vec<Part>>(words).ok());
                self.queue(at, batch.unwrap_or_default());
            }
            Told::Reply { words: Words::Said(_), .. } => {
                let reply = words.as_ref().and_then(reply_of);
                self.whole = reply.map(|reply| AskReply { session: self.session.clone(), ..reply });
            }
            Told::Reply { words: Words::Notice(notice), .. } => {
                let reply = reply::plain(&self.session, notice_text(&notice));
                self.queue(at, reply::parts(&reply, format!("msg_{at}")));
                self.whole = Some(reply);
            }
            // The end of a turn that this one has interrupted is not its own.
            Told::TurnEnded { turn, .. } => {
                self.has_ended = self.turn == Some(turn) || (self.turn.is_none() && self.behind.is_some());
                if self.has_ended {
                    self.turn_held = None;
                }
            }
            _ => {}
        }
    }

    fn queue(&mut self, at: Seq, batch: Vec<Part>) {
        let is_heard = |nth: usize| self.behind.is_some_and(|(seen, last)| at == seen && nth <= last);
        let first = (0..batch.len()).find(|nth| !is_heard(*nth)).unwrap_or(batch.len());
        for (nth, part) in batch.into_iter().enumerate().skip(first) {
            let part = self.named(part);
            self.ready.push_back(StreamEvent { id: format!("{at}.{nth}"), part });
        }
    }

    /// The journal does not hold the secret of the session; its owner gets it back.
    fn named(&self, part: Part) -> Part {
        match part {
            Part::Start { message_id, mut message_metadata } => {
                message_metadata.session.clone_from(&self.session);
                Part::Start { message_id, message_metadata }
            }
            other => other,
        }
    }
}

fn notice_text(notice: &Notice) -> &'static str {
    match notice {
        Notice::NoAnswer => NO_ANSWER,
        Notice::BudgetSpent(_) => BUDGET_SPENT,
        Notice::Settled(_) => SETTLED,
    }
}
