//! Asking deciders.

use super::end_turn;
use crate::context::build;
use crate::writer::Writer;
use crate::{
    BudgetKind, BudgetScope, Cancel, Context, Decider, DeciderKind, Effect, Exhausted, Key, Lapse, Line,
    Notice, PassOn, Phase, Reply, Spent, State, Think, TurnEnd, TurnId, Words,
};

/// Asks the decider whose turn it is.
pub(super) fn think(writer: &mut Writer<'_>) {
    let state = writer.state();
    let Some(turn) = &state.turn else { return };
    let (id, place) = (turn.id, turn.decider);
    let Some(decider) = state.settings.deciders.get(place).cloned() else {
        run_out_of_deciders(writer, id);
        return;
    };
    match plan(state, id, &decider, writer.next_key()) {
        Ok(think) => writer.emit(Effect::Think(think)),
        Err(exhausted) => end_turn(writer, TurnEnd::BudgetSpent(exhausted)),
    }
}

fn plan(state: &State, turn: TurnId, decider: &Decider, key: Key) -> Result<Think, Exhausted> {
    let (max_output_tokens, micros) = match decider.kind {
        DeciderKind::Reader => (0, 0),
        DeciderKind::Model { max_output_tokens, micros_per_1000_tokens, .. } => {
            (max_output_tokens, micros_per_1000_tokens)
        }
    };
    let is_model = matches!(decider.kind, DeciderKind::Model { .. });
    let context = build(state, window(state, is_model, max_output_tokens));
    let tokens = if is_model { u64::from(context.tokens) + u64::from(max_output_tokens) } else { 0 };
    let money_micros = tokens.saturating_mul(micros).div_ceil(1000);
    let reserved = Spent { steps: 1, tokens, money_micros };
    state.afford(turn, reserved)?;
    if context.tokens > state.settings.caps.context_tokens {
        return Err(Exhausted { scope: BudgetScope::Turn, kind: BudgetKind::Tokens });
    }
    Ok(Think {
        key,
        turn,
        decider: decider.name.clone(),
        context_digest: context.digest(),
        context_tokens: context.tokens,
        max_output_tokens,
        reserved,
        deadline: state.now.after(decider.timeout_ms.max(1)),
        context,
    })
}

/// The tokens that a context may have: those of the window, or those that are left.
fn window(state: &State, is_model: bool, max_output_tokens: u32) -> u32 {
    let cap = state.settings.caps.context_tokens;
    if !is_model {
        return cap;
    }
    let left = state.token_room().saturating_sub(u64::from(max_output_tokens));
    cap.min(u32::try_from(left).unwrap_or(u32::MAX))
}

/// The context of a thought, made again from the state that the entries before its `think` entry lead to.
pub(crate) fn context_before(state: &State, decider: &Decider) -> Context {
    let (is_model, max_output_tokens) = match decider.kind {
        DeciderKind::Reader => (false, 0),
        DeciderKind::Model { max_output_tokens, .. } => (true, max_output_tokens),
    };
    build(state, window(state, is_model, max_output_tokens))
}

/// The runtime has words of its own for what came to an end; else nobody has an answer.
fn run_out_of_deciders(writer: &mut Writer<'_>, turn: TurnId) {
    let lines = writer.state().turn.iter().flat_map(|turn| &turn.lines);
    let settled: Vec<Key> = lines
        .filter_map(|line| match line {
            Line::Settled { key, .. } => Some(*key),
            _ => None,
        })
        .collect();
    if settled.is_empty() {
        end_turn(writer, TurnEnd::NoAnswer);
        return;
    }
    writer.emit(Effect::Reply(Reply { turn, words: Words::Notice(Notice::Settled(settled)) }));
    end_turn(writer, TurnEnd::Replied);
}

/// Leaves the turn to the next decider.
pub(crate) fn pass_on(writer: &mut Writer<'_>) {
    let Some(turn) = &writer.state().turn else { return };
    let to = turn.decider.saturating_add(1);
    writer.emit(Effect::PassOn(PassOn { to }));
}

/// A decider failed: it is asked again, or the next one is.
pub(crate) fn fail_thought(writer: &mut Writer<'_>, key: Key) {
    writer.emit(Effect::Lapse(Lapse { key }));
    let state = writer.state();
    let Some(turn) = &state.turn else { return };
    let attempts = state.settings.deciders.get(turn.decider).map_or(0, |decider| decider.attempts);
    if turn.tries >= attempts {
        pass_on(writer);
    }
}

/// A decider did not answer in time.
pub(super) fn lapse(writer: &mut Writer<'_>) {
    let state = writer.state();
    let Some(Phase::Thinking(thinking)) = state.turn.as_ref().map(|turn| &turn.phase) else { return };
    if thinking.deadline <= state.now {
        let key = thinking.key;
        writer.emit(Effect::Cancel(Cancel { key }));
        fail_thought(writer, key);
    }
}
