//! The callees: what they remember, what they did, and what they were never told.

use std::collections::{BTreeMap, BTreeSet};

use super::Random;
use super::cast::REMEMBERS_MS;
use crate::Time;

/// What happened to a key, over all of time; only the judge sees this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    /// How often it was done.
    pub(super) done: u32,
    /// How often it was taken back.
    pub(super) undone: u32,
}

/// What a callee says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Done,
    Refused,
    Busy,
    NotSeen,
}

/// All callees of a run.
#[derive(Debug, Default)]
pub(super) struct Callees {
    /// What the keyed ones remember, and since when.
    remembered: BTreeMap<String, (Says, Time)>,
    /// Keys that were taken back, which bars them.
    barred: BTreeSet<String>,
    pub(super) ledger: BTreeMap<String, Ledger>,
}

impl Callees {
    /// A call arrives.
    pub(super) fn call(
        &mut self,
        tool: &str,
        key: &str,
        undoes: Option<&str>,
        now: Time,
        random: &mut Random,
    ) -> Says {
        match tool {
            "look" => Says::Done,
            "reserve" | "letter" => self.act_unkeyed(key, random),
            _ => {
                self.forget(now);
                if let Some((says, _)) = self.remembered.get(key) {
                    return *says;
                }
                if self.barred.contains(key) {
                    return Says::Refused;
                }
                let says = self.act(key, undoes, random);
                if says != Says::Busy {
                    self.remembered.insert(key.to_owned(), (says, now));
                }
                says
            }
        }
    }

    /// What became of a key, from a callee that can be asked.
    pub(super) fn fate(&mut self, key: &str, now: Time) -> Says {
        self.forget(now);
        match self.remembered.get(key) {
            Some((says, _)) => *says,
            None if self.barred.contains(key) => Says::Refused,
            None => Says::NotSeen,
        }
    }

    fn act(&mut self, key: &str, undoes: Option<&str>, random: &mut Random) -> Says {
        match random.below(10) {
            0 => return Says::Busy,
            1 if undoes.is_none() => return Says::Refused,
            _ => {}
        }
        match undoes {
            Some(undone) => self.take_back(undone),
            None => self.ledger.entry(key.to_owned()).or_default().done += 1,
        }
        Says::Done
    }

    /// Does it each time that it is told to, unless the key is barred.
    fn act_unkeyed(&mut self, key: &str, random: &mut Random) -> Says {
        if self.barred.contains(key) {
            return Says::Refused;
        }
        match random.below(10) {
            0 => Says::Busy,
            1 => Says::Refused,
            _ => {
                self.ledger.entry(key.to_owned()).or_default().done += 1;
                Says::Done
            }
        }
    }

    /// What somebody finds who looks for themself.
    pub(super) fn found(&self, key: &str) -> Ledger {
        self.ledger.get(key).copied().unwrap_or_default()
    }

    /// Somebody sees to it that what was not done is not done later.
    pub(super) fn bar(&mut self, key: &str) {
        self.barred.insert(key.to_owned());
    }

    /// It is taken back, by the tool that does so or by hand.
    pub(super) fn take_back(&mut self, key: &str) {
        self.barred.insert(key.to_owned());
        self.remembered.remove(key);
        let ledger = self.ledger.entry(key.to_owned()).or_default();
        ledger.undone = ledger.done;
    }

    fn forget(&mut self, now: Time) {
        self.remembered.retain(|_, (_, since)| now.since(*since) <= REMEMBERS_MS);
    }
}
