//! Every call has its end in the journal, or waits for a yes.

use std::collections::BTreeSet;

use agent::{Body, Contents, Effect, Key, Session, Stage};

use crate::conversations::held::Held;

/// What does not hold.
pub(super) fn faults(held: &Held<'_>) -> Vec<String> {
    let effects = || {
        held.journal.iter().filter_map(|entry| match &entry.body {
            Body::Effect(effect) => Some(effect),
            Body::Event(_) => None,
        })
    };
    let called: BTreeSet<Key> = effects()
        .filter_map(|effect| match effect {
            Effect::Call(call) => Some(call.key),
            _ => None,
        })
        .collect();
    let settled: BTreeSet<Key> = effects()
        .filter_map(|effect| match effect {
            Effect::Settle(settle) => Some(settle.key),
            _ => None,
        })
        .collect();
    let mut faults: Vec<String> =
        called.difference(&settled).map(|key| format!("the call {key} has no end")).collect();
    match Session::replay(held.journal.iter().cloned(), Contents::default()) {
        Ok(session) => {
            let waits = |stage: &Stage| matches!(stage, Stage::AwaitingApproval { .. });
            let open = session.state().open_activities();
            let stuck = open.filter(|(_, activity)| !waits(&activity.stage));
            faults.extend(stuck.map(|(key, activity)| format!("{key} ({}) is stuck", activity.tool)));
            if session.state().turn.is_some() {
                faults.push("the last turn has no end".to_owned());
            }
        }
        Err(error) => faults.push(format!("the journal cannot be replayed: {error}")),
    }
    faults
}
