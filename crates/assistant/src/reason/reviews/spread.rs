//! How the stars spread.

use super::Case;
use crate::claim::{Answer, Polarity, Predicate};

/// How many reviewers gave one star, two stars, up to five.
pub(super) fn stars(case: &Case<'_>) -> [u32; 5] {
    let mut stars = [0; 5];
    for (_, given) in case.stars() {
        stars[(given.round() as usize).clamp(1, 5) - 1] += 1;
    }
    stars
}

/// The mean of the stars; `None` where nobody gave any.
pub(super) fn mean(case: &Case<'_>) -> Option<f32> {
    let (count, sum) = case.stars().fold((0.0, 0.0), |(count, sum), (_, stars)| (count + 1.0, sum + stars));
    (count > 0.0).then(|| sum / count)
}

/// States the spread.
pub(super) fn state(answer: &mut Answer, case: &Case<'_>) {
    let Some(mean) = mean(case) else { return };
    let rows: Vec<usize> =
        case.stars().filter_map(|(review, _)| case.gathered.reviews[review].rows.clone().next()).collect();
    let predicate = Predicate::Spread {
        mean: format!("{mean:.1}"),
        stars: stars(case),
        products: case.gathered.products as u32,
    };
    let claim = case.counted(predicate, leaning(mean), &rows);
    case.state(answer, claim, &rows);
}

/// Which way a mean leans.
pub(super) fn leaning(mean: f32) -> Polarity {
    match mean {
        mean if mean >= 3.5 => Polarity::Positive,
        mean if mean <= 2.5 => Polarity::Negative,
        _ => Polarity::Mixed,
    }
}
