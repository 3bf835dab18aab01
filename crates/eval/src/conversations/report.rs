//! What came of conversations, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};
use wire::AskReply;

use super::check::Check;
use super::transcript::Transcript;
use crate::metric::share;

/// The conversations of a store.
#[derive(Clone, Debug)]
pub struct Conversations {
    /// The store.
    pub store: &'static str,
    /// One for each transcript.
    pub outcomes: Vec<Outcome>,
}

/// What came of one conversation.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What it is mostly about.
    pub capability: String,
    /// In words.
    pub name: String,
    /// Turns that were held.
    pub turns: usize,
    /// Turns whose reply was not what was expected: the words, why, and what came back.
    pub mistakes: Vec<Mistake>,
    /// Checks that do not hold, with what is wrong.
    pub faults: Vec<(Check, String)>,
}

/// A reply that was not what was expected.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The shopper's words.
    pub said: String,
    /// What is missing or wrong.
    pub reasons: Vec<String>,
    /// What came back.
    pub got: String,
}

impl Outcome {
    pub(super) fn of(transcript: &Transcript) -> Self {
        let Transcript { capability, name, .. } = transcript;
        Self {
            capability: capability.clone(),
            name: name.clone(),
            turns: 0,
            mistakes: Vec::new(),
            faults: Vec::new(),
        }
    }

    pub(super) fn take(&mut self, said: &str, reply: &AskReply, reasons: Vec<String>) {
        self.turns += 1;
        if !reasons.is_empty() {
            let shown: Vec<&str> = reply.products.iter().map(|shown| shown.hit.source_id.as_str()).collect();
            let chips: Vec<&str> = reply.constraints.iter().map(|chip| chip.id.as_str()).collect();
            let got = format!("{}: {} {shown:?} {chips:?}", reply.intent, reply.text);
            self.mistakes.push(Mistake { said: said.to_owned(), reasons, got });
        }
    }

    /// Whether every reply was what was expected.
    pub fn is_reached(&self) -> bool {
        self.mistakes.is_empty()
    }

    fn passed(&self) -> usize {
        Check::ALL.iter().filter(|check| self.faults.iter().all(|(failed, _)| failed != *check)).count()
    }
}

/// Sums over some conversations.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    conversations: usize,
    reached: usize,
    turns: usize,
    right: usize,
    passed: usize,
}

impl Sums {
    fn add(&mut self, outcome: &Outcome) {
        self.conversations += 1;
        self.reached += usize::from(outcome.is_reached());
        self.turns += outcome.turns;
        self.right += outcome.turns - outcome.mistakes.len();
        self.passed += outcome.passed();
    }

    fn checks(&self) -> usize {
        self.conversations * Check::ALL.len()
    }

    fn row(&self, text: &mut String, store: &str, capability: &str) {
        let _ = writeln!(
            text,
            "| {store} | {capability} | {} | {} ({:.0} %) | {} | {} | {} of {} |",
            self.conversations,
            self.reached,
            share(self.reached, self.conversations) * 100.0,
            self.turns,
            self.right,
            self.passed,
            self.checks()
        );
    }

    fn json(&self, store: &str, capability: &str) -> Value {
        json!({
            "store": store,
            "capability": capability,
            "conversations": self.conversations,
            "goal_reached": self.reached,
            "turns": self.turns,
            "turns_right": self.right,
            "checks_passed": self.passed,
            "checks": self.checks(),
        })
    }
}

impl Conversations {
    /// The share of conversations in which every reply was what was expected.
    pub fn reached(&self) -> f64 {
        share(self.outcomes.iter().filter(|outcome| outcome.is_reached()).count(), self.outcomes.len())
    }

    /// All checks that do not hold.
    pub fn faults(&self) -> Vec<String> {
        self.faults_of(|_| true)
    }

    /// The checks of these kinds that do not hold.
    pub fn faults_of(&self, is_wanted: fn(Check) -> bool) -> Vec<String> {
        let all = self.outcomes.iter().flat_map(|own| own.faults.iter().map(move |fault| (own, fault)));
        all.filter(|(_, (check, _))| is_wanted(*check))
            .map(|(own, (check, fault))| format!("{}: {}: {fault}", own.name, check.as_str()))
            .collect()
    }

    fn sums(&self) -> BTreeMap<&str, Sums> {
        let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
        self.outcomes.iter().for_each(|own| sums.entry(&own.capability).or_default().add(own));
        sums
    }
}

/// All stores as a Markdown table.
pub fn table(stores: &[Conversations]) -> String {
    let mut text = "| store | capability | conversations | goal reached | turns | right | checks passed |\n\
                    |---|---|---|---|---|---|---|\n"
        .to_owned();
    let mut all = Sums::default();
    for store in stores {
        store.sums().iter().for_each(|(capability, sums)| sums.row(&mut text, store.store, capability));
        store.outcomes.iter().for_each(|outcome| all.add(outcome));
    }
    all.row(&mut text, "all", "");
    text
}

/// What failed, conversation by conversation.
pub fn details(stores: &[Conversations]) -> String {
    let mut text = String::new();
    for (store, own) in stores.iter().flat_map(|store| store.outcomes.iter().map(|own| (store.store, own))) {
        if own.is_reached() && own.faults.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n## {store}, {}: {}", own.capability, own.name);
        for mistake in &own.mistakes {
            let _ = writeln!(
                text,
                "> {}\n  {}\n  got {}",
                mistake.said,
                mistake.reasons.join("\n  "),
                mistake.got
            );
        }
        for (check, fault) in &own.faults {
            let _ = writeln!(text, "! {}: {fault}", check.as_str());
        }
    }
    text
}

/// All stores for programs.
pub fn json(stores: &[Conversations]) -> Value {
    let rows = stores.iter().flat_map(|store| {
        store
            .sums()
            .into_iter()
            .map(|(capability, sums)| sums.json(store.store, capability))
            .collect::<Vec<_>>()
    });
    json!({
        "capabilities": rows.collect::<Vec<_>>(),
        "faults": stores.iter().flat_map(Conversations::faults).collect::<Vec<_>>(),
    })
}
