//! What must hold in every run.

use std::collections::{BTreeMap, BTreeSet};

use super::world::World;
use super::{Disk, Ledger, Trade};
use crate::{Body, BudgetKind, Effect, Entry, EventKind, Fate, Key, MessageId, Session, Snapshot, ToolName};

/// Something that must never happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// The run did not come to its end.
    Endless,
    /// A callee was called with a key that is not in the journal.
    NotJournalled {
        /// The key as the callee saw it.
        key: String,
    },
    /// What the journal says of a key is not what the callee did.
    Untrue {
        /// The key.
        key: String,
        /// What the journal says; nothing where it says nothing.
        fate: Option<Fate>,
        /// How often it was done and taken back.
        done: u32,
        /// How often it was taken back.
        undone: u32,
    },
    /// Something was left unfinished.
    Unfinished {
        /// What.
        what: String,
    },
    /// A message that was sent is not in the journal once.
    LostMessage,
    /// The journal cannot be replayed.
    DoesNotReplay,
    /// Replay, or a snapshot and its tail, leads to another state.
    OtherState,
    /// What was left to the staff, and looked into, is still open.
    LeftOpen {
        /// Which call.
        key: Key,
    },
    /// More was spent than may be.
    OverBudget(BudgetKind),
    /// A timer was set to a moment that is over.
    TimerInThePast,
    /// What was erased is still there.
    NotShredded,
    /// What the callees keep does not add up.
    Books(String),
}

/// What must hold after each step.
pub(super) fn after_step(session: &Session, violations: &mut Vec<Violation>) {
    let state = session.state();
    let budget = &state.settings.budget;
    let of_turn = state.turn.as_ref().and_then(|turn| budget.turn.passed_by(turn.spent));
    violations.extend(budget.session.passed_by(state.spent).or(of_turn).map(Violation::OverBudget));
    if state.due().is_some_and(|due| due <= state.now) {
        violations.push(Violation::TimerInThePast);
    }
}

/// What must hold when a call reaches a callee.
pub(super) fn before_call(disk: &Disk, key: Key, shown: &str, tool: &str, violations: &mut Vec<Violation>) {
    // Looking for the text spares reading the whole journal for each call.
    let wanted = format!("\"call\":{{\"key\":{key},\"idempotency_key\":\"{shown}\",\"tool\":\"{tool}\"");
    if !disk.lines.iter().any(|line| line.contains(&wanted)) {
        violations.push(Violation::NotJournalled { key: shown.to_owned() });
    }
}

/// The messages among entries.
pub(super) fn messages(entries: &[Entry]) -> Vec<MessageId> {
    let said = entries.iter().filter_map(|entry| match &entry.body {
        Body::Event(EventKind::Message(message)) => Some(message.id.clone()),
        _ => None,
    });
    said.collect()
}

/// The calls that these entries leave to the staff.
pub(super) fn handed_over(entries: &[Entry]) -> Vec<Key> {
    let left = entries.iter().filter_map(|entry| match &entry.body {
        Body::Effect(Effect::HandOver(handed)) => Some(handed.key),
        _ => None,
    });
    left.collect()
}

/// What must hold when all is over.
pub(super) fn at_end(world: &World<'_>, live: Option<&Session>) -> Vec<Violation> {
    let mut violations = Vec::new();
    let Ok(entries) = world.disk.entries() else { return vec![Violation::DoesNotReplay] };
    let Ok(session) = Session::replay(entries.clone(), world.disk.contents.clone()) else {
        return vec![Violation::DoesNotReplay];
    };
    compare_states(&entries, &session, live, &mut violations);
    compare_with_callees(&entries, &session, world.trade, &mut violations);
    if messages(&entries).len() != messages(&entries).iter().collect::<BTreeSet<_>>().len() {
        violations.push(Violation::LostMessage);
    }
    for (key, activity) in session.state().open_activities() {
        violations
            .push(Violation::Unfinished { what: format!("{key} {} {:?}", activity.tool, activity.stage) });
    }
    if let Some(turn) = &session.state().turn {
        violations.push(Violation::Unfinished { what: format!("turn {} {:?}", turn.id, turn.phase) });
    }
    for key in left_open(&entries) {
        violations.push(Violation::LeftOpen { key });
    }
    let held = |id: &crate::PrivateId| world.disk.contents.iter().any(|(kept, _)| kept == id);
    if world.disk.shredded.iter().any(held) {
        violations.push(Violation::NotShredded);
    }
    violations
}

/// What was handed over last and not settled after that.
fn left_open(entries: &[Entry]) -> BTreeSet<Key> {
    let mut open = BTreeSet::new();
    for entry in entries {
        match &entry.body {
            Body::Effect(Effect::HandOver(handed)) => {
                open.insert(handed.key);
            }
            Body::Effect(Effect::Settle(settled)) if settled.fate != Fate::Abandoned => {
                open.remove(&settled.key);
            }
            _ => {}
        }
    }
    open
}

fn compare_states(
    entries: &[Entry],
    session: &Session,
    live: Option<&Session>,
    violations: &mut Vec<Violation>,
) {
    let digest = session.state().digest();
    if live.is_some_and(|live| live.state().digest() != digest) {
        violations.push(Violation::OtherState);
    }
    // A snapshot in the middle, written and read, and the entries after it.
    let middle = entries.len() / 2 + 1;
    let contents = session.contents().clone();
    let resumed = Session::replay(entries[..middle].to_vec(), contents.clone())
        .and_then(|half| Snapshot::parse(&Snapshot::of(half.state()).to_line()))
        .and_then(|snapshot| Session::resume(snapshot, entries[middle..].to_vec(), contents));
    if resumed.is_ok_and(|resumed| resumed.state().digest() != digest) {
        violations.push(Violation::OtherState);
    }
}

fn compare_with_callees(
    entries: &[Entry],
    session: &Session,
    trade: &dyn Trade,
    violations: &mut Vec<Violation>,
) {
    let mut called: BTreeMap<Key, (ToolName, Option<Fate>)> = BTreeMap::new();
    for entry in entries {
        match &entry.body {
            Body::Effect(Effect::Call(call)) => {
                called.entry(call.key).or_insert_with(|| (call.tool.clone(), None));
            }
            Body::Effect(Effect::Settle(settle)) => {
                if let Some((_, fate)) = called.get_mut(&settle.key) {
                    *fate = Some(settle.fate.clone());
                }
            }
            _ => {}
        }
    }
    let mut left = trade.ledger().clone();
    for (key, (tool, fate)) in called {
        let shown = key.idempotency(&session.state().session);
        let Ledger { done, undone } = left.remove(&shown).unwrap_or_default();
        if trade.counts(tool.as_str()) && !is_true(fate.as_ref(), done, undone) {
            violations.push(Violation::Untrue { key: shown, fate, done, undone });
        }
    }
    // A key that callees know and the journal does not; keys that were only barred changed nothing.
    for (key, Ledger { done, undone }) in left.into_iter().filter(|(_, ledger)| ledger.done > 0) {
        violations.push(Violation::Untrue { key, fate: None, done, undone });
    }
}

fn is_true(fate: Option<&Fate>, done: u32, undone: u32) -> bool {
    match fate {
        Some(Fate::Done { .. }) => done == 1 && undone == 0,
        Some(Fate::Failed(_)) => done == 0,
        Some(Fate::Compensated) => done <= 1 && done == undone,
        Some(Fate::Abandoned) => done <= 1,
        None => false,
    }
}
