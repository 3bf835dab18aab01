//! A customer-service world against the state machines of `checkout`: the actions that solve its tasks have to lead to
//! the state that its rules say, and what its rules forbid has to be refused.
//!
//! The world is that of tau-bench retail: products with variants, users, orders, and tasks with the actions that solve
//! them. They are done through the runtime: a node of sessions, with the clerk of the books on disk as its callee. `naive` is an executor of its own, written from the world's rules, that knows nothing of `checkout`.

mod compare;
mod naive;
mod reader;
mod replay;
mod stage;
mod task;
mod violations;
mod world;

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Context;
use checkout::Policy;
use futures::{StreamExt, TryStreamExt, stream};
use serde::Serialize;

use stage::Stage;
use task::{Action, Task};
use world::{Index, World};

/// How many tasks are replayed at the same time.
const AT_ONCE: usize = 4;

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
    /// What the task says that cannot be followed, with its place; it does not pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
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
pub async fn run(world: &str, tasks: &str) -> anyhow::Result<Report> {
    let world: World = serde_json::from_str(world).context("the world is not what is expected")?;
    let tasks = task::read(tasks).context("the tasks are not what is expected")?;
    let policy = policy()?;
    let state = world::import(&world)?;
    let stage = Stage::of(&world, &state, policy.clone()).await?;
    let index = world.index();
    let verdicts = stream::iter(tasks.iter().enumerate())
        .map(|task| verdict(&stage, (&world, &index), task))
        .buffered(AT_ONCE)
        .try_collect::<Vec<_>>()
        .await?;
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

async fn verdict(
    stage: &Stage,
    (world, index): (&World, &Index),
    (number, task): (usize, &Task),
) -> anyhow::Result<TaskVerdict> {
    let faulty = |fault: &str| TaskVerdict {
        id: task.id.clone(),
        passed: false,
        actions: 0,
        refused: Vec::new(),
        fault: Some(fault.to_owned()),
        differences: Vec::new(),
    };
    match &task.actions {
        Ok(actions) => compared(stage, (world, index), (number, &task.id, actions)).await,
        Err(fault) => Ok(faulty(fault)),
    }
}

async fn compared(
    stage: &Stage,
    (world, index): (&World, &Index),
    (number, id, actions): (usize, &str, &[Action]),
) -> anyhow::Result<TaskVerdict> {
    let replayed = replay::replay(stage, (world, index), (number, actions)).await;
    let got = replayed.with_context(|| format!("task {id}"))?;
    let due = naive::execute(world, actions);
    let mut differences = compare::differences(index, &got.state, &due.world);
    if got.refused_actions() != due.refused {
        differences.push(format!("refused {:?}, should refuse {:?}", got.refused, due.refused));
    }
    let refused = got.refused.iter().map(|(name, code)| format!("{name}: {code}")).collect();
    Ok(TaskVerdict {
        id: id.to_owned(),
        passed: differences.is_empty(),
        actions: actions.len(),
        refused,
        fault: None,
        differences,
    })
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
            let why = task.fault.clone().unwrap_or_else(|| task.differences.join("; "));
            writeln!(f, "task {} failed: {why}", task.id)?;
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
