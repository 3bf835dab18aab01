//! Who comes first in a row, and in what one product is better or worse than others: only where a way is better, the
//! numbers differ, and enough buyers spoke.

use serde::{Deserialize, Serialize};

use super::Line;
use super::side::Side;
use crate::table::{Better, RowKind, RowVerdict};
use crate::voice::{self, Voice};

/// Numbers nearer than this share of the larger are alike.
const ALIKE: f64 = 0.005;
/// Buyers that must have spoken on each side.
const LEAST_COUNT: u32 = 3;
/// The usual spread of ratings around their mean, in stars.
const SPREAD_OF_RATINGS: f64 = 1.0;

/// One thing in which a product is better or worse than others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::reason) struct Gain {
    /// The place of the line.
    pub(in crate::reason) line: usize,
    /// Such as `lighter (780 g against 1.32 kg)`.
    pub(in crate::reason) text: String,
}

/// The verdict of a row.
pub(super) fn verdict(voice: Voice, line: &Line, sides: &[Side]) -> Option<RowVerdict> {
    let all: Vec<usize> = (0..sides.len()).collect();
    let best: Vec<usize> = all
        .iter()
        .copied()
        .filter(|one| {
            line.row.cells[*one].value.is_some() && all.iter().all(|other| !is_before(line, *other, *one))
        })
        .collect();
    // Somebody has to come behind each of them.
    let is_ahead = |one: &usize| all.iter().any(|other| is_before(line, *one, *other));
    if best.is_empty() || !best.iter().all(is_ahead) {
        return None;
    }
    let title = |place: &usize| sides[*place].product.title.clone();
    let text = |place: &usize| {
        line.row.cells[*place].text.clone().unwrap_or_else(|| voice.say(voice::Line::NotStated, &[]))
    };
    let names = voice.list(&best.iter().map(title).collect::<Vec<_>>());
    let others: Vec<usize> = all.iter().copied().filter(|place| !best.contains(place)).collect();
    let is_one = best.len() == 1;
    let text = match line.row.kind {
        RowKind::Need if is_one => voice.say(voice::Line::OnlyOneStates, &[&names]),
        RowKind::Need => voice.say(voice::Line::OnlyManyState, &[&names]),
        _ => {
            let beside = |place: &usize| voice.say(voice::Line::ValueFor, &[&text(place), &title(place)]);
            let against = voice.list(&others.iter().map(beside).collect::<Vec<_>>());
            let verdict = if is_one { voice::Line::VerdictOne } else { voice::Line::VerdictMany };
            let mut own: Vec<String> = best.iter().map(text).collect();
            own.dedup();
            voice.say(verdict, &[&names, winning(line), &voice.list(&own), &against])
        }
    };
    Some(RowVerdict { best, text })
}

/// In what a product is before all of these others.
pub(in crate::reason) fn gains(voice: Voice, lines: &[Line], one: usize, others: &[usize]) -> Vec<Gain> {
    let found = lines.iter().enumerate().filter(|(_, line)| {
        others.iter().all(|other| !is_before(line, *other, one))
            && others.iter().all(|other| is_before(line, one, *other) || is_silent(line, *other))
            && others.iter().any(|other| is_before(line, one, *other))
    });
    found
        .map(|(place, line)| Gain { line: place, text: told(voice, line, one, others, End::Winner) })
        .collect()
}

/// In what at least one of these others is before a product.
pub(in crate::reason) fn losses(voice: Voice, lines: &[Line], one: usize, others: &[usize]) -> Vec<Gain> {
    let found =
        lines.iter().enumerate().filter(|(_, line)| others.iter().any(|other| is_before(line, *other, one)));
    found
        .map(|(place, line)| {
            let before: Vec<usize> =
                others.iter().copied().filter(|other| is_before(line, *other, one)).collect();
            Gain { line: place, text: told(voice, line, one, &before, End::Loser) }
        })
        .collect()
}

/// Whether one is before the other in a row.
fn is_before(line: &Line, one: usize, other: usize) -> bool {
    let Some(better) = line.row.better else { return false };
    let (value, beside) = match (line.span(one), line.span(other), line.row.kind) {
        // Of what overlaps, none is before the other.
        (Some(own), Some(its), _) if better == Better::Less => (own.1, its.0),
        (Some(own), Some(its), _) => (own.0, its.1),
        // What is needed and not stated is behind what is.
        (Some(own), None, RowKind::Need) => (own.0, 0.0),
        _ => return false,
    };
    let difference = if better == Better::Less { beside - value } else { value - beside };
    let is_clear = difference > ALIKE * value.abs().max(beside.abs());
    is_clear && is_supported(line, one, other, difference)
}

/// Whether enough buyers spoke for a difference of means to be more than chance.
fn is_supported(line: &Line, one: usize, other: usize, difference: f64) -> bool {
    let (Some(a), Some(b)) = (line.counts.get(one), line.counts.get(other)) else { return true };
    if *a < LEAST_COUNT || *b < LEAST_COUNT {
        return false;
    }
    let spread = if line.row.kind == RowKind::Rating { SPREAD_OF_RATINGS } else { 0.5 };
    difference >= spread * (1.0 / f64::from(*a) + 1.0 / f64::from(*b)).sqrt()
}

fn is_silent(line: &Line, place: usize) -> bool {
    line.row.cells[place].value.is_none()
}

/// Which side of a difference is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Winner,
    Loser,
}

fn winning(line: &Line) -> &str {
    match line.row.better {
        Some(Better::Less) => &line.told.0,
        _ => &line.told.1,
    }
}

fn losing(line: &Line) -> &str {
    match line.row.better {
        Some(Better::Less) => &line.told.1,
        _ => &line.told.0,
    }
}

/// `lighter (780 g against 1.32 kg)`.
fn told(voice: Voice, line: &Line, one: usize, others: &[usize], side: End) -> String {
    let cells = &line.row.cells;
    if line.row.kind == RowKind::Need {
        let suit = match side {
            End::Winner if others.len() == 1 => voice::Line::StatedToSuit,
            End::Winner => voice::Line::OnlyStatedToSuit,
            End::Loser => voice::Line::NotStatedToSuit,
        };
        return voice.say(suit, &[&line.row.label]);
    }
    let text = |place: usize| cells[place].text.clone().unwrap_or_default();
    let word = if side == End::Winner { winning(line) } else { losing(line) };
    // Of several others the one that comes nearest to a winner, and the first before a loser.
    let is_less = (line.row.better == Some(Better::Less)) == (side == End::Winner || others.len() == 1);
    let mut stated: Vec<usize> =
        others.iter().copied().filter(|other| cells[*other].value.is_some()).collect();
    stated.sort_by(|a, b| {
        let order = cells[*a].value.unwrap_or(0.0).total_cmp(&cells[*b].value.unwrap_or(0.0));
        if is_less || line.row.better == Some(Better::Less) { order } else { order.reverse() }
    });
    match stated.first() {
        Some(other) => voice.say(voice::Line::Gain, &[word, &text(one), &text(*other)]),
        None => voice.say(voice::Line::GainAlone, &[word, &text(one)]),
    }
}
