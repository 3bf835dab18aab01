//! Calls: which of those that a decider wants are taken, and when they go out.

use super::{approval, give_up, settle};

use crate::tool::{faults, visible};
use crate::writer::Writer;
use crate::{
    About, Activity, ApprovalPolicy, Call, Effect, EffectClass, Failure, Fate, Key, Propose, Refusal, Refuse,
    Spent, Stage, State, TurnId, Wanted,
};

/// Takes the calls that a thought wants, or says why not.
pub(crate) fn propose(writer: &mut Writer<'_>, turn: TurnId, calls: &[Wanted]) {
    let most = writer.state().settings.caps.calls_per_thought.max(1) as usize;
    // What is beyond the cap is refused by its first call, so that a thought without end makes no journal without end.
    for (place, wanted) in calls.iter().take(most + 1).enumerate() {
        let checked = if place == most { Err(Refusal::TooManyCalls) } else { check(writer, turn, wanted) };
        match checked {
            Ok(propose) => writer.emit(Effect::Propose(propose)),
            Err(refusal) => {
                let about = About::Call { turn, call: wanted.call.clone(), tool: wanted.tool.clone() };
                writer.emit(Effect::Refuse(Refuse { about, refusal }));
            }
        }
    }
}

fn check(writer: &Writer<'_>, turn: TurnId, wanted: &Wanted) -> Result<Propose, Refusal> {
    let state = writer.state();
    let tool = visible(state).find(|tool| tool.name == wanted.tool).ok_or(Refusal::NoSuchTool)?;
    if state.open_activities().count() >= state.settings.caps.open_activities as usize {
        return Err(Refusal::TooManyOpen);
    }
    let found = match writer.contents().value(&wanted.input) {
        Some(input) => faults(&tool.input, input),
        None => vec![": missing".to_owned()],
    };
    if !found.is_empty() {
        return Err(Refusal::BadInput(found));
    }
    Ok(Propose {
        key: writer.next_key(),
        turn,
        call: wanted.call.clone(),
        tool: wanted.tool.clone(),
        input: wanted.input.clone(),
        rules: tool.rules.clone(),
        policy: tool.approval.clone(),
        cost_micros: tool.cost_micros,
    })
}

/// Sends what is ready, in the order in which it was proposed.
pub(super) fn issue(writer: &mut Writer<'_>) {
    let state = writer.state();
    let is_ready = |a: &Activity| matches!(a.stage, Stage::Proposed { ready_at } if ready_at <= state.now);
    let ready: Vec<Key> = state.open_activities().filter(|(_, a)| is_ready(a)).map(|(key, _)| key).collect();
    for key in ready {
        let Some(activity) = writer.state().activities.get(&key).cloned() else { continue };
        if let Some(failure) = obstacle(writer, &activity) {
            // What may have been done by an earlier attempt cannot be called failed.
            if activity.is_unsure {
                give_up(writer, key);
            } else {
                settle(writer, key, Fate::Failed(failure));
            }
        } else if needs_person(&activity) {
            approval::seek(writer, key);
        } else if has_way(writer.state(), &activity) {
            send(writer, key, &activity);
        }
    }
}

fn obstacle(writer: &Writer<'_>, activity: &Activity) -> Option<Failure> {
    if activity.undoes.is_some() {
        return None;
    }
    if activity.is_cancelled {
        return Some(Failure::Cancelled);
    }
    writer.contents().value(&activity.input).is_none().then_some(Failure::Erased)
}

fn needs_person(activity: &Activity) -> bool {
    activity.policy != ApprovalPolicy::Never && !activity.is_granted()
}

/// Reads go side by side; what changes the world goes one after the other. What takes something back waits for nothing.
fn has_way(state: &State, activity: &Activity) -> bool {
    if activity.undoes.is_some() {
        return true;
    }
    let changes = |a: &Activity| a.rules.class != EffectClass::Read;
    let issued = state.open_activities().filter(|(_, a)| matches!(a.stage, Stage::Issued { .. })).count();
    let is_changing =
        state.open_activities().any(|(_, a)| changes(a) && a.undoes.is_none() && a.stage.is_in_flight());
    issued < state.settings.caps.parallel_calls.max(1) as usize && !(changes(activity) && is_changing)
}

fn send(writer: &mut Writer<'_>, key: Key, activity: &Activity) {
    let state = writer.state();
    let charge = charge(activity);
    if let Err(exhausted) = state.afford(activity.turn, charge) {
        settle(writer, key, Fate::Failed(Failure::BudgetSpent(exhausted)));
        return;
    }
    let call = Call {
        key,
        idempotency_key: key.idempotency(&state.session),
        tool: activity.tool.clone(),
        input: activity.input.clone(),
        undoes: activity.undoes.map(|original| original.idempotency(&state.session)),
        attempt: activity.attempt.saturating_add(1),
        deadline: state.now.after(activity.rules.timeout_ms.max(1)),
        charge,
    };
    writer.emit(Effect::Call(call));
}

/// Finding out and taking back are obligations, and no budget stops them.
fn charge(activity: &Activity) -> Spent {
    if activity.undoes.is_some() || activity.is_unsure {
        return Spent::default();
    }
    let money_micros = if activity.attempt == 0 { activity.cost_micros } else { 0 };
    Spent { steps: 1, tokens: 0, money_micros }
}
