//! What comes in. One file for each kind.
//!
//! Time, names, randomness and everything personal enter here and nowhere else.

mod advised;
mod approved;
mod authorised;
mod bequeathed;
mod cancelled;
mod closed;
mod configured;
mod consulted;
mod corrected;
mod denied;
mod edited;
mod erased;
mod forgotten;
mod inherited;
mod learned;
mod lease_taken;
mod message;
mod opened;
mod previewed;
mod recalled;
mod repeated;
mod returned;
mod shredded;
mod thought;
mod told;
mod uttered;
mod woke;

use serde::{Deserialize, Serialize};

use crate::writer::Writer;
use crate::{Contents, Epoch, State, Time};

use crate::Recalled;
pub use advised::Advised;
pub use approved::Approved;
pub use authorised::Authorised;
pub use bequeathed::Bequeathed;
pub use cancelled::{Cancelled, Target};
pub use closed::Closed;
pub use configured::Configured;
pub use consulted::Consulted;
pub use corrected::Corrected;
pub use denied::Denied;
pub use edited::Edited;
pub use erased::Erased;
pub use forgotten::Forgotten;
pub use inherited::Inherited;
pub use learned::Learned;
pub use lease_taken::LeaseTaken;
pub use message::Message;
pub use opened::Opened;
pub use previewed::Previewed;
pub use repeated::Repeated;
pub use returned::{Answer, Returned};
pub use shredded::Shredded;
pub use thought::{Outcome, Thought, Usage, Wanted};
pub use told::{KeyFate, Seen, Teller, Told};
pub use uttered::Uttered;
pub use woke::Woke;

/// Something that happened, with what it brings along.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When, by the clock of the node.
    pub at: Time,
    /// The fencing token of the node that hands it in. Events of another epoch than the session's are refused.
    pub epoch: Epoch,
    /// What.
    pub kind: EventKind,
    /// What the references in it refer to.
    pub contents: Contents,
}

/// What happened. Kinds may be added; none is ever renamed or removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The session begins.
    Opened(Opened),
    /// A node takes it over.
    LeaseTaken(LeaseTaken),
    /// The settings change.
    Configured(Configured),
    /// What it is allowed changes.
    Authorised(Authorised),
    /// The shopper says something.
    Message(Message),
    /// A decider answers.
    Thought(Thought),
    /// A callee answers a call.
    Returned(Returned),
    /// Somebody says what became of a key.
    Told(Told),
    /// A callee says what it would do.
    Previewed(Previewed),
    /// A person says yes.
    Approved(Approved),
    /// A person says no.
    Denied(Denied),
    /// A person changes what they are asked.
    Edited(Edited),
    /// Somebody stops something.
    Cancelled(Cancelled),
    /// A timer went off.
    Woke(Woke),
    /// Something is to be remembered.
    Learned(Learned),
    /// The session is told what is remembered.
    Recalled(Recalled),
    /// A fact is put right.
    Corrected(Corrected),
    /// A fact is erased.
    Erased(Erased),
    /// Everything is erased.
    Forgotten(Forgotten),
    /// Contents are gone.
    Shredded(Shredded),
    /// No more messages are taken.
    Closed(Closed),
    /// A decider says a part of its answer.
    Uttered(Uttered),
    /// A decider says which facts its reply repeats.
    Repeated(Repeated),
    /// The session goes on with what its owner said in another one.
    Inherited(Inherited),
    /// Another session goes on with what this one knows.
    Bequeathed(Bequeathed),
    /// A language model is about to be asked.
    Consulted(Consulted),
    /// A language model has answered.
    Advised(Advised),
}

/// What each kind of event does.
pub(crate) trait Incoming {
    /// Whether it says anything that the session does not know. What is no news is not journalled.
    fn is_news(&self, _state: &State) -> bool {
        true
    }

    /// What it changes by itself. Replay runs this, so it must stay what it was.
    fn apply(&self, _state: &mut State) {}

    /// What is done about it. Replay does not run this: what was decided stands in the journal.
    fn decide(&self, _writer: &mut Writer<'_>) {}
}

impl EventKind {
    /// The kind as the one thing that all kinds are.
    pub(crate) fn incoming(&self) -> &dyn Incoming {
        match self {
            Self::Opened(event) => event,
            Self::LeaseTaken(event) => event,
            Self::Configured(event) => event,
            Self::Authorised(event) => event,
            Self::Message(event) => event,
            Self::Thought(event) => event,
            Self::Returned(event) => event,
            Self::Told(event) => event,
            Self::Previewed(event) => event,
            Self::Approved(event) => event,
            Self::Denied(event) => event,
            Self::Edited(event) => event,
            Self::Cancelled(event) => event,
            Self::Woke(event) => event,
            Self::Learned(event) => event,
            Self::Recalled(event) => event,
            Self::Corrected(event) => event,
            Self::Erased(event) => event,
            Self::Forgotten(event) => event,
            Self::Shredded(event) => event,
            Self::Closed(event) => event,
            Self::Uttered(event) => event,
            Self::Repeated(event) => event,
            Self::Inherited(event) => event,
            Self::Bequeathed(event) => event,
            Self::Consulted(event) => event,
            Self::Advised(event) => event,
        }
    }

    /// The name of the kind, as it stands in the journal.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::LeaseTaken(_) => "lease_taken",
            Self::Configured(_) => "configured",
            Self::Authorised(_) => "authorised",
            Self::Message(_) => "message",
            Self::Thought(_) => "thought",
            Self::Returned(_) => "returned",
            Self::Told(_) => "told",
            Self::Previewed(_) => "previewed",
            Self::Approved(_) => "approved",
            Self::Denied(_) => "denied",
            Self::Edited(_) => "edited",
            Self::Cancelled(_) => "cancelled",
            Self::Woke(_) => "woke",
            Self::Learned(_) => "learned",
            Self::Recalled(_) => "recalled",
            Self::Corrected(_) => "corrected",
            Self::Erased(_) => "erased",
            Self::Forgotten(_) => "forgotten",
            Self::Shredded(_) => "shredded",
            Self::Closed(_) => "closed",
            Self::Uttered(_) => "uttered",
            Self::Repeated(_) => "repeated",
            Self::Inherited(_) => "inherited",
            Self::Bequeathed(_) => "bequeathed",
            Self::Consulted(_) => "consulted",
            Self::Advised(_) => "advised",
        }
    }
}
