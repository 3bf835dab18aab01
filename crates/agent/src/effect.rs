//! What goes out, and what was decided. One file for each kind.
//!
//! Every effect is in the journal before it is acted on. [`Effect::is_acted_on`] says which ones a shell does something
//! about; the others record a decision.

mod ask;
mod begin_turn;
mod call;
mod cancel;
mod close_approval;
mod compact;
mod compensate;
mod end_turn;
mod hand_over;
mod lapse;
mod pass_on;
mod postpone;
mod preview;
mod propose;
mod refuse;
mod remember;
mod reply;
mod request_approval;
mod revise;
mod settle;
mod shred;
mod stand_down;
mod supersede;
mod think;

use serde::{Deserialize, Serialize};

use crate::{Seq, State};

pub use ask::Ask;
pub use begin_turn::BeginTurn;
pub use call::Call;
pub use cancel::Cancel;
pub use close_approval::CloseApproval;
pub use compact::Compact;
pub use compensate::Compensate;
pub use end_turn::EndTurn;
pub use hand_over::HandOver;
pub use lapse::Lapse;
pub use pass_on::PassOn;
pub use postpone::Postpone;
pub use preview::Preview;
pub use propose::Propose;
pub use refuse::Refuse;
pub use remember::Remember;
pub use reply::{Reply, Words};
pub use request_approval::RequestApproval;
pub use revise::Revise;
pub use settle::Settle;
pub use shred::Shred;
pub use stand_down::StandDown;
pub use supersede::Supersede;
pub use think::Think;

/// Something to do, or that was decided. Kinds may be added; none is ever renamed or removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A turn begins.
    BeginTurn(BeginTurn),
    /// A decider is asked.
    Think(Think),
    /// A thought came to nothing.
    Lapse(Lapse),
    /// The next decider has the turn.
    PassOn(PassOn),
    /// The shopper is told something.
    Reply(Reply),
    /// A turn ends.
    EndTurn(EndTurn),
    /// Something that was wanted is not done.
    Refuse(Refuse),
    /// A call is wanted.
    Propose(Propose),
    /// A callee is asked what it would do.
    Preview(Preview),
    /// A person is asked.
    RequestApproval(RequestApproval),
    /// What is to be approved is another thing now.
    Revise(Revise),
    /// A question to a person is settled.
    CloseApproval(CloseApproval),
    /// A tool is called.
    Call(Call),
    /// A call is to be made again later.
    Postpone(Postpone),
    /// A callee is asked what became of a key.
    Ask(Ask),
    /// Something under way is not wanted any more.
    Cancel(Cancel),
    /// A call is taken back.
    Compensate(Compensate),
    /// An activity comes to its end.
    Settle(Settle),
    /// A person has to look into something.
    HandOver(HandOver),
    /// A fact is remembered.
    Remember(Remember),
    /// A fact gives way to a later one.
    Supersede(Supersede),
    /// Contents are to be destroyed.
    Shred(Shred),
    /// Old turns leave the state.
    Compact(Compact),
    /// This node does not hold the session.
    StandDown(StandDown),
}

/// What each kind of effect changes.
pub(crate) trait Outgoing {
    /// The change. Replay runs this, so it must stay what it was.
    fn apply(&self, state: &mut State, seq: Seq);
}

impl Effect {
    /// Whether a shell does something about it. Calls, questions and thoughts are done once by the node that holds the
    /// lease, and a session that changes hands looks into them by itself. All others may be done again.
    pub fn is_acted_on(&self) -> bool {
        matches!(
            self,
            Self::Think(_)
                | Self::Reply(_)
                | Self::Preview(_)
                | Self::RequestApproval(_)
                | Self::Call(_)
                | Self::Ask(_)
                | Self::Cancel(_)
                | Self::HandOver(_)
                | Self::Remember(_)
                | Self::Shred(_)
                | Self::StandDown(_)
        )
    }

    /// Whether it is acted on from the outbox, by any node, at least once: doing it twice does no more than doing it once.
    pub fn is_repeatable(&self) -> bool {
        matches!(
            self,
            Self::Reply(_)
                | Self::RequestApproval(_)
                | Self::HandOver(_)
                | Self::Remember(_)
                | Self::Shred(_)
        )
    }

    /// The kind as the one thing that all kinds are.
    pub(crate) fn outgoing(&self) -> &dyn Outgoing {
        match self {
            Self::BeginTurn(effect) => effect,
            Self::Think(effect) => effect,
            Self::Lapse(effect) => effect,
            Self::PassOn(effect) => effect,
            Self::Reply(effect) => effect,
            Self::EndTurn(effect) => effect,
            Self::Refuse(effect) => effect,
            Self::Propose(effect) => effect,
            Self::Preview(effect) => effect,
            Self::RequestApproval(effect) => effect,
            Self::Revise(effect) => effect,
            Self::CloseApproval(effect) => effect,
            Self::Call(effect) => effect,
            Self::Postpone(effect) => effect,
            Self::Ask(effect) => effect,
            Self::Cancel(effect) => effect,
            Self::Compensate(effect) => effect,
            Self::Settle(effect) => effect,
            Self::HandOver(effect) => effect,
            Self::Remember(effect) => effect,
            Self::Supersede(effect) => effect,
            Self::Shred(effect) => effect,
            Self::Compact(effect) => effect,
            Self::StandDown(effect) => effect,
        }
    }

    /// The name of the kind, as it stands in the journal.
    pub fn name(&self) -> &'static str {
        match self {
            Self::BeginTurn(_) => "begin_turn",
            Self::Think(_) => "think",
            Self::Lapse(_) => "lapse",
            Self::PassOn(_) => "pass_on",
            Self::Reply(_) => "reply",
            Self::EndTurn(_) => "end_turn",
            Self::Refuse(_) => "refuse",
            Self::Propose(_) => "propose",
            Self::Preview(_) => "preview",
            Self::RequestApproval(_) => "request_approval",
            Self::Revise(_) => "revise",
            Self::CloseApproval(_) => "close_approval",
            Self::Call(_) => "call",
            Self::Postpone(_) => "postpone",
            Self::Ask(_) => "ask",
            Self::Cancel(_) => "cancel",
            Self::Compensate(_) => "compensate",
            Self::Settle(_) => "settle",
            Self::HandOver(_) => "hand_over",
            Self::Remember(_) => "remember",
            Self::Supersede(_) => "supersede",
            Self::Shred(_) => "shred",
            Self::Compact(_) => "compact",
            Self::StandDown(_) => "stand_down",
        }
    }
}
