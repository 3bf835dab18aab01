//! What counts for a decision and how much: rows of the table that have a better way, weighted by what is usual, by the
//! shopper's words, and by what the shopper moved.

use std::collections::BTreeMap;

use super::value::{Choosable, Model};
use crate::pick::{Weight, WeightOrigin};
use crate::reason::compare::{Emphasis, Line, Sheet};
use crate::table::{Better, RowKind};

/// How much more counts what the shopper names, and what comes before all else.
const NAMED: f64 = 2.5;
const MOST: f64 = 6.0;
/// The same of what matters less.
const LESS: f64 = 0.4;
/// Ratings that a mean is shrunk by towards that of the category.
const PRIOR_COUNT: f64 = 6.0;
/// Stars that make all the difference.
const STARS: f64 = 2.0;
/// Degrees that make all the difference.
const DEGREES: f64 = 30.0;
/// The usual spread of ratings, in stars.
const SPREAD: f64 = 1.0;
/// What a need is worth that is not stated; what is denied is worth nothing.
const UNSTATED_NEED: f64 = 0.25;
/// How far what is not stated may be off.
const UNSTATED_DOUBT: f64 = 0.5;

/// A decision's criteria: the places of their lines, how much they count, and the model of them.
pub(super) struct Criteria {
    pub(super) lines: Vec<usize>,
    pub(super) weights: Vec<Weight>,
    pub(super) model: Model,
}

/// The criteria of a sheet. `moved` are weights by key, from the shopper; `usual_rating` is the mean of the category.
pub(super) fn read(sheet: &Sheet, moved: &BTreeMap<String, f64>, usual_rating: f64) -> Criteria {
    let has_unit_price = sheet.lines.iter().any(|line| {
        line.row.kind == RowKind::UnitPrice && line.row.cells.iter().all(|cell| cell.value.is_some())
    });
    let counts = |line: &&(usize, &Line)| {
        let is_price = line.1.row.kind == RowKind::Price;
        let is_unit_price = line.1.row.kind == RowKind::UnitPrice;
        line.1.row.better.is_some()
            && !(is_price && has_unit_price)
            && (!is_unit_price || has_unit_price)
            && line.1.row.cells.iter().any(|cell| cell.value.is_some())
    };
    let lines: Vec<(usize, &Line)> =
        sheet.lines.iter().enumerate().collect::<Vec<_>>().iter().filter(counts).copied().collect();
    let is_alone = lines.iter().any(|(_, line)| sheet.emphasis(line) == Some(Emphasis::Only));
    let weigh = |line: &Line| {
        // What nothing is said of counts for nothing beside what alone matters.
        let emphasis = sheet.emphasis(line).or(is_alone.then_some(Emphasis::No));
        weight(sheet, line, emphasis, moved)
    };
    let mut weights: Vec<Weight> = lines.iter().map(|(_, line)| weigh(line)).collect();
    let options = (0..sheet.sides.len()).map(|side| {
        let all = lines.iter().map(|(_, line)| utility(line, side, usual_rating));
        let (utilities, doubts) = all.unzip();
        Choosable { utilities, doubts }
    });
    let model = Model::new(weights.iter().map(|weight| weight.weight).collect(), options.collect());
    for (weight, normal) in weights.iter_mut().zip(&model.weights) {
        weight.weight = *normal;
    }
    Criteria { lines: lines.iter().map(|(place, _)| *place).collect(), weights, model }
}

fn weight(sheet: &Sheet, line: &Line, emphasis: Option<Emphasis>, moved: &BTreeMap<String, f64>) -> Weight {
    let said = match emphasis {
        None => line.weight,
        Some(Emphasis::No) => 0.0,
        Some(Emphasis::Less) => line.weight * LESS,
        Some(Emphasis::Named) => line.weight.max(0.4) * NAMED,
        Some(Emphasis::Most | Emphasis::Only) => line.weight.max(0.5) * MOST,
    };
    let own = moved.get(&line.row.key).copied().filter(|weight| weight.is_finite() && *weight >= 0.0);
    let is_said = emphasis.is_some() || matches!(line.row.kind, RowKind::Need);
    let origin = match (own, is_said) {
        (Some(_), _) => WeightOrigin::Moved,
        (None, true) => WeightOrigin::Said,
        (None, false) => WeightOrigin::Usual,
    };
    Weight {
        key: line.row.key.clone(),
        label: sheet.voice.label(&line.row.label),
        weight: own.unwrap_or(said),
        origin,
    }
}

/// What a product's number is worth beside the others', with how far that may be off.
fn utility(line: &Line, side: usize, usual_rating: f64) -> (Option<f64>, f64) {
    let value = line.row.cells[side].value;
    match line.row.kind {
        RowKind::Need => {
            (Some(value.unwrap_or(UNSTATED_NEED)), if value.is_some() { 0.0 } else { UNSTATED_DOUBT })
        }
        RowKind::Rating => {
            let count = f64::from(line.counts.get(side).copied().unwrap_or(0));
            let shrunk = shrunk(value, count, usual_rating);
            let doubt = SPREAD / (count + PRIOR_COUNT).sqrt() / STARS;
            (Some(((shrunk - (5.0 - STARS)) / STARS).clamp(0.0, 1.0)), doubt)
        }
        RowKind::Aspect => {
            let count = f64::from(line.counts.get(side).copied().unwrap_or(0));
            let share = shrunk(value, count, 0.5);
            (Some(share), 0.5 / (count + PRIOR_COUNT).sqrt())
        }
        _ => match value {
            Some(value) => (Some(beside_best(line, value)), 0.0),
            None => (None, UNSTATED_DOUBT),
        },
    }
}

/// A mean moved towards the usual one, the more the fewer it is of.
fn shrunk(mean: Option<f64>, count: f64, usual: f64) -> f64 {
    let mean = mean.unwrap_or(usual);
    (mean * count + usual * PRIOR_COUNT) / (count + PRIOR_COUNT)
}

/// The share that a number is of the best one, so that a cent is no reason to choose.
fn beside_best(line: &Line, value: f64) -> f64 {
    let values = line.values();
    let known = values.iter().flatten().copied();
    let best = match line.row.better {
        Some(Better::Less) => known.fold(f64::INFINITY, f64::min),
        _ => known.fold(f64::NEG_INFINITY, f64::max),
    };
    if !line.is_ratio || best <= 0.0 || value <= 0.0 {
        return (1.0 - (best - value).abs() / DEGREES).clamp(0.0, 1.0);
    }
    match line.row.better {
        Some(Better::Less) => best / value,
        _ => value / best,
    }
}
