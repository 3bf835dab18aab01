//! Grades with what is better than them: "IP67 or better", "at least cat6".

use super::Reading;
use crate::language::Side;
use crate::{Constraint, Test};

/// Tokens of the longest grade: `usb 3.2`.
const LONGEST: usize = 2;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.tokens.len() {
        at = (at + 1..=at + LONGEST).rev().find_map(|end| grade(reading, at, end)).unwrap_or(at + 1);
    }
}

fn grade(reading: &mut Reading<'_>, start: usize, end: usize) -> Option<usize> {
    reading.key(start..end).filter(|key| !key.is_empty())?;
    let is_above = |side: Side| matches!(side, Side::Above | Side::AtLeast);
    let after = reading.grammar.after().iter().find(|c| is_above(c.side) && reading.spells(end, &c.phrase));
    let before = reading.grammar.before().iter().find(|c| {
        let place = start.checked_sub(c.phrase.len());
        is_above(c.side) && place.is_some_and(|place| reading.spells(place, &c.phrase))
    });
    let tokens = match (before, after) {
        (_, Some(after)) => start..end + after.phrase.len(),
        (Some(before), None) => start - before.phrase.len()..end,
        (None, None) => return None,
    };
    let (field, values) = reading.vocabulary.grades.at_least(&reading.words(start..end))?;
    let words = reading.words(start..end);
    reading.found.constraints.push(Constraint::read(field, Test::AnyOf(values), words));
    reading.spend(tokens.clone());
    Some(tokens.end)
}
