//! One choice of each of several, together within a sum and worth the most: branch and bound.
//!
//! What is left can cost no less than the cheapest of each and be worth no more than the best of each; a branch that cannot
//! come within the sum, or cannot be worth more than what was found, is cut.

use commerce::ProductId;

/// One of the things that can be chosen.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Its place among the finds.
    pub(super) place: usize,
    pub(super) product: ProductId,
    /// Minor units.
    pub(super) cost: i64,
    pub(super) value: f64,
}

/// One choice of each.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Combination {
    pub(super) places: Vec<usize>,
    pub(super) minor: i64,
    pub(super) value: f64,
}

/// The combination within the sum that is worth most, the cheaper one of two; where none is within it, the cheapest. No
/// product is chosen twice.
pub(super) fn best(all: &[Vec<Choice>], most: Option<i64>) -> Option<Combination> {
    if all.is_empty() {
        return None;
    }
    let mut worth = Search::new(all, most.unwrap_or(i64::MAX), Aim::Value);
    worth.go_on(&mut Vec::new(), 0, 0.0);
    worth.found.or_else(|| {
        let mut cheap = Search::new(all, i64::MAX, Aim::Cost);
        cheap.go_on(&mut Vec::new(), 0, 0.0);
        cheap.found
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Aim {
    Value,
    Cost,
}

struct Search<'a> {
    all: &'a [Vec<Choice>],
    most: i64,
    aim: Aim,
    /// For each place what the rest from there on costs at least and is worth at most.
    least: Vec<i64>,
    highest: Vec<f64>,
    found: Option<Combination>,
}

impl<'a> Search<'a> {
    fn new(all: &'a [Vec<Choice>], most: i64, aim: Aim) -> Self {
        let (mut least, mut highest) = (vec![0; all.len() + 1], vec![0.0; all.len() + 1]);
        for place in (0..all.len()).rev() {
            let cheapest = all[place].iter().map(|choice| choice.cost).min().unwrap_or(0);
            let dearest = all[place].iter().map(|choice| choice.value).fold(f64::NEG_INFINITY, f64::max);
            least[place] = cheapest.saturating_add(least[place + 1]);
            highest[place] = dearest + highest[place + 1];
        }
        Self { all, most, aim, least, highest, found: None }
    }

    /// Chooses of the next one and of all behind it.
    fn go_on(&mut self, chosen: &mut Vec<&'a Choice>, cost: i64, value: f64) {
        let at = chosen.len();
        if !self.is_worth(cost.saturating_add(self.least[at]), value + self.highest[at]) {
            return;
        }
        let Some(choices) = self.all.get(at) else {
            let places = chosen.iter().map(|choice| choice.place).collect();
            self.found = Some(Combination { places, minor: cost, value });
            return;
        };
        for choice in choices {
            if chosen.iter().any(|known| known.product == choice.product) {
                continue;
            }
            chosen.push(choice);
            self.go_on(chosen, cost.saturating_add(choice.cost), value + choice.value);
            chosen.pop();
        }
    }

    /// Whether what costs so much at least and is worth so much at most can be better than what was found.
    fn is_worth(&self, cost: i64, value: f64) -> bool {
        let Some(found) = &self.found else { return cost <= self.most };
        let is_better = match self.aim {
            Aim::Value => value > found.value || value == found.value && cost < found.minor,
            Aim::Cost => cost < found.minor,
        };
        cost <= self.most && is_better
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every combination, one by one.
    fn naive(all: &[Vec<Choice>], most: i64) -> Option<(i64, f64)> {
        let mut sums = vec![(Vec::new(), 0i64, 0.0f64)];
        for choices in all {
            sums = sums
                .iter()
                .flat_map(|(taken, cost, value)| {
                    choices.iter().filter(|choice| !taken.contains(&choice.product)).map(move |choice| {
                        let taken = taken.iter().cloned().chain([choice.product.clone()]).collect();
                        (taken, cost + choice.cost, value + choice.value)
                    })
                })
                .collect();
        }
        let within: Vec<_> = sums.iter().filter(|(_, cost, _)| *cost <= most).collect();
        let best = within.iter().max_by(|a, b| a.2.total_cmp(&b.2).then(b.1.cmp(&a.1)));
        let cheapest = sums.iter().min_by_key(|(_, cost, _)| *cost);
        best.copied().or(cheapest).map(|(_, cost, value)| (*cost, *value))
    }

    fn choices() -> impl Strategy<Value = Vec<Vec<Choice>>> {
        let choice = (0u8..12, 1i64..60, 0u8..8);
        let shelf = prop::collection::vec(choice, 1..5).prop_map(|choices| {
            let numbered = choices.into_iter().enumerate();
            numbered
                .map(|(place, (product, cost, value))| Choice {
                    place,
                    product: ProductId::of(&[&product.to_string()]),
                    cost,
                    value: f64::from(value) * 0.25,
                })
                .collect()
        });
        prop::collection::vec(shelf, 1..5)
    }

    proptest! {
        #[test]
        fn nothing_better_is_cut(all in choices(), most in 1i64..160) {
            let found = best(&all, Some(most)).map(|found| (found.minor, found.value));
            let expected = naive(&all, most);
            prop_assert_eq!(found.map(|(cost, _)| cost), expected.map(|(cost, _)| cost));
            // Of several that are dearer than the sum and cost the same, any will do.
            if found.is_some_and(|(cost, _)| cost <= most) {
                prop_assert_eq!(found, expected);
            }
        }
    }
}
