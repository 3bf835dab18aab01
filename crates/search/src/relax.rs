//! When nothing fits all constraints: which of them to give up.
//!
//! Only constraints that were read from a shopper's words are given up, never filters set by hand, and never a
//! negation: who says `not leather` does not want to see leather. Of all sets whose giving up lets something fit, the
//! one that costs least is taken: a bound that something narrowly misses costs little, any other bound and an
//! attribute more, then the brand, the price and the category. What is looked for is never given up: the text binds, as
//! far as any product has its words. What was relaxed is always reported.

use std::collections::BTreeMap;

use commerce::Availability;

use crate::filter::{Filter, MAX_CONSTRAINTS};
use crate::rank::Signals;
use crate::snapshot::Snapshot;
use crate::{Constraint, Field, SearchError, Test};

/// How far a bound is widened before it is given up.
const WIDENING: f64 = 0.25;

/// What to try, in order, and what it gives up.
pub(crate) struct Way {
    /// The constraints of each try.
    pub(crate) tries: Vec<Vec<Constraint>>,
    /// The constraints that were widened or given up, as they were asked.
    pub(crate) relaxed: Vec<Constraint>,
}

/// The cheapest way to let something fit; `None` when there is none.
pub(crate) fn relax(
    snapshot: &Snapshot,
    constraints: &[Constraint],
    signals: &Signals,
) -> Result<Option<Way>, SearchError> {
    if !constraints.iter().any(can_be_given_up) {
        return Ok(None);
    }
    let near: Vec<Option<Constraint>> = constraints.iter().map(widen).collect();
    let both: Vec<Constraint> = constraints.iter().chain(near.iter().flatten()).cloned().collect();
    if both.len() > MAX_CONSTRAINTS {
        return Ok(None);
    }
    let filter = Filter::new(snapshot, &both)?;
    let costs = Costs::new(constraints, &near);
    let mut places = if signals.has_text() { signals.bound(snapshot) } else { Vec::new() };
    if places.is_empty() {
        places = (0..snapshot.width() as u32).collect();
    }
    let found = costs.cheapest(snapshot, &filter, &places);
    Ok(found.map(|given_up| Way::new(constraints, &near, given_up)))
}

fn can_be_given_up(constraint: &Constraint) -> bool {
    !constraint.words.is_empty() && !constraint.is_negated && !asks_what_is_gone(constraint)
}

/// Whether a constraint asks for what cannot be had at once: who asks what is sold out does not want to see what is not.
fn asks_what_is_gone(constraint: &Constraint) -> bool {
    let at_hand = Availability::InStock.as_str();
    matches!((&constraint.field, &constraint.test),
        (Field::Availability, Test::AnyOf(states)) if states.iter().all(|state| state != at_hand))
}

impl Way {
    fn new(constraints: &[Constraint], near: &[Option<Constraint>], given_up: u32) -> Self {
        let is_given_up = |place: usize| given_up & 1 << place != 0;
        let all = || constraints.iter().enumerate();
        let widened = all().filter_map(|(place, constraint)| match is_given_up(place) {
            true => near[place].clone(),
            false => Some(constraint.clone()),
        });
        let kept = all().filter(|(place, _)| !is_given_up(*place)).map(|(_, constraint)| constraint.clone());
        let relaxed =
            all().filter(|(place, _)| is_given_up(*place)).map(|(_, constraint)| constraint.clone());
        Self { tries: vec![widened.collect(), kept.collect()], relaxed: relaxed.collect() }
    }
}

/// What it costs to give up each constraint.
struct Costs {
    /// Cost when missed, the bit of the widened bound, and whether it may be given up.
    each: Vec<(u32, Option<u32>, bool)>,
}

impl Costs {
    const NARROW: u32 = 1;

    fn new(constraints: &[Constraint], near: &[Option<Constraint>]) -> Self {
        let mut next = constraints.len() as u32;
        let each = constraints.iter().zip(near).map(|(constraint, near)| {
            let bit = near.as_ref().map(|_| next);
            next += u32::from(bit.is_some());
            (cost(constraint), bit, can_be_given_up(constraint))
        });
        Self { each: each.collect() }
    }

    /// The cost of giving up what does not hold; `None` when it may not be given up.
    fn of(&self, holding: u32) -> Option<u32> {
        let mut sum = 0;
        for (place, (cost, near, can_be_given_up)) in self.each.iter().enumerate() {
            if holding & 1 << place == 0 {
                if !can_be_given_up {
                    return None;
                }
                let is_narrow = near.is_some_and(|bit| holding & 1 << bit != 0);
                sum += if is_narrow { Self::NARROW } else { *cost };
            }
        }
        Some(sum)
    }

    /// The cheapest set of constraints, as bits, without which some variant of these places fits; of two that cost the
    /// same the one that lets more fit.
    fn cheapest(&self, snapshot: &Snapshot, filter: &Filter, places: &[u32]) -> Option<u32> {
        let mut kinds: BTreeMap<u32, usize> = BTreeMap::new();
        let mut cheapest = u32::MAX;
        for place in places {
            let (part, doc) = snapshot.locate(*place);
            // No variant can cost less than what all of them hold together.
            let least = self.of(filter.may_hold(snapshot, part, doc));
            if least.is_none_or(|least| least > cheapest) || !snapshot.parts[part].is_alive(doc) {
                continue;
            }
            filter.each_variant(snapshot, part, doc, |_, holding| {
                *kinds.entry(holding).or_default() += 1;
                cheapest = cheapest.min(self.of(holding).unwrap_or(u32::MAX));
            });
        }
        let all = u32::MAX >> (32 - self.each.len().clamp(1, 32));
        let costs = kinds
            .into_iter()
            .filter_map(|(holding, count)| Some((self.of(holding)?, usize::MAX - count, all & !holding)));
        costs.min().map(|(_, _, given_up)| given_up).filter(|given_up| *given_up != 0)
    }
}

fn cost(constraint: &Constraint) -> u32 {
    match (&constraint.field, &constraint.test) {
        (Field::Rating | Field::Availability, _) => 2,
        (Field::Price, _) => 8,
        (Field::Category, _) => 12,
        (Field::Brand | Field::Saving, _) => 6,
        (Field::Attribute(_), Test::AnyOf(_)) | (Field::Text, _) => 4,
        (Field::Attribute(_), _) => 3,
    }
}

/// The constraint with a wider bound; `None` when it has no bound or may not be given up.
fn widen(constraint: &Constraint) -> Option<Constraint> {
    if !can_be_given_up(constraint) {
        return None;
    }
    let wider = |number: f64, sign: f64| number + sign * number.abs() * WIDENING;
    let test = match constraint.test {
        Test::AnyOf(_) => return None,
        Test::AtMost(high) => Test::AtMost(wider(high, 1.0)),
        Test::AtLeast(low) => Test::AtLeast(wider(low, -1.0)),
        Test::Between(low, high) => Test::Between(wider(low, -1.0), wider(high, 1.0)),
    };
    Some(Constraint { test, ..constraint.clone() })
}
