//! How fields, their values and their numbers are spelled in the index.
//!
//! A stated word is `field SEPARATOR value`, a stated number also stands as `field NUMBER text`, so that it can be chosen as it
//! is shown; the sorted order of a dictionary keeps the spellings of one field together.

use commerce::Dimension;

use crate::Field;

/// Between a field and a value that is words.
pub(crate) const SEPARATOR: char = '\u{1f}';
/// Between a field and a value that is a number as the catalog shows it.
pub(crate) const NUMBER: char = '\u{1e}';
/// The field of numbers that a title or description gives.
pub(crate) const TEXT_NUMBERS: &str = "t";
/// Longer values are cut: they are texts, not choices.
const MAX_VALUE_BYTES: usize = 120;

/// The spelling of a field that has words; `None` for price, rating and text, which are kept elsewhere.
pub(crate) fn of_field(field: &Field) -> Option<String> {
    match field {
        Field::Attribute(key) => Some(format!("a:{key}")),
        Field::Brand => Some("b".to_owned()),
        Field::Category => Some("c".to_owned()),
        Field::Availability => Some("s".to_owned()),
        Field::Price | Field::Rating | Field::Saving | Field::Text => None,
    }
}

/// The field of a spelling.
pub(crate) fn parse_field(text: &str) -> Option<Field> {
    match text {
        "b" => Some(Field::Brand),
        "c" => Some(Field::Category),
        "s" => Some(Field::Availability),
        TEXT_NUMBERS => Some(Field::Text),
        _ => text.strip_prefix("a:").map(|key| Field::Attribute(key.to_owned())),
    }
}

/// The spelling of one value of a field.
pub(crate) fn term(field: &str, separator: char, value: &str) -> String {
    format!("{field}{separator}{}", cut(value))
}

/// Field, whether the value is a number, and the value of a spelling.
pub(crate) fn parse_term(term: &str) -> Option<(&str, bool, &str)> {
    let place = term.find([SEPARATOR, NUMBER])?;
    Some((&term[..place], term[place..].starts_with(NUMBER), &term[place + 1..]))
}

/// The spelling of a field's numbers of one dimension.
pub(crate) fn number_field(field: &str, dimension: Option<Dimension>) -> String {
    let name = dimension.and_then(|dimension| serde_json::to_string(&dimension).ok()).unwrap_or_default();
    format!("{field}{SEPARATOR}{name}")
}

/// Field and dimension of a spelling of numbers.
pub(crate) fn parse_number_field(text: &str) -> Option<(&str, Option<Dimension>)> {
    let (field, name) = text.split_once(SEPARATOR)?;
    Some((field, serde_json::from_str(name).ok()))
}

/// Where the prefixes of a field end in sorted order: `field NUMBER` to before this.
pub(crate) fn end_of(field: &str) -> String {
    format!("{field}{}", char::from(SEPARATOR as u8 + 1))
}

fn cut(value: &str) -> &str {
    let end = (0..=MAX_VALUE_BYTES.min(value.len())).rev().find(|place| value.is_char_boundary(*place));
    &value[..end.unwrap_or(0)]
}
