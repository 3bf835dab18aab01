//! The value model: weighted sums of utilities from 0 to 1, dominance, and the weights at which another option wins.
//!
//! Additive multi-attribute utility (Keeney and Raiffa, Decisions with Multiple Objectives, 1976). It knows numbers and
//! nothing else: no product, no campaign and no price of an advertisement can reach it.

/// Values nearer than this are alike.
pub(super) const ALIKE: f64 = 0.01;
/// How much of two options' doubt has to lie between them to tell them apart.
const SHARE_OF_DOUBT: f64 = 0.5;
/// Utilities nearer than this are alike.
const SAME: f64 = 1e-9;

/// Options by criteria.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    /// How much each criterion counts; they add up to 1 unless all are 0.
    pub(super) weights: Vec<f64>,
    pub(super) options: Vec<Choosable>,
}

/// One option.
#[derive(Clone, Debug, Default)]
pub(super) struct Choosable {
    /// For each criterion from 0 to 1; `None` where nothing is known.
    pub(super) utilities: Vec<Option<f64>>,
    /// How far each utility may be off, from 0 to 1.
    pub(super) doubts: Vec<f64>,
}

impl Model {
    /// A model whose weights add up to 1.
    pub(super) fn new(mut weights: Vec<f64>, options: Vec<Choosable>) -> Self {
        weights
            .iter_mut()
            .for_each(|weight| *weight = if weight.is_finite() { weight.max(0.0) } else { 0.0 });
        let sum: f64 = weights.iter().sum();
        if sum > 0.0 {
            weights.iter_mut().for_each(|weight| *weight /= sum);
        }
        Self { weights, options }
    }

    /// The weighted sum of an option. What is not known counts as the least that any option is known to have.
    pub(super) fn value(&self, option: usize) -> f64 {
        self.value_under(&self.weights, option)
    }

    fn value_under(&self, weights: &[f64], option: usize) -> f64 {
        weights.iter().enumerate().map(|(criterion, weight)| weight * self.utility(option, criterion)).sum()
    }

    fn utility(&self, option: usize, criterion: usize) -> f64 {
        let known = |option: &Choosable| option.utilities.get(criterion).copied().flatten();
        known(&self.options[option])
            .unwrap_or_else(|| self.options.iter().filter_map(known).fold(f64::INFINITY, f64::min).min(1.0))
    }

    /// How far the value of an option may be off.
    pub(super) fn doubt(&self, option: usize) -> f64 {
        let doubts = self.options[option].doubts.iter();
        self.weights.iter().zip(doubts).map(|(weight, doubt)| (weight * doubt).powi(2)).sum::<f64>().sqrt()
    }

    /// The options by their value, the best first; of equal ones the first.
    pub(super) fn ranking(&self, among: &[usize]) -> Vec<usize> {
        self.ranking_under(&self.weights, among)
    }

    fn ranking_under(&self, weights: &[f64], among: &[usize]) -> Vec<usize> {
        let mut ranking = among.to_vec();
        ranking.sort_by(|a, b| {
            self.value_under(weights, *b).total_cmp(&self.value_under(weights, *a)).then_with(|| a.cmp(b))
        });
        ranking
    }

    /// Whether one option is at least as good in everything that counts, and better in something. What is not known of
    /// one that is known of the other speaks against dominance.
    pub(super) fn dominates(&self, one: usize, other: usize) -> bool {
        let mut is_better = false;
        for (criterion, weight) in self.weights.iter().enumerate() {
            if *weight <= 0.0 {
                continue;
            }
            let of = |option: usize| self.options[option].utilities.get(criterion).copied().flatten();
            match (of(one), of(other)) {
                (None, None) => {}
                (Some(_), None) => is_better = true,
                (None, Some(_)) => return false,
                (Some(a), Some(b)) if a < b - SAME => return false,
                (Some(a), Some(b)) => is_better |= a > b + SAME,
            }
        }
        is_better
    }

    /// For each option the best one that dominates it, where there is one.
    pub(super) fn beaten(&self, among: &[usize]) -> Vec<Option<usize>> {
        let ranking = self.ranking(among);
        (0..self.options.len())
            .map(|option| ranking.iter().copied().find(|one| *one != option && self.dominates(*one, option)))
            .collect()
    }

    /// Whether the difference of two options is within what is not known of them.
    pub(super) fn is_tie(&self, one: usize, other: usize) -> bool {
        let difference = (self.value(one) - self.value(other)).abs();
        let doubt = self.doubt(one).hypot(self.doubt(other));
        difference < ALIKE.max(SHARE_OF_DOUBT * doubt)
    }

    /// The least weight of a criterion at which another option wins, while the others keep their proportions, with that
    /// option. `None` where no weight of it changes the pick, or less weight would.
    pub(super) fn turning_point(&self, criterion: usize, among: &[usize]) -> Option<(f64, usize)> {
        const STEPS: u32 = 50;
        let now = self.weights[criterion];
        let pick = *self.ranking(among).first()?;
        let mut weights = (1..STEPS).map(|step| now + (1.0 - now) * f64::from(step) / f64::from(STEPS));
        weights.find_map(|weight| {
            let winner = self.winner_at(criterion, weight, among)?;
            (winner != pick).then_some((weight, winner))
        })
    }

    /// Who wins when a criterion has this weight and the others keep their proportions.
    pub(super) fn winner_at(&self, criterion: usize, weight: f64, among: &[usize]) -> Option<usize> {
        let rest = 1.0 - self.weights[criterion];
        let scaled = |(place, own): (usize, &f64)| match place == criterion {
            true => weight,
            false if rest > 0.0 => own / rest * (1.0 - weight),
            false => 0.0,
        };
        let weights: Vec<f64> = self.weights.iter().enumerate().map(scaled).collect();
        self.ranking_under(&weights, among).first().copied()
    }

    /// The weight of a criterion at which it matters as much as another, while the others keep their proportions.
    pub(super) fn even_with(&self, criterion: usize, other: usize) -> f64 {
        let share = self.weights[other] / (1.0 - self.weights[criterion]).max(f64::EPSILON);
        share / (1.0 + share)
    }
}

#[cfg(test)]
mod tests;
