//! What the tools of a simulated session do. The default is a set of abstract callees ([`super::Callees`]); whoever has
//! machines of their own lets them be called by a world that breaks.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Random;
use crate::{Settings, Time};

/// What happened to a key, over all of time; only the judge sees this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// How often it was done.
    pub done: u32,
    /// How often it was taken back.
    pub undone: u32,
}

/// What a callee says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It is done.
    Done,
    /// It is not done and will not be.
    Refused,
    /// It was not looked at.
    Busy,
    /// The key was never heard of.
    NotSeen,
}

/// A call as it reaches a callee.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The tool.
    pub tool: String,
    /// The key: the same for each attempt.
    pub key: String,
    /// The key of the call that this one takes back.
    pub undoes: Option<String>,
    /// What it is given; null where it was erased.
    pub input: Value,
    /// The text that a person said yes to.
    pub approved: Option<String>,
}

/// The callees of a world, with all that goes on at theirs. Chances come from the world's numbers, so that a seed gives the
/// same run everywhere.
pub trait Trade: std::fmt::Debug {
    /// What the session runs under.
    fn settings(&self, random: &mut Random) -> Settings;

    /// A session gets at least one message and at most so many.
    fn most_messages(&self) -> u64 {
        3
    }

    /// What a decider wants: tools with their inputs.
    fn wanted(&mut self, random: &mut Random) -> Vec<(String, Value)>;

    /// What somebody makes of an input who may edit it.
    fn edited(&mut self, tool: &str, random: &mut Random) -> Value;

    /// The text that a person is asked to approve; nothing where the callee cannot say.
    fn preview(&mut self, asked: &Asked, now: Time, random: &mut Random) -> Option<String>;

    /// People answer within so many milliseconds.
    fn answers_within_ms(&mut self, _: &mut Random) -> u64 {
        3 * 24 * 3_600_000
    }

    /// A call arrives.
    fn call(&mut self, asked: &Asked, now: Time, random: &mut Random) -> Says;

    /// What became of a key.
    fn fate(&mut self, key: &str, now: Time) -> Says;

    /// What was done under each key.
    fn ledger(&self) -> &BTreeMap<String, Ledger>;

    /// Somebody sees to it that what was not done is not done later.
    fn bar(&mut self, key: &str);

    /// It is taken back by hand; says whether it could be.
    fn take_back(&mut self, key: &str) -> bool;

    /// Whether using a tool changes what [`Self::ledger`] counts.
    fn counts(&self, tool: &str) -> bool;

    /// What goes on by itself begins after so many milliseconds; nothing where nothing does.
    fn begins_after_ms(&self) -> Option<u64> {
        None
    }

    /// What goes on by itself goes on; it does again after so many milliseconds. `is_calm` says that nothing breaks any
    /// more.
    fn go_on(&mut self, _now: Time, _is_calm: bool, _: &mut Random) -> u64 {
        1_000
    }

    /// All has come to its end: what does not add up, in words.
    fn faults(&mut self, _now: Time) -> Vec<String> {
        Vec::new()
    }
}
