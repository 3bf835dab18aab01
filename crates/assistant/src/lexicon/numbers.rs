//! Numbers that are written as words.

use commerce::Unit;
use search::analyse;

/// Words for numbers that stand before what is counted or measured.
const NUMBERS: &[(&str, &str)] = &[
    ("a", "1"),
    ("an", "1"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("ninety", "90"),
    ("hundred", "100"),
];

/// Words between a number and its unit that leave the measure what it is: `3 business days`, `ten full hours`.
const QUALIFIERS: &[&str] = &["business", "working", "calendar", "consecutive", "full", "whole", "more"];

/// Units whose names are things as well: `an amp` plays loud, and `a stone` lies in the way.
const THINGS: &[&str] = &["amp", "bar", "cup", "foot", "stone", "ton", "yard"];

/// The text with the number words before units as digits, each byte of the rest at its place: `within two weeks` measures
/// what `within 2 weeks` does.
pub(crate) fn as_digits(text: &str) -> String {
    let mut digits = text.to_owned();
    let mut words = analyse::words(text);
    for word in words.extract_if(.., |word| QUALIFIERS.contains(&word.text.as_str())) {
        digits.replace_range(word.start..word.end, &" ".repeat(word.end - word.start));
    }
    for (word, next) in words.iter().zip(words.iter().skip(1)) {
        let known = NUMBERS.iter().find(|(name, _)| *name == word.text);
        let is_thing = matches!(word.text.as_str(), "a" | "an") && THINGS.contains(&next.text.as_str());
        if let Some((_, number)) = known.filter(|_| !is_thing && Unit::parse(&next.text).is_some()) {
            let width = word.end - word.start;
            digits.replace_range(word.start..word.end, &format!("{number:>width$}"));
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::as_digits;

    #[test]
    fn bytes_keep_their_places() {
        let text = "Send it back within two weeks – at most one, not a parcel.";
        let digits = as_digits(text);
        assert_eq!(digits, "Send it back within   2 weeks – at most one, not a parcel.");
        assert_eq!(digits.len(), text.len());
        assert_eq!(as_digits("a two-year promise"), "a   2-year promise");
        assert_eq!(as_digits("into an amp"), "into an amp");
        assert_eq!(as_digits("in 2 to five working days"), "in 2 to    5         days");
    }
}
