//! How an activity comes to its end.

use serde_json::{Value, json};

use crate::jitter::pause_ms;
use crate::tool::faults;
use crate::writer::Writer;
use crate::{
    Activity, Ask, Compensate, Effect, EffectClass, Failure, Fate, HandOver, Idempotency, Key, Postpone,
    Private, Settle, State,
};

/// It is known to have happened. Where nobody wants it any more, it is taken back if it can be.
pub(crate) fn done(writer: &mut Writer<'_>, key: Key, output: Option<&Private>) {
    let Some(activity) = writer.state().activities.get(&key) else { return };
    if activity.is_cancelled && writer.state().undo_of(activity).is_some() {
        take_back(writer, key);
        return;
    }
    let schema = writer.state().settings.tools.get(&activity.tool).map(|tool| &tool.output);
    let value = output.and_then(|output| writer.contents().value(output));
    let fits = matches!((schema, value), (Some(schema), Some(value)) if faults(schema, value).is_empty());
    settle(writer, key, Fate::Done { output: output.cloned(), fits });
}

/// It is known not to have happened so far, and may be tried again.
pub(crate) fn again(writer: &mut Writer<'_>, key: Key) {
    let state = writer.state();
    let Some(activity) = state.activities.get(&key) else { return };
    if !activity.is_cancelled && activity.tries < most_tries(state, activity) {
        postpone(writer, key);
    } else if activity.is_unsure {
        give_up(writer, key);
    } else {
        let failure = if activity.is_cancelled { Failure::Cancelled } else { Failure::Unavailable };
        settle(writer, key, Fate::Failed(failure));
    }
}

/// Nobody knows whether it happened.
pub(crate) fn uncertain(writer: &mut Writer<'_>, key: Key) {
    let state = writer.state();
    let Some(activity) = state.activities.get(&key) else { return };
    match (&activity.rules.class, &activity.rules.idempotency) {
        (EffectClass::Read, _) if activity.tries < activity.rules.retry.attempts => postpone(writer, key),
        (EffectClass::Read, _) => settle(writer, key, Fate::Failed(Failure::TimedOut)),
        (_, Idempotency::Keyed { .. }) => ask(writer, key),
        _ => give_up(writer, key),
    }
}

/// Asks the callee, unless it was asked often enough.
pub(super) fn ask(writer: &mut Writer<'_>, key: Key) {
    let state = writer.state();
    let Some(activity) = state.activities.get(&key) else { return };
    let caps = &state.settings.caps;
    if activity.asks >= caps.asks {
        give_up(writer, key);
        return;
    }
    let nth = activity.asks + 1;
    let pause = pause_ms(caps.ask_every_ms, caps.ask_at_most_every_ms, nth, state.seed, key);
    let idempotency_key = key.idempotency(&state.session);
    let (tool, next_at) = (activity.tool.clone(), state.now.after(pause));
    writer.emit(Effect::Ask(Ask { key, idempotency_key, tool, nth, next_at }));
}

/// It cannot be found out: it is taken back if it can be, and left to a person if not.
pub(crate) fn give_up(writer: &mut Writer<'_>, key: Key) {
    let Some(activity) = writer.state().activities.get(&key) else { return };
    if writer.state().undo_of(activity).is_some() {
        take_back(writer, key);
    } else {
        settle(writer, key, Fate::Abandoned);
    }
}

/// Writes the end down, and what it means for the activity that this one takes back.
pub(crate) fn settle(writer: &mut Writer<'_>, key: Key, fate: Fate) {
    let Some(undoes) = writer.state().activities.get(&key).map(|activity| activity.undoes) else { return };
    let is_abandoned = fate == Fate::Abandoned;
    let undone = if matches!(fate, Fate::Done { .. }) { Fate::Compensated } else { Fate::Abandoned };
    writer.emit(Effect::Settle(Settle { key, fate }));
    match undoes {
        Some(original) => settle(writer, original, undone),
        None if is_abandoned => {
            let idempotency_key = key.idempotency(&writer.state().session);
            writer.emit(Effect::HandOver(HandOver { key, idempotency_key }));
        }
        None => {}
    }
}

/// Has the tool that takes an activity back do so.
pub(crate) fn take_back(writer: &mut Writer<'_>, key: Key) {
    let state = writer.state();
    let Some(activity) = state.activities.get(&key) else { return };
    let Some(tool) = state.undo_of(activity) else { return };
    let Some(rules) = state.settings.tools.get(tool).map(|tool| tool.rules.clone()) else { return };
    let tool = tool.clone();
    let original = writer.contents().value(&activity.input).cloned().unwrap_or(Value::Null);
    let input = json!({ "input": original });
    let input = writer.hold("undo", input);
    let by = writer.next_key();
    writer.emit(Effect::Compensate(Compensate { key, by, tool, input, rules }));
}

fn postpone(writer: &mut Writer<'_>, key: Key) {
    let state = writer.state();
    let Some(activity) = state.activities.get(&key) else { return };
    let retry = activity.rules.retry;
    let until = state.now.after(pause_ms(retry.base_ms, retry.max_ms, activity.tries, state.seed, key));
    writer.emit(Effect::Postpone(Postpone { key, until }));
}

/// What takes something back is tried for longer than what was wanted.
fn most_tries(state: &State, activity: &Activity) -> u32 {
    let attempts = activity.rules.retry.attempts;
    if activity.undoes.is_some() { attempts.saturating_add(state.settings.caps.asks) } else { attempts }
}
