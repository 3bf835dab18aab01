//! Values that say for which ages goods are made, such as `Kids, 3 to 6 years`, `8+` or `12 months and up`.

use crate::Field;
use crate::analyse::each_word;

/// Nobody is older.
const OLDEST: f64 = 150.0;
/// Months of a year.
const MONTHS: f64 = 12.0;
/// Words for a unit of months.
const MONTH: [&str; 5] = ["month", "months", "mo", "mth", "mths"];
/// Words by which a single number is the last year.
const UNTIL: [&str; 3] = ["up to", "under", "until"];

/// The ages that a catalog states.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ages(Vec<Age>);

/// One value with its first and last year.
#[derive(Clone, Debug, PartialEq)]
struct Age {
    first: f64,
    last: f64,
    field: Field,
    value: String,
}

impl Ages {
    /// Notes a value of an attribute of ages.
    pub(super) fn add(&mut self, field: &Field, value: &str) {
        if is_of_ages(field)
            && let Some((first, last)) = parse(value)
        {
            self.0.push(Age { first, last, field: field.clone(), value: value.to_owned() });
        }
    }

    /// The field whose values suit somebody of so many years, with these values; `None` where the catalog states none.
    pub(crate) fn of(&self, years: f64) -> Option<(Field, Vec<String>)> {
        let suiting = || self.0.iter().filter(|age| age.first <= years && years <= age.last);
        let field = suiting().next()?.field.clone();
        let own = suiting().filter(|age| age.field == field);
        let values = own.map(|age| age.value.clone()).collect();
        Some((field, values))
    }
}

/// Whether an attribute says for which ages something is.
pub(crate) fn is_of_ages(field: &Field) -> bool {
    matches!(field, Field::Attribute(key) if key.split('_').any(|part| matches!(part, "age" | "ages")))
}

/// The first and last year of a value.
fn parse(value: &str) -> Option<(f64, f64)> {
    let mut words = Vec::new();
    each_word(value, |word, _, _| words.push(word));
    let is_month = |word: &String| MONTH.contains(&word.as_str());
    let mut numbers: Vec<f64> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let Ok(number) = word.parse::<f64>() else { continue };
        // The unit stands behind the number, or behind the second one of two.
        let unit = words[place + 1..].iter().find(|word| word.starts_with("year") || is_month(word));
        numbers.push(if unit.is_some_and(is_month) { number / MONTHS } else { number });
    }
    let is_until = UNTIL.iter().any(|phrase| value.to_lowercase().contains(phrase));
    match numbers.as_slice() {
        [last] if is_until => Some((0.0, *last)),
        [first] => Some((*first, OLDEST)),
        [first, last] if first <= last => Some((*first, *last)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read() {
        for (value, expected) in [
            ("Kids, 2 to 8 years", Some((2.0, 8.0))),
            ("3-6", Some((3.0, 6.0))),
            ("8+", Some((8.0, OLDEST))),
            ("12 years and up", Some((12.0, OLDEST))),
            ("up to 3 years", Some((0.0, 3.0))),
            ("6 to 12 months", Some((0.5, 1.0))),
            ("6 months to 3 years", Some((0.5, 3.0))),
            ("Adults", None),
        ] {
            assert_eq!(parse(value), expected, "{value}");
        }
    }
}
