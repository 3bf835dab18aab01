//! Judged decisions: is the pick the one that the stated weights give, and does it hold what has to hold of any?

use std::time::{Duration, Instant};

use assistant::{Ask, Pick, Reply, Role};

use super::Failure;
use super::comparisons::columns;
use crate::catalog::Catalog;
use crate::judged::{self, JudgedDecision};
use crate::metric::{percentile, share};
use crate::shop::Shop;

/// The scores of a store's decisions.
#[derive(Clone, Debug, Default)]
pub struct DecisionScores {
    /// How many there are.
    pub count: usize,
    /// Share with a right pick.
    pub picks: f64,
    /// Share of picks that no other product dominates.
    pub undominated: f64,
    /// Share of sensitivity lines that hold when their weight is set.
    pub sensitivity: f64,
    /// How many lines there are.
    pub lines: usize,
    /// Median and 99th percentile of the time of one answer.
    pub latency: [Duration; 2],
    /// What is wrong.
    pub failures: Vec<Failure>,
}

/// Asks for all decisions of a store.
pub fn run(catalog: Catalog, shop: &Shop) -> anyhow::Result<DecisionScores> {
    let mut scores = DecisionScores::default();
    let (mut right, mut undominated, mut held, mut times) = (0, 0, 0, Vec::new());
    for judged in judged::decisions(catalog)? {
        let ask = ask(&judged);
        let started = Instant::now();
        let reply = assistant::ask(&shop.view, &ask)?;
        times.push(started.elapsed());
        scores.count += 1;
        let picked = |role| picked(&reply, role).unwrap_or_default();
        let got = picked(Role::Best);
        let is_right =
            judged.best.contains(&got) && judged.save.iter().all(|save| *save == picked(Role::Save));
        right += usize::from(is_right);
        if !is_right {
            scores.failures.push(Failure {
                what: judged.question.clone(),
                expected: format!("{} {}", judged.best.join(" or "), judged.save.clone().unwrap_or_default()),
                got: format!("{got}: {}", reply.text()),
            });
        }
        let Some(pick) = &reply.answer.pick else { continue };
        undominated += usize::from(is_undominated(pick));
        for line in &pick.sensitivity {
            scores.lines += 1;
            held += usize::from(holds(shop, &ask, pick, line)?);
        }
    }
    scores.picks = share(right, scores.count);
    scores.undominated = share(undominated, scores.count);
    scores.sensitivity = share(held, scores.lines);
    scores.latency = [percentile(&times, 0.5), percentile(&times, 0.99)];
    Ok(scores)
}

fn ask(judged: &JudgedDecision) -> Ask {
    Ask {
        text: judged.question.clone(),
        products: judged.chosen.clone(),
        shown: judged.shown.clone(),
        weights: judged.weights.clone(),
        now: Shop::now(),
        ..Ask::default()
    }
}

fn picked(reply: &Reply, role: Role) -> Option<String> {
    let choice = reply.answer.pick.as_ref()?.choices.iter().find(|choice| choice.role == role)?;
    let columns = columns(reply);
    let place = reply.answer.table.as_ref()?.columns.iter().position(|own| own.product == choice.product)?;
    columns.into_iter().nth(place)
}

fn is_undominated(pick: &Pick) -> bool {
    let best = pick.choices.first().map(|choice| &choice.product);
    pick.standings.iter().any(|own| Some(&own.product) == best && own.beaten_by.is_none())
}

/// Whether another pick follows when the weight of a line is set.
fn holds(shop: &Shop, ask: &Ask, pick: &Pick, line: &assistant::Sensitivity) -> anyhow::Result<bool> {
    let now: f64 =
        pick.weights.iter().filter(|weight| weight.key == line.key).map(|weight| weight.weight).sum();
    let rest = (1.0 - now).max(f64::EPSILON);
    // The others keep their proportions; a little more than the point itself, because it is rounded.
    let wanted = (line.from_weight + 0.005).min(1.0);
    let moved = |weight: &assistant::Weight| {
        let weight_now = if weight.key == line.key { wanted } else { weight.weight / rest * (1.0 - wanted) };
        (weight.key.clone(), weight_now)
    };
    let ask = Ask { weights: pick.weights.iter().map(moved).collect(), ..ask.clone() };
    let reply = assistant::ask(&shop.view, &ask)?;
    let before = pick.choices.first().map(|choice| choice.product.clone());
    let after = reply.answer.pick.and_then(|pick| Some(pick.choices.first()?.product.clone()));
    Ok(after != before)
}
