//! One turn: from what set it off to its end.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    Activity, CallId, DeviceId, Exhausted, FactId, Failure, Fate, Key, MessageId, Private, Refusal, Role,
    Spent, Stage, Time, ToolName, TurnId, Usage,
};

/// The turn that is under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Which.
    pub id: TurnId,
    /// What set it off.
    pub origin: Origin,
    /// When.
    pub started_at: Time,
    /// What it spent; never more than its limits.
    pub spent: Spent,
    /// What deciders used beyond what they had announced.
    pub overrun: Spent,
    /// Whose turn it is to decide, by place in the settings.
    pub decider: usize,
    /// How often it failed in a row.
    pub tries: u32,
    /// What is awaited.
    pub phase: Phase,
    /// What happened so far.
    pub lines: Vec<Line>,
    /// The parts of the reply that were told already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uttered: Vec<Private>,
    /// The facts that it tells of or passes on; erasing one erases the words of the turn.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub repeats: BTreeSet<FactId>,
    /// What language models were asked, by the place of the entry. A thought that is asked for again has these answers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub consulted: BTreeMap<Key, Consultation>,
}

/// Something that a language model was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// All that it was shown.
    pub prompt: Private,
    /// What came of it.
    pub advice: Advice,
}

/// What a language model said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Nothing yet, or nobody knows.
    Awaited {
        /// What was set aside for it.
        reserved: Spent,
    },
    /// This.
    Given {
        /// The words.
        output: Private,
        /// What it used.
        usage: Usage,
    },
    /// Nothing.
    Missing,
}

/// What set a turn off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A message.
    Message {
        /// Which.
        message: MessageId,
        /// From which device.
        device: DeviceId,
        /// What it says.
        text: Private,
    },
    /// An activity came to its end after its own turn had: approved after days, or answered late.
    Settled,
}

/// What a turn waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nothing: a decider is to be asked next.
    Deciding,
    /// A decider.
    Thinking(Thinking),
    /// Calls: the turn goes on when each has come to an end or waits for a person.
    Calling(Vec<Key>),
}

/// A decider that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thinking {
    /// The thought.
    pub key: Key,
    /// When the answer counts as lost.
    pub deadline: Time,
    /// What was set aside for it.
    pub reserved: Spent,
}

/// One thing that happened in a turn, as later contexts tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The shopper said something.
    Said {
        /// The words.
        text: Private,
    },
    /// A tool was called.
    Called {
        /// Which call.
        key: Key,
        /// What the decider calls it.
        call: CallId,
        /// The tool.
        tool: ToolName,
        /// What it was given.
        input: Private,
    },
    /// A call that did not go out.
    Refused {
        /// What the decider calls it.
        call: CallId,
        /// The tool that was named.
        tool: ToolName,
        /// Why.
        refusal: Refusal,
    },
    /// A call came to its end.
    Settled {
        /// Which call.
        key: Key,
        /// The tool.
        tool: ToolName,
        /// How.
        fate: Fate,
        /// Whether somebody besides the shopper was asked first, or has looked into it, so that nobody may have waited for it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_reviewed: bool,
    },
    /// A call waits for a person, after somebody else has spoken.
    Waiting {
        /// Which call.
        key: Key,
        /// The tool.
        tool: ToolName,
        /// Who is asked.
        by: Role,
    },
    /// The agent said something.
    Replied {
        /// The words.
        text: Private,
    },
    /// The runtime said something.
    Noticed(Notice),
}

/// What the runtime tells a shopper without any decider. Front ends put it into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// A budget ended the turn.
    BudgetSpent(Exhausted),
    /// No decider had an answer.
    NoAnswer,
    /// Something came to an end, and no decider had words for it.
    Settled(Vec<Key>),
}

/// How a turn ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnEnd {
    /// With a reply.
    Replied,
    /// A budget was spent.
    BudgetSpent(Exhausted),
    /// Somebody stopped it.
    Cancelled,
    /// A new message came.
    Interrupted,
    /// No decider had an answer.
    NoAnswer,
}

/// A turn that is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastTurn {
    /// Which.
    pub id: TurnId,
    /// What happened.
    pub lines: Vec<Line>,
    /// The parts in which the reply was told; its words stand in the lines as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uttered: Vec<Private>,
    /// The facts that it tells of or passes on; erasing one erases the words of the turn.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub repeats: BTreeSet<FactId>,
    /// What language models were shown in it and what they wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consulted: Vec<Private>,
    /// How it ended.
    pub end: TurnEnd,
}

impl Consultation {
    /// The contents that it refers to.
    pub fn privates(&self) -> impl Iterator<Item = &Private> {
        let output = match &self.advice {
            Advice::Given { output, .. } => Some(output),
            Advice::Awaited { .. } | Advice::Missing => None,
        };
        std::iter::once(&self.prompt).chain(output)
    }
}

impl Turn {
    /// The contents that it refers to.
    pub(crate) fn privates(&self) -> impl Iterator<Item = &Private> {
        let consulted = self.consulted.values().flat_map(Consultation::privates);
        self.lines.iter().filter_map(Line::privates).chain(&self.uttered).chain(consulted)
    }
}

impl PastTurn {
    /// The contents that it refers to.
    pub(crate) fn privates(&self) -> impl Iterator<Item = &Private> {
        self.lines.iter().filter_map(Line::privates).chain(&self.uttered).chain(&self.consulted)
    }
}

impl Line {
    /// The line that tells how an activity ended, or whom it waits for; none while it goes on, and none for what takes another
    /// back.
    pub(crate) fn settled(key: Key, activity: &Activity) -> Option<Self> {
        let fate = match &activity.stage {
            _ if activity.undoes.is_some() => return None,
            Stage::AwaitingApproval { .. } => {
                let by = activity.approval.as_ref()?.by;
                return Some(Self::Waiting { key, tool: activity.tool.clone(), by });
            }
            Stage::Done => Fate::Done { output: activity.output.clone(), fits: activity.output_fits },
            Stage::Failed(why) => Fate::Failed(why.clone()),
            Stage::Compensated => Fate::Compensated,
            Stage::Abandoned => Fate::Abandoned,
            _ => return None,
        };
        let is_reviewed = !activity.earlier.is_empty() || activity.is_looked_into;
        Some(Self::Settled { key, tool: activity.tool.clone(), fate, is_reviewed })
    }

    /// The contents that it refers to.
    pub fn privates(&self) -> Option<&Private> {
        match self {
            Self::Said { text } | Self::Replied { text } => Some(text),
            Self::Called { input, .. } => Some(input),
            Self::Settled { fate: Fate::Done { output, .. }, .. } => output.as_ref(),
            Self::Settled { fate: Fate::Failed(Failure::Refused { why }), .. } => Some(why),
            Self::Settled { .. } | Self::Waiting { .. } | Self::Refused { .. } | Self::Noticed(_) => None,
        }
    }
}
