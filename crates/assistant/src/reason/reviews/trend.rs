//! How ratings changed: the newer half of the dated ratings against the older half.

use super::Case;
use crate::claim::{Answer, Polarity, Predicate};

/// Ratings on each side at least.
const LEAST: usize = 3;
/// Standard errors between two means that differ clearly.
const CLEAR: f32 = 2.0;
/// A difference that nobody would feel, in stars.
const SLIGHT: f32 = 0.3;

/// States the change, where enough ratings have a date.
pub(super) fn state(answer: &mut Answer, case: &Case<'_>) {
    let mut dated: Vec<(jiff::Timestamp, usize, f32)> = case
        .stars()
        .filter_map(|(review, stars)| Some((case.gathered.reviews[review].written?, review, stars)))
        .collect();
    if dated.len() < 2 * LEAST {
        return;
    }
    dated.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
    let (before, recent) = dated.split_at(dated.len() / 2);
    let stars =
        |half: &[(jiff::Timestamp, usize, f32)]| half.iter().map(|(.., stars)| *stars).collect::<Vec<_>>();
    let ((old, old_error), (new, new_error)) = (moments(&stars(before)), moments(&stars(recent)));
    let is_clear = (new - old).abs() > (CLEAR * old_error.hypot(new_error)).max(SLIGHT);
    let rows: Vec<usize> = dated
        .iter()
        .filter_map(|(_, review, _)| case.gathered.reviews[*review].rows.clone().next())
        .collect();
    let predicate = Predicate::Trend {
        since: case.voice.day(recent[0].0),
        before: (format!("{old:.1}"), before.len() as u32),
        recent: (format!("{new:.1}"), recent.len() as u32),
        is_clear,
    };
    let polarity = match (is_clear, new > old) {
        (false, _) => Polarity::Neutral,
        (true, true) => Polarity::Positive,
        (true, false) => Polarity::Negative,
    };
    let claim = case.counted(predicate, polarity, &rows);
    case.state(answer, claim, &rows);
}

/// Mean and standard error.
fn moments(stars: &[f32]) -> (f32, f32) {
    let count = stars.len() as f32;
    let mean = stars.iter().sum::<f32>() / count;
    let variance = stars.iter().map(|stars| (stars - mean).powi(2)).sum::<f32>() / (count - 1.0).max(1.0);
    (mean, (variance / count).sqrt())
}
