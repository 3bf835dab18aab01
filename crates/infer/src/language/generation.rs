//! An answer while it is made.

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use crate::InferError;

/// The answer of a language model, piece by piece. Dropping it cancels the work.
#[derive(Debug)]
pub struct Generation {
    parts: mpsc::Receiver<Result<Part, InferError>>,
    deadline: Instant,
    usage: Usage,
    stop: Option<Stop>,
}

/// Tokens as the model counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Tokens of the request.
    pub tokens_in: u32,
    /// Tokens of the answer.
    pub tokens_out: u32,
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The model was done.
    End,
    /// The answer reached the cap of its request or the window of the model.
    Length,
}

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The text.
    pub text: String,
    /// Tokens in and out.
    pub usage: Usage,
    /// Why it ended.
    pub stop: Stop,
}

/// What a runtime sends.
#[derive(Debug)]
pub(crate) enum Part {
    Text(String),
    Done { usage: Usage, stop: Stop },
}

/// The runtime's side of a generation.
pub(crate) type Parts = mpsc::Sender<Result<Part, InferError>>;

impl Generation {
    pub(crate) fn new(parts: mpsc::Receiver<Result<Part, InferError>>, deadline: Instant) -> Generation {
        Generation { parts, deadline, usage: Usage::default(), stop: None }
    }

    /// The next piece of text, or nothing at the end.
    pub async fn piece(&mut self) -> Result<Option<String>, InferError> {
        if self.stop.is_some() {
            return Ok(None);
        }
        let Ok(part) = timeout_at(self.deadline, self.parts.recv()).await else {
            self.parts.close();
            return Err(InferError::TimedOut { stage: "the whole answer" });
        };
        match part {
            Some(Ok(Part::Text(text))) => Ok(Some(text)),
            Some(Ok(Part::Done { usage, stop })) => {
                (self.usage, self.stop) = (usage, Some(stop));
                Ok(None)
            }
            Some(Err(error)) => Err(error),
            None => Err(InferError::failed("the model ended in the middle of its answer")),
        }
    }

    /// The rest of the answer in one piece.
    pub async fn whole(mut self) -> Result<Completion, InferError> {
        let mut text = String::new();
        while let Some(piece) = self.piece().await? {
            text.push_str(&piece);
        }
        Ok(Completion { text, usage: self.usage, stop: self.stop.unwrap_or(Stop::End) })
    }

    /// Tokens in and out; known at the end.
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// Why the answer ended; known at the end.
    pub fn stop(&self) -> Option<Stop> {
        self.stop
    }
}
