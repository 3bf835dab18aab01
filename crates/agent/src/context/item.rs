//! What a context is made of: references, not words, so that it can be made again after the words were erased.

use serde::{Deserialize, Serialize};

use crate::{CallId, Digest, FactId, Key, Line, Private, Time, ToolName};

/// A context.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Context {
    /// What is shown, in order.
    pub items: Vec<Item>,
    /// How long it is.
    pub tokens: u32,
}

/// One thing that is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// What the shop wants of its agent.
    Instructions(String),
    /// A tool that may be called.
    Tool {
        /// Its name.
        name: ToolName,
        /// What it does.
        description: String,
        /// What it takes.
        input: serde_json::Value,
    },
    /// Something that is remembered.
    Fact {
        /// Which.
        id: FactId,
        /// What it is about.
        topic: Private,
        /// What it says.
        content: Private,
        /// How sure it is.
        confidence_permille: u16,
    },
    /// Something of an earlier turn.
    Past(Line),
    /// Something unfinished. However little room there is, this is shown.
    Obligation {
        /// Which activity.
        key: Key,
        /// What the decider called it.
        call: CallId,
        /// The tool.
        tool: ToolName,
        /// Where it stands.
        standing: Standing,
    },
    /// Something of this turn.
    Present(Line),
}

/// Where something unfinished stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It will be sent.
    Waiting,
    /// A person is asked.
    AwaitingApproval {
        /// Until when.
        expires_at: Time,
    },
    /// It was sent.
    UnderWay,
    /// It is being found out what became of it.
    BeingChecked,
    /// It is being taken back.
    BeingTakenBack,
}

impl Context {
    /// The digest of the context as the journal keeps it.
    pub fn digest(&self) -> Digest {
        Digest::of_value(&self.items)
    }

    /// The contents that it refers to.
    pub fn privates(&self) -> impl Iterator<Item = &Private> {
        self.items.iter().flat_map(|item| match item {
            Item::Fact { topic, content, .. } => vec![topic, content],
            Item::Past(line) | Item::Present(line) => line.privates().into_iter().collect(),
            Item::Instructions(_) | Item::Tool { .. } | Item::Obligation { .. } => Vec::new(),
        })
    }

    /// The tools that may be called.
    pub fn tools(&self) -> impl Iterator<Item = &ToolName> {
        self.items.iter().filter_map(|item| match item {
            Item::Tool { name, .. } => Some(name),
            _ => None,
        })
    }
}
