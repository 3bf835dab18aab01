//! A customer-service world against the state machines of `checkout`: the actions that solve its tasks have to lead to
//! the state that its rules say, and what its rules forbid has to be refused.
//!
//! The world is that of tau-bench retail: products with variants, users, orders, and tasks with the actions that solve
//! them. `naive` is an executor of its own, written from the world's rules, that knows nothing of `checkout`.

mod compare;
mod naive;
mod replay;
mod violations;
mod world;

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Context;
use checkout::Policy;
use serde::Serialize;

use world::{Task, World};

/// The world's rules as a shop's policy.
pub const POLICY: &str = include_str!("tau_retail/policy.toml");

/// What came out.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// How many tasks ended in the state that they should.
    pub passed: usize,
    /// Each task.
    pub tasks: Vec<TaskVerdict>,
    /// How many violations were refused with the right code.
    pub violations_refused: usize,
    /// How many there were.
    pub violations_tried: usize,
    /// How many of each kind there were.
    pub violation_kinds: BTreeMap<String, usize>,
    /// A sentence that a shopper got for each kind.
    pub sentences: BTreeMap<String, String>,
    /// Violations that were not refused, or for another reason.
    pub violations_missed: Vec<MissedViolation>,
}

/// What became of a task.
#[derive(Clone, Debug, Serialize)]
pub struct TaskVerdict {
    /// The task.
    pub id: String,
    /// Whether the state is what its actions should give.
    pub passed: bool,
    /// How many actions it has.
    pub actions: usize,
    /// Actions that were refused, with the code. The rules forbid some actions that tasks hold to be right; a task passes
    /// where the naive executor refuses the same ones.
    pub refused: Vec<String>,
    /// Where the states differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<String>,
}

/// A violation that was not refused as it should.
#[derive(Clone, Debug, Serialize)]
pub struct MissedViolation {
    /// Of which kind.
    pub kind: String,
    /// What was tried.
    pub what: String,
    /// The code that was due.
    pub expected: String,
    /// The code that came, or `done`.
    pub got: String,
}

/// Replays all tasks on a world and tries the violations. Both arguments are JSON as text.
pub fn run(world: &str, tasks: &str) -> anyhow::Result<Report> {
    let world: World = serde_json::from_str(world).context("the world is not what is expected")?;
    let tasks: Vec<Task> = serde_json::from_str(tasks).context("the tasks are not what is expected")?;
    let policy = policy()?;
    let state = world::import(&world)?;
    let verdicts: Vec<TaskVerdict> =
        tasks.iter().map(|task| verdict(&world, &state, &policy, task)).collect();
    let tried = violations::all(&state, &policy);
    let mut report = Report {
        passed: verdicts.iter().filter(|verdict| verdict.passed).count(),
        tasks: verdicts,
        violations_refused: 0,
        violations_tried: tried.len(),
        violation_kinds: BTreeMap::new(),
        sentences: BTreeMap::new(),
        violations_missed: Vec::new(),
    };
    for attempt in tried {
        report.count(attempt);
    }
    Ok(report)
}

/// The policy that stands for the world's rules.
pub fn policy() -> anyhow::Result<Policy> {
    Policy::parse(POLICY).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the policy has faults: {}", faults.join("; "))
    })
}

fn verdict(world: &World, state: &checkout::State, policy: &Policy, task: &Task) -> TaskVerdict {
    let got = replay::replay(world, state.clone(), policy, task);
    let due = naive::execute(world, task);
    let mut differences = compare::differences(&world.index(), &got.state, &due.world);
    if got.refused_actions() != due.refused {
        differences.push(format!("refused {:?}, should refuse {:?}", got.refused, due.refused));
    }
    let refused = got.refused.iter().map(|(name, code)| format!("{name}: {code}")).collect();
    TaskVerdict {
        id: task.id.clone(),
        passed: differences.is_empty(),
        actions: task.actions().len(),
        refused,
        differences,
    }
}

impl Report {
    fn count(&mut self, attempt: violations::Attempt) {
        *self.violation_kinds.entry(attempt.kind.to_owned()).or_default() += 1;
        let code = attempt.refusal.as_ref().map_or("done", checkout::Refusal::code);
        if code == attempt.expected {
            self.violations_refused += 1;
            let sentence = attempt.refusal.map(|refusal| refusal.to_string()).unwrap_or_default();
            self.sentences.entry(attempt.kind.to_owned()).or_insert(sentence);
        } else {
            self.violations_missed.push(MissedViolation {
                kind: attempt.kind.to_owned(),
                what: attempt.what,
                expected: attempt.expected.to_owned(),
                got: code.to_owned(),
            });
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for task in self.tasks.iter().filter(|task| !task.passed) {
            writeln!(f, "task {} failed: {}", task.id, task.differences.join("; "))?;
        }
        for missed in &self.violations_missed {
            let MissedViolation { kind, what, expected, got } = missed;
            writeln!(f, "{kind}: {what} should be refused as {expected}, came to {got}")?;
        }
        writeln!(f, "\n| forbidden | tried | what the shopper reads |\n|---|---|---|")?;
        for (kind, count) in &self.violation_kinds {
            let sentence = self.sentences.get(kind).map_or("", String::as_str);
            writeln!(f, "| {kind} | {count} | {sentence} |")?;
        }
        writeln!(
            f,
            "\n{} of {} tasks end as their actions should; {} of {} violations are refused with the right reason.",
            self.passed,
            self.tasks.len(),
            self.violations_refused,
            self.violations_tried
        )
    }
}
