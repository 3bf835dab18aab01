//! One thing that is asked of the outside, from the proposal to its end.

use serde::{Deserialize, Serialize};

use crate::{
    Actor, ApprovalPolicy, CallId, CallRules, Digest, Exhausted, Key, OwnerId, Private, Review, Role, Time,
    ToolName, TurnId,
};

/// A call of a tool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// The turn that proposed it.
    pub turn: TurnId,
    /// What the decider calls it.
    pub call: CallId,
    /// The tool.
    pub tool: ToolName,
    /// What the tool takes.
    pub input: Private,
    /// How the tool is called; a copy, so that it stays what it was.
    pub rules: CallRules,
    /// When a person must say yes; a copy.
    pub policy: ApprovalPolicy,
    /// What it costs; a copy.
    pub cost_micros: u64,
    /// Where it stands.
    pub stage: Stage,
    /// How often it was sent. Answers say to which attempt they belong.
    pub attempt: u32,
    /// How often it was sent since the session last changed hands.
    pub tries: u32,
    /// When it was sent first.
    pub first_issued_at: Option<Time>,
    /// How often the callee was asked what became of it.
    pub asks: u32,
    /// Whether an attempt went unanswered, so that "not done" cannot be concluded any more from a later refusal to
    /// look at it.
    pub is_unsure: bool,
    /// Whether somebody wants it not to happen.
    pub is_cancelled: bool,
    /// Until when the callee is asked what it would do.
    pub preview_until: Option<Time>,
    /// What was asked of a person.
    pub approval: Option<Approval>,
    /// What was asked of others before, who said yes to the same text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Approval>,
    /// Whether somebody else changed it, so that who is asked anew hears of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_revised: bool,
    /// Whether it was tried to take this one back. From then on only a person can say what became of it, since a callee that
    /// says "done" may mean before it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_undo_tried: bool,
    /// Whether a person has looked into what became of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_looked_into: bool,
    /// Who signed in after a person had said yes to it, where somebody did: what it is about may be theirs by now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heir: Option<OwnerId>,
    /// What this one takes back.
    pub undoes: Option<Key>,
    /// What the callee gave.
    pub output: Option<Private>,
    /// Whether that fits the tool's schema.
    pub output_fits: bool,
}

/// Where an activity stands. What the journal shows last of each is named with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Wanted, not sent, or to be sent again (`propose`, `compensate`, `postpone`, a granted `close_approval`).
    Proposed {
        /// Not before this.
        ready_at: Time,
    },
    /// A person is asked (`request_approval`).
    AwaitingApproval {
        /// Until when.
        expires_at: Time,
    },
    /// Sent; nothing is known yet (`call`).
    Issued {
        /// When the answer counts as lost.
        deadline: Time,
    },
    /// The answer was lost, and the callee is asked what became of the key (`ask`).
    Asking {
        /// When to ask again.
        next_at: Time,
    },
    /// It happened (`settle`).
    Done,
    /// It did not happen and will not (`settle`).
    Failed(Failure),
    /// It is being taken back (`compensate`).
    Compensating {
        /// By which activity.
        by: Key,
    },
    /// It was taken back, or kept from happening (`settle`).
    Compensated,
    /// Nobody could say what became of it; a person has it now (`settle`, `hand_over`).
    Abandoned,
}

/// Why something did not happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The callee refused it, for a reason that is among the contents.
    Refused {
        /// What it said.
        why: Private,
    },
    /// The callee could not look at it, as often as it was tried.
    Unavailable,
    /// A read that was not answered in time.
    TimedOut,
    /// The callee could not say what it would do, so nobody could approve it.
    NoPreview,
    /// The person said no.
    Denied,
    /// The person did not answer in time.
    Expired,
    /// Somebody did not want it any more, or the conversation went on before it was sent.
    Cancelled,
    /// It cost more than was left.
    BudgetSpent(Exhausted),
    /// What it would send was erased.
    Erased,
}

/// How an activity came to its end, or that it waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It happened.
    Done {
        /// What the callee gave; nothing where only the fact is known.
        output: Option<Private>,
        /// Whether that fits the tool's schema.
        fits: bool,
    },
    /// It did not happen.
    Failed(Failure),
    /// It was taken back.
    Compensated,
    /// Unknown.
    Abandoned,
}

/// A question to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who may answer.
    pub by: Role,
    /// The text that is shown.
    pub text: Private,
    /// The digest of the text and the idempotency key; an answer repeats it, so that a text that has changed since
    /// is not approved by mistake.
    pub digest: Digest,
    /// When it was asked.
    pub requested_at: Time,
    /// Until when it stands.
    pub expires_at: Time,
    /// What was answered.
    pub verdict: Option<ApprovalVerdict>,
    /// Who is asked after a yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Review>,
}

/// What became of a question to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalVerdict {
    /// Yes or no.
    pub is_granted: bool,
    /// Who said so; the runtime where the time ran out.
    pub by: Actor,
    /// When.
    pub at: Time,
}

impl Stage {
    /// Whether nothing more will happen, but for a late answer to what was abandoned.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Done | Self::Failed(_) | Self::Compensated | Self::Abandoned)
    }

    /// Whether the callee may be working on it, or may have done so without our knowing.
    pub fn is_in_flight(&self) -> bool {
        matches!(self, Self::Issued { .. } | Self::Asking { .. } | Self::Compensating { .. })
    }
}

impl Activity {
    /// A call that has just been proposed, costs nothing and needs nobody's yes.
    pub(crate) fn proposed(
        (turn, call): (TurnId, CallId),
        (tool, input): (ToolName, Private),
        rules: CallRules,
        now: Time,
    ) -> Self {
        Self {
            turn,
            call,
            tool,
            input,
            rules,
            policy: ApprovalPolicy::Never,
            cost_micros: 0,
            stage: Stage::Proposed { ready_at: now },
            attempt: 0,
            tries: 0,
            first_issued_at: None,
            asks: 0,
            is_unsure: false,
            is_cancelled: false,
            preview_until: None,
            approval: None,
            earlier: Vec::new(),
            is_revised: false,
            is_undo_tried: false,
            is_looked_into: false,
            heir: None,
            undoes: None,
            output: None,
            output_fits: false,
        }
    }

    /// The contents that it refers to.
    pub(crate) fn privates(&self) -> impl Iterator<Item = &Private> {
        let why = match &self.stage {
            Stage::Failed(Failure::Refused { why }) => Some(why),
            _ => None,
        };
        let asked = self.approval.iter().chain(&self.earlier).map(|approval| &approval.text);
        std::iter::once(&self.input).chain(asked).chain(&self.output).chain(why)
    }

    /// Whether a person said yes to it.
    pub fn is_granted(&self) -> bool {
        self.approval.as_ref().and_then(|approval| approval.verdict.as_ref()).is_some_and(|v| v.is_granted)
    }

    /// Whether this text, seen by this person, may be answered now.
    pub(crate) fn question(&self, digest: &Digest) -> Option<&Approval> {
        let is_waiting = matches!(self.stage, Stage::AwaitingApproval { .. });
        self.approval.as_ref().filter(|approval| is_waiting && approval.digest == *digest)
    }

    /// Whether this actor may answer the question of this activity.
    pub(crate) fn may_answer(&self, actor: &Actor, owner: &OwnerId) -> bool {
        self.approval.as_ref().is_some_and(|approval| actor.is(approval.by, owner))
    }
}
