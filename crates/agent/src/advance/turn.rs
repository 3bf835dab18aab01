//! The turn: from message to thought to calls to thought to reply.

use super::{cancel, settle, thought};
use crate::writer::Writer;
use crate::{
    Activity, BeginTurn, BudgetKind, BudgetScope, Cancel, Compact, Effect, EffectClass, EndTurn, Exhausted,
    Failure, Fate, Key, Notice, Origin, Phase, Reply, Stage, State, TurnEnd, TurnId, Words,
};

/// Takes the turn one step on: thinks when nothing is awaited, begins a turn when there is something to tell.
pub(super) fn go_on(writer: &mut Writer<'_>) {
    let state = writer.state();
    match state.turn.as_ref().map(|turn| &turn.phase) {
        None if !state.news.is_empty() && !state.closed => {
            writer.emit(Effect::BeginTurn(BeginTurn { origin: Origin::Settled }));
        }
        Some(Phase::Deciding) => thought::think(writer),
        Some(Phase::Calling(keys)) if keys.iter().all(|key| is_at_rest(state, *key)) => {
            thought::think(writer)
        }
        _ => {}
    }
}

/// A turn does not wait for people: what they say days later begins a turn of its own.
fn is_at_rest(state: &State, key: Key) -> bool {
    state.activities.get(&key).is_none_or(|activity| {
        activity.stage.is_final() || matches!(activity.stage, Stage::AwaitingApproval { .. })
    })
}

/// Ends a turn that has used up its time.
pub(super) fn end_out_of_time(writer: &mut Writer<'_>) {
    let state = writer.state();
    if state.wall_due().is_none_or(|due| due > state.now) {
        return;
    }
    let wall = state.settings.budget.session.wall_ms;
    let is_session = wall.is_some_and(|wall| state.opened_at.after(wall) <= state.now);
    let scope = if is_session { BudgetScope::Session } else { BudgetScope::Turn };
    end_turn(writer, TurnEnd::BudgetSpent(Exhausted { scope, kind: BudgetKind::Wall }));
}

/// Ends the turn that is under way, if there is one. What was not sent is dropped, unless a person has said yes to it;
/// reads are dropped; what changes the world and was sent is brought to its end after the turn.
pub(crate) fn end_turn(writer: &mut Writer<'_>, end: TurnEnd) {
    let state = writer.state();
    let Some(turn) = &state.turn else { return };
    let (id, phase) = (turn.id, turn.phase.clone());
    let dropped: Vec<Key> =
        state.open_activities().filter(|(_, a)| a.turn == id && is_dropped(a)).map(|(key, _)| key).collect();
    if let Phase::Thinking(thinking) = phase {
        writer.emit(Effect::Cancel(Cancel { key: thinking.key }));
    }
    for key in dropped {
        cancel(writer, key);
        if writer.state().activities.get(&key).is_some_and(|activity| !activity.stage.is_final()) {
            settle(writer, key, Fate::Failed(Failure::Cancelled));
        }
    }
    if let Some(notice) = notice(end) {
        writer.emit(Effect::Reply(Reply { turn: id, words: Words::Notice(notice) }));
    }
    writer.emit(Effect::EndTurn(EndTurn { turn: id, end }));
    compact(writer);
}

fn is_dropped(activity: &Activity) -> bool {
    let is_read = activity.rules.class == EffectClass::Read;
    match activity.stage {
        _ if activity.undoes.is_some() => false,
        Stage::Proposed { .. } => is_read || (activity.attempt == 0 && !activity.is_granted()),
        Stage::Issued { .. } => is_read,
        _ => false,
    }
}

fn notice(end: TurnEnd) -> Option<Notice> {
    match end {
        TurnEnd::BudgetSpent(exhausted) => Some(Notice::BudgetSpent(exhausted)),
        TurnEnd::NoAnswer => Some(Notice::NoAnswer),
        TurnEnd::Replied | TurnEnd::Cancelled | TurnEnd::Interrupted => None,
    }
}

/// Lets old turns go when they are too long together.
fn compact(writer: &mut Writer<'_>) {
    if let Some(through) = surplus(writer.state()) {
        writer.emit(Effect::Compact(Compact { through }));
    }
}

fn surplus(state: &State) -> Option<TurnId> {
    let mut room = u64::from(state.settings.caps.history_tokens);
    for turn in state.history.iter().rev() {
        match room.checked_sub(crate::context::turn_tokens(&state.settings.estimator, &turn.lines)) {
            Some(left) => room = left,
            None => return Some(turn.id),
        }
    }
    None
}
