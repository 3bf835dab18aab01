//! How old somebody is: `for a 5 year old`, `my 8-year-old`. It is no measure of the goods; where the catalog says for which
//! ages goods are, those for other ages are not wanted.

use commerce::{Dimension, Quantity, Unit};

use super::{Reading, Why};
use crate::{Constraint, Field, Test};

/// A year of the calendar, in seconds.
const YEAR_SECONDS: f64 = 365.25 * 86_400.0;

pub(super) fn read(reading: &mut Reading<'_>) {
    for at in 0..reading.tokens.len().saturating_sub(2) {
        let Some(age) = age(reading, at) else { continue };
        let words = reading.words(at..at + 3);
        let years = age.base() / YEAR_SECONDS;
        if let Some((field, values)) = reading.vocabulary.ages.of(years) {
            reading.found.constraints.push(Constraint::read(field, Test::AnyOf(values), words));
        } else if let Some(field) = reading.vocabulary.measured_ages() {
            let test = Test::Between(age.base(), age.base());
            let dimension = Some(Dimension::Time);
            let read = Constraint::read(Field::Attribute(field.key.clone()), test, words);
            reading.found.constraints.push(Constraint { dimension, ..read });
        } else {
            reading.set_aside(at..at + 3, Why::Age);
        }
        reading.spend(at..at + 3);
    }
}

/// The age that starts at a token.
fn age(reading: &Reading<'_>, at: usize) -> Option<Quantity> {
    let count: f64 = reading.text(at)?.parse().ok()?;
    let unit = Unit::parse(reading.text(at + 1)?)?;
    let is_age = unit.dimension() == Dimension::Time && reading.grammar.is_old(reading.text(at + 2)?);
    is_age.then(|| Quantity::new(count, unit))
}
