//! The callees: what they remember, what they did, and what they were never told.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::cast::{CALLED, REMEMBERS_MS};
use super::{Asked, Ledger, Random, Says, Trade};
use crate::{Settings, Time};

/// All callees of a run.
#[derive(Debug, Default)]
pub struct Callees {
    /// What the keyed ones remember, and since when.
    remembered: BTreeMap<String, (Says, Time)>,
    /// Keys that were taken back, which bars them.
    barred: BTreeSet<String>,
    ledger: BTreeMap<String, Ledger>,
}

impl Trade for Callees {
    fn settings(&self, random: &mut Random) -> Settings {
        super::settings(random)
    }

    fn wanted(&mut self, random: &mut Random) -> Vec<(String, Value)> {
        let count = 1 + random.below(3);
        let wanted = (0..count).map(|number| {
            let tool = CALLED[random.below(CALLED.len() as u64) as usize];
            let tool = if random.percent(5) { "nothing" } else { tool };
            let amount = if random.percent(5) { json!("much") } else { json!(number) };
            (tool.to_owned(), json!({ "amount": amount }))
        });
        wanted.collect()
    }

    fn edited(&mut self, _: &str, _: &mut Random) -> Value {
        json!({ "amount": 7 })
    }

    fn preview(&mut self, _: &Asked, _: Time, random: &mut Random) -> Option<String> {
        (!random.percent(10)).then(|| "It would be done.".to_owned())
    }

    fn call(&mut self, asked: &Asked, now: Time, random: &mut Random) -> Says {
        let key = asked.key.as_str();
        match asked.tool.as_str() {
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
                let says = self.act(key, asked.undoes.as_deref(), random);
                if says != Says::Busy {
                    self.remembered.insert(key.to_owned(), (says, now));
                }
                says
            }
        }
    }

    fn fate(&mut self, key: &str, now: Time) -> Says {
        self.forget(now);
        match self.remembered.get(key) {
            Some((says, _)) => *says,
            None if self.barred.contains(key) => Says::Refused,
            None => Says::NotSeen,
        }
    }

    fn ledger(&self) -> &BTreeMap<String, Ledger> {
        &self.ledger
    }

    fn bar(&mut self, key: &str) {
        self.barred.insert(key.to_owned());
    }

    fn take_back(&mut self, key: &str) -> bool {
        self.barred.insert(key.to_owned());
        self.remembered.remove(key);
        let ledger = self.ledger.entry(key.to_owned()).or_default();
        ledger.undone = ledger.done;
        true
    }

    fn counts(&self, tool: &str) -> bool {
        !matches!(tool, "look" | "release" | "unbook")
    }
}

impl Callees {
    fn act(&mut self, key: &str, undoes: Option<&str>, random: &mut Random) -> Says {
        match random.below(10) {
            0 => return Says::Busy,
            1 if undoes.is_none() => return Says::Refused,
            _ => {}
        }
        match undoes {
            Some(undone) => {
                self.take_back(undone);
            }
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

    fn forget(&mut self, now: Time) {
        self.remembered.retain(|_, (_, since)| now.since(*since) <= REMEMBERS_MS);
    }
}
