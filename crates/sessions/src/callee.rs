//! Those who do what a session wants done outside.

use agent::{OwnerId, Review, SessionId, StaffId, ToolName};
use futures::future::BoxFuture;
use serde_json::Value;

/// Does calls, each key once, and says what became of a key.
///
/// A callee whose tools are [`agent::Idempotency::Keyed`] does the same key once, however often and on however many
/// connections it is asked to, and answers a repeated call as it answered the first. It is asked for the fate of a key
/// after an answer was lost; [`Fate::NotSeen`] says that the call has not arrived *so far*, and that it may be made again.
pub trait Callee: Send + Sync {
    /// Does it. Where the future is dropped, the answer counts as lost.
    fn call(&self, request: CallRequest) -> BoxFuture<'_, Said>;

    /// What became of a key; `None` where the callee could not be reached, and is asked again later.
    fn fate<'a>(&'a self, tool: &'a ToolName, key: &'a str) -> BoxFuture<'a, Option<Fate>>;

    /// What it would do, in words that a person approves. Nothing may be done for it. `None` where it would refuse.
    fn preview(&self, request: CallRequest) -> BoxFuture<'_, Option<Foreseen>> {
        drop(request);
        Box::pin(std::future::ready(None))
    }

    /// It is not wanted any more. Nobody relies on it.
    fn cancel(&self, tool: &ToolName, key: &str) {
        let _ = (tool, key);
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct CallRequest {
    /// The session that wants it.
    pub session: SessionId,
    /// Whose session that is. A callee shows and changes nothing of anybody else.
    pub owner: OwnerId,
    /// Who else it may be done for: whoever that owner has shown to be after a person had said yes to it.
    pub heir: Option<OwnerId>,
    /// The idempotency key: the same for each attempt, on each node, for ever.
    pub key: String,
    /// The tool.
    pub tool: ToolName,
    /// What the tool takes; `null` where it was erased, which only calls that take something back may meet.
    pub input: Value,
    /// The text that a person said yes to, where one had to: a callee that would do anything else now refuses.
    pub approved: Option<String>,
    /// Who of the staff said yes to it as well.
    pub reviewed_by: Option<StaffId>,
    /// The idempotency key of the call that this one takes back.
    pub undoes: Option<String>,
}

/// What a callee would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// In words that a person says yes to.
    pub text: String,
    /// Who else has to say yes, after the one whom the tool's policy names.
    pub review: Option<Review>,
}

/// What a callee says to a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// It is done; this is what it gives.
    Done(Value),
    /// It is not done and will not be, under this key, for a reason that a shopper understands.
    Refused(String),
    /// It was not looked at; try again.
    Busy,
    /// Nobody knows.
    Unclear,
}

/// What became of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It was done; what it gave, if that is still known.
    Done(Option<Value>),
    /// It was refused for good.
    Refused(String),
    /// It has not arrived.
    NotSeen,
    /// It is being worked on.
    Running,
    /// Such an old key is not remembered.
    Forgotten,
}

/// For sessions without tools.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoCallee;

impl Callee for NoCallee {
    fn call(&self, request: CallRequest) -> BoxFuture<'_, Said> {
        let why = format!("There is nobody who does {}.", request.tool);
        Box::pin(std::future::ready(Said::Refused(why)))
    }

    fn fate<'a>(&'a self, _: &'a ToolName, _: &'a str) -> BoxFuture<'a, Option<Fate>> {
        Box::pin(std::future::ready(Some(Fate::NotSeen)))
    }
}
