//! What is put into the mailbox of a session.

use agent::{Contents, EventKind, Seq, State};
use tokio::sync::oneshot;

use crate::NodeError;

/// Makes an event for the state that it meets, or says why not.
pub(crate) type Make = Box<dyn FnOnce(&State) -> Result<(EventKind, Contents), NodeError> + Send>;

/// Where the sender of an event waits.
pub(crate) type Answer = oneshot::Sender<Result<Receipt, NodeError>>;

/// One letter.
pub(crate) enum Letter {
    /// An event.
    Event {
        /// Makes it.
        make: Make,
        /// Who waits for it.
        answer: Option<Answer>,
    },
    /// Store what is not stored yet.
    Store {
        /// Who waits for it.
        answer: Answer,
    },
    /// Go to rest, if nothing is under way.
    Rest,
    /// Give the session back, whatever is under way.
    Stop,
    /// Another node has taken the session.
    Lost,
}

/// What became of an event. It is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its place in the journal; where it was no news, the place that it would have had.
    pub first: Seq,
    /// The place of the last effect that it had.
    pub last: Seq,
    /// Whether it said anything that the session did not know.
    pub is_news: bool,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Event { .. } => "Event",
            Self::Store { .. } => "Store",
            Self::Rest => "Rest",
            Self::Stop => "Stop",
            Self::Lost => "Lost",
        })
    }
}

impl Letter {
    /// An event whose sender waits.
    pub(crate) fn event(
        make: impl FnOnce(&State) -> Result<(EventKind, Contents), NodeError> + Send + 'static,
    ) -> (Self, oneshot::Receiver<Result<Receipt, NodeError>>) {
        let (answer, receipt) = oneshot::channel();
        (Self::Event { make: Box::new(make), answer: Some(answer) }, receipt)
    }

    /// A wish to have everything stored.
    pub(crate) fn store() -> (Self, oneshot::Receiver<Result<Receipt, NodeError>>) {
        let (answer, receipt) = oneshot::channel();
        (Self::Store { answer }, receipt)
    }

    /// An event for which nobody waits.
    pub(crate) fn note(make: impl FnOnce(&State) -> (EventKind, Contents) + Send + 'static) -> Self {
        Self::Event { make: Box::new(move |state| Ok(make(state))), answer: None }
    }

    /// Tells the sender that nothing came of it.
    pub(crate) fn refuse(self, error: &NodeError) {
        if let Self::Event { answer: Some(answer), .. } | Self::Store { answer } = self {
            // Who does not wait any more need not know.
            let _ = answer.send(Err(error.clone()));
        }
    }
}
