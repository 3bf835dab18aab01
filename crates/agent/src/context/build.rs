//! Choosing what is shown when not everything fits.
//!
//! What must be shown comes first: instructions, tools, what is unfinished, and what set the turn off. Then what
//! happened in this turn, newest first; then facts, surest first, in a quarter of what is left; then earlier turns, newest first
//! and whole.

use std::cmp::Reverse;

use super::{Context, Item, Standing};
use crate::tool::visible;
use crate::{Activity, Estimator, Fact, Fate, Key, Line, Stage, State};

/// Facts get this part of what is left for them and for earlier turns.
const FACTS_PART: u32 = 4;

/// The context of the turn that is under way, within so many tokens; only what must be shown may make it longer.
pub(crate) fn build(state: &State, window: u32) -> Context {
    let estimator = &state.settings.estimator;
    let head = head(state);
    let obligations = obligations(state);
    let must = sum(estimator, &head).saturating_add(sum(estimator, &obligations));
    let (present, left) = present(state, window.saturating_sub(must));
    let (facts, left_of_facts) = facts(state, left / FACTS_PART);
    let past = past(state, left - left / FACTS_PART + left_of_facts);
    let items: Vec<Item> = [head, facts, past, obligations, present].into_iter().flatten().collect();
    Context { tokens: sum(estimator, &items), items }
}

fn head(state: &State) -> Vec<Item> {
    let tools = visible(state).map(|tool| Item::Tool {
        name: tool.name.clone(),
        description: tool.description.clone(),
        input: tool.input.clone(),
    });
    std::iter::once(Item::Instructions(state.settings.instructions.clone())).chain(tools).collect()
}

fn obligations(state: &State) -> Vec<Item> {
    let open = state.open_activities().filter(|(_, activity)| activity.undoes.is_none());
    open.filter_map(|(key, activity)| obligation(key, activity)).collect()
}

fn obligation(key: Key, activity: &Activity) -> Option<Item> {
    let standing = match activity.stage {
        Stage::Proposed { .. } => Standing::Waiting,
        Stage::AwaitingApproval { expires_at } => Standing::AwaitingApproval { expires_at },
        Stage::Issued { .. } => Standing::UnderWay,
        Stage::Asking { .. } => Standing::BeingChecked,
        Stage::Compensating { .. } => Standing::BeingTakenBack,
        Stage::Done | Stage::Failed(_) | Stage::Compensated | Stage::Abandoned => return None,
    };
    Some(Item::Obligation { key, call: activity.call.clone(), tool: activity.tool.clone(), standing })
}

/// What happened in this turn: its first line always, the others newest first. What a decider has not been told of yet is
/// the newest.
fn present(state: &State, room: u32) -> (Vec<Item>, u32) {
    let lines = state.turn.iter().flat_map(|turn| turn.lines.iter().cloned());
    let news = state.news.iter().filter_map(|key| Line::settled(*key, state.activities.get(key)?));
    let uttered = state.turn.iter().flat_map(|turn| turn.uttered.iter().cloned());
    let uttered = uttered.map(|text| Line::Replied { text });
    let mut items: Vec<Item> = lines.chain(news).chain(uttered).map(Item::Present).collect();
    if items.is_empty() {
        return (items, room);
    }
    let later = items.split_off(1);
    let estimator = &state.settings.estimator;
    let mut left = room.saturating_sub(sum(estimator, &items));
    let kept = later.iter().rev().take_while(|item| take(&mut left, tokens(estimator, item))).count();
    items.extend(later.into_iter().rev().take(kept).collect::<Vec<_>>().into_iter().rev());
    (items, left)
}

fn facts(state: &State, room: u32) -> (Vec<Item>, u32) {
    let mut facts: Vec<&Fact> = state.facts.values().filter(|fact| fact.holds_at(state.now)).collect();
    facts.sort_by_key(|fact| (Reverse(fact.confidence_permille), Reverse(fact.learned_at), &fact.id));
    let items = facts.into_iter().map(|fact| Item::Fact {
        id: fact.id.clone(),
        topic: fact.topic.clone(),
        content: fact.content.clone(),
        confidence_permille: fact.confidence_permille,
    });
    let (mut left, estimator) = (room, &state.settings.estimator);
    let kept = items.take_while(|item| take(&mut left, tokens(estimator, item))).collect();
    (kept, left)
}

/// Earlier turns are shown whole or not at all: half a turn misleads.
fn past(state: &State, room: u32) -> Vec<Item> {
    let (mut left, estimator) = (room, &state.settings.estimator);
    let fits = |lines: &[Line], left: &mut u32| {
        take(left, u32::try_from(turn_tokens(estimator, lines)).unwrap_or(u32::MAX))
    };
    let kept = state.history.iter().rev().take_while(|turn| fits(&turn.lines, &mut left)).count();
    let shown = &state.history[state.history.len() - kept..];
    shown.iter().flat_map(|turn| turn.lines.iter().cloned().map(Item::Past)).collect()
}

fn take(left: &mut u32, tokens: u32) -> bool {
    match left.checked_sub(tokens) {
        Some(less) => {
            *left = less;
            true
        }
        None => false,
    }
}

/// The tokens of the lines of a turn.
pub(crate) fn turn_tokens(estimator: &Estimator, lines: &[Line]) -> u64 {
    lines.iter().map(|line| u64::from(line_tokens(estimator, line))).sum()
}

fn sum(estimator: &Estimator, items: &[Item]) -> u32 {
    items.iter().fold(0, |sum: u32, item| sum.saturating_add(tokens(estimator, item)))
}

fn tokens(estimator: &Estimator, item: &Item) -> u32 {
    match item {
        Item::Instructions(text) => estimator.tokens(text),
        Item::Tool { name, description, input } => {
            estimator.tokens(name.as_str())
                + estimator.tokens(description)
                + estimator.tokens(&input.to_string())
        }
        Item::Fact { topic, content, .. } => topic.tokens.saturating_add(content.tokens),
        Item::Obligation { tool, .. } => {
            estimator.tokens(tool.as_str()).saturating_add(estimator.tokens_per_item * 4)
        }
        Item::Past(line) | Item::Present(line) => line_tokens(estimator, line),
    }
}

fn line_tokens(estimator: &Estimator, line: &Line) -> u32 {
    let words = line.privates().map_or(0, |private| private.tokens);
    let frame = match line {
        Line::Said { .. } | Line::Replied { .. } => 0,
        Line::Called { tool, .. } | Line::Refused { tool, .. } => estimator.tokens(tool.as_str()),
        Line::Settled { tool, fate: Fate::Done { .. }, .. } => estimator.tokens(tool.as_str()),
        Line::Settled { tool, .. } | Line::Waiting { tool, .. } => {
            estimator.tokens(tool.as_str()) + estimator.tokens_per_item * 2
        }
        Line::Noticed(_) => estimator.tokens_per_item * 4,
    };
    words.saturating_add(frame)
}
