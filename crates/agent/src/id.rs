//! Names of things. Those of the outside come in with events; those of the runtime are places in the journal.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! text_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

text_ids! {
    /// One conversation: `ses_…`.
    SessionId;
    /// The shopper that a session belongs to: `shp_…`. Guests have one too.
    OwnerId;
    /// A member of the shop's staff: `stf_…`.
    StaffId;
    /// A widget, phone or other agent that takes part in a session: `dev_…`.
    DeviceId;
    /// One message, named by the device that sent it, so that a repeated one is known: `msg_…`.
    MessageId;
    /// A process that runs sessions: `nod_…`.
    NodeId;
    /// The name of a tool.
    ToolName;
    /// Something that a session is allowed, such as `orders:read`.
    Scope;
    /// How a decider names one call within its thought.
    CallId;
    /// What decides what happens next: a grammar, a language model.
    DeciderName;
    /// A remembered fact: `fct_…`.
    FactId;
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The one after this.
            pub fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

numbers! {
    /// The place of an entry in the journal of its session; the first is 1. It is also a position in the stream.
    Seq;
    /// The fencing token of a lease: it grows each time that a session changes hands.
    Epoch;
    /// A turn, named by the entry that began it.
    TurnId;
    /// An activity or a thought, named by the entry that proposed it. With the session's id it is the idempotency key.
    Key;
}

impl Key {
    /// The idempotency key that a callee sees: the same for every attempt, on every node, for ever.
    pub fn idempotency(self, session: &SessionId) -> String {
        format!("{session}.{self}")
    }
}

impl From<Seq> for Key {
    fn from(seq: Seq) -> Self {
        Self(seq.0)
    }
}

impl From<Seq> for TurnId {
    fn from(seq: Seq) -> Self {
        Self(seq.0)
    }
}
