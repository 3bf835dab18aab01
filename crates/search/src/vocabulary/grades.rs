//! Values that are grades, such as `IP67`, `IPX4` or `Cat6`: letters, then a number that says how good.

use std::collections::HashMap;

use crate::Field;
use crate::analyse::fold;

/// Longer values are no grades.
const MAX_BYTES: usize = 12;

/// The grades of a catalog by their letters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grades(HashMap<String, Vec<Grade>>);

/// One value that is a grade.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grade {
    number: f64,
    field: Field,
    value: String,
}

impl Grades {
    /// Notes a value if it is a grade.
    pub(super) fn add(&mut self, field: &Field, value: &str) {
        if value.len() <= MAX_BYTES
            && let Some((letters, number)) = parse(value)
        {
            let grades = self.0.entry(letters).or_default();
            grades.push(Grade { number, field: field.clone(), value: value.to_owned() });
        }
    }

    pub(super) fn sort(&mut self) {
        self.0.values_mut().for_each(|grades| grades.sort_by(|a, b| a.number.total_cmp(&b.number)));
    }

    /// The field of a grade and its values that are as good or better; `None` where the catalog has none of its kind.
    pub(crate) fn at_least(&self, text: &str) -> Option<(Field, Vec<String>)> {
        let (letters, number) = parse(text)?;
        let enough = || self.0.get(&letters).into_iter().flatten().filter(|grade| grade.number >= number);
        let field = enough().next()?.field.clone();
        let own = enough().filter(|grade| grade.field == field);
        let values = own.map(|grade| grade.value.clone()).collect();
        Some((field, values))
    }
}

/// Letters and the number behind them: `IP67`, `USB 3.2`, `Cat-6`.
fn parse(text: &str) -> Option<(String, f64)> {
    let folded = fold(text.trim());
    let place = folded.find(|c: char| c.is_ascii_digit())?;
    let letters: String = folded[..place].chars().filter(|c| c.is_alphabetic()).collect();
    let number = folded[place..].parse().ok()?;
    (!letters.is_empty()).then_some((letters, number))
}
