//! What the devices of a session see: parts in the order of the journal.
//!
//! The position of a part is the place of its entry. A device that lost its connection asks for what comes after the last
//! position that it saw, on any node, and misses nothing and gets nothing twice.

use serde::{Deserialize, Serialize};

use crate::entry::{Body, Entry};
use crate::{
    Actor, DeviceId, Digest, Effect, EventKind, Failure, Fate, Key, MessageId, Private, Role, Seq, Time,
    ToolName, TurnEnd, TurnId, Words,
};

/// One part at its position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StreamPart {
    /// Its position.
    pub position: Seq,
    /// When.
    pub at: Time,
    /// What.
    pub part: Part,
}

/// What a device is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Somebody said something, perhaps on another device.
    Message {
        /// Which message.
        message: MessageId,
        /// On which device.
        device: DeviceId,
        /// The words.
        text: Private,
    },
    /// A turn began.
    TurnBegan {
        /// Which.
        turn: TurnId,
    },
    /// A tool is at work.
    ToolCalled {
        /// Which call.
        key: Key,
        /// The tool.
        tool: ToolName,
    },
    /// A tool has finished, or never will.
    ToolSettled {
        /// Which call.
        key: Key,
        /// How.
        fate: Fate,
    },
    /// Somebody is asked.
    ApprovalRequested {
        /// Which call.
        key: Key,
        /// Who may answer.
        by: Role,
        /// The text.
        text: Private,
        /// What the answer repeats.
        digest: Digest,
        /// Until when.
        expires_at: Time,
    },
    /// Somebody answered.
    ApprovalClosed {
        /// Which call.
        key: Key,
        /// Yes or no.
        is_granted: bool,
        /// Who.
        by: Actor,
    },
    /// A part of what the agent is about to say.
    Uttered {
        /// Which thought.
        key: Key,
        /// The part.
        part: Private,
    },
    /// The agent says something; where it was told in parts, once more as a whole.
    Reply {
        /// In which turn.
        turn: TurnId,
        /// What.
        words: Words,
    },
    /// A turn ended.
    TurnEnded {
        /// Which.
        turn: TurnId,
        /// How.
        end: TurnEnd,
    },
    /// No more messages are taken.
    Closed,
}

/// The parts after a position, in order.
pub fn parts(entries: &[Entry], after: Seq) -> impl Iterator<Item = StreamPart> {
    let later = entries.iter().filter(move |entry| entry.seq > after);
    later.filter_map(|entry| Some(StreamPart { position: entry.seq, at: entry.at, part: part(entry)? }))
}

impl Part {
    /// The content that it refers to.
    pub fn private(&self) -> Option<&Private> {
        match self {
            Self::Message { text, .. } | Self::ApprovalRequested { text, .. } => Some(text),
            Self::Uttered { part, .. } => Some(part),
            Self::Reply { words: Words::Said(text), .. } => Some(text),
            Self::ToolSettled { fate: Fate::Done { output, .. }, .. } => output.as_ref(),
            Self::ToolSettled { fate: Fate::Failed(Failure::Refused { why }), .. } => Some(why),
            _ => None,
        }
    }
}

fn part(entry: &Entry) -> Option<Part> {
    match &entry.body {
        Body::Event(EventKind::Message(said)) => Some(Part::Message {
            message: said.id.clone(),
            device: said.device.clone(),
            text: said.text.clone(),
        }),
        Body::Event(EventKind::Uttered(uttered)) => {
            Some(Part::Uttered { key: uttered.key, part: uttered.part.clone() })
        }
        Body::Event(EventKind::Closed(_) | EventKind::Forgotten(_)) => Some(Part::Closed),
        Body::Event(_) => None,
        Body::Effect(effect) => of_effect(entry.seq, effect),
    }
}

fn of_effect(seq: Seq, effect: &Effect) -> Option<Part> {
    let part = match effect {
        Effect::BeginTurn(_) => Part::TurnBegan { turn: seq.into() },
        Effect::Call(call) => Part::ToolCalled { key: call.key, tool: call.tool.clone() },
        Effect::Settle(settle) => Part::ToolSettled { key: settle.key, fate: settle.fate.clone() },
        Effect::RequestApproval(request) => {
            let crate::RequestApproval { key, by, text, digest, expires_at, .. } = request.clone();
            Part::ApprovalRequested { key, by, text, digest, expires_at }
        }
        Effect::CloseApproval(closed) => {
            Part::ApprovalClosed { key: closed.key, is_granted: closed.is_granted, by: closed.by.clone() }
        }
        Effect::Reply(reply) => Part::Reply { turn: reply.turn, words: reply.words.clone() },
        Effect::EndTurn(ended) => Part::TurnEnded { turn: ended.turn, end: ended.end },
        _ => return None,
    };
    Some(part)
}
