//! Finding quantities in text: a number, then a unit, then perhaps a smaller number and unit of the same kind.

use std::ops::Range;

use super::Quantity;
use crate::{Dimension, Unit};

/// What stands before a number that counts people or pieces, and the symbol of the unit.
const LEADS: &[(&str, &str)] = &[
    ("seats", "people"),
    ("sleeps", "people"),
    ("sleep", "people"),
    ("serves", "people"),
    ("pack of", "pieces"),
    ("set of", "pieces"),
    ("box of", "pieces"),
    ("bag of", "pieces"),
    ("case of", "pieces"),
    ("packung mit", "pieces"),
    ("lot de", "pieces"),
    ("paquet de", "pieces"),
    ("paquete de", "pieces"),
    ("caja de", "pieces"),
];
/// Words in the longest unit name.
const MAX_UNIT_WORDS: usize = 4;
/// Fractions that measures are written in; `50/60 Hz` and `12/24 V` are two numbers.
const FRACTION_BOTTOMS: [f64; 8] = [2.0, 3.0, 4.0, 5.0, 8.0, 16.0, 32.0, 64.0];
/// Light below this temperature is not sold, but `4K` stands in many titles.
const MIN_KELVIN: f64 = 1_000.0;
/// From here on a `c` right behind a number is no degree.
const MAX_CELSIUS: f64 = 400.0;
/// Units that nobody states to a thousandth: a dot before three digits groups thousands there, as in `10.000 mAh`.
const COARSE: [&str; 10] = ["mAh", "rpm", "lm", "W", "BTU/h", "K", "kcal", "ml", "people", "pieces"];

/// The first quantity at or after this byte.
pub(super) fn scan(text: &str, from: usize) -> Option<(Range<usize>, Quantity)> {
    let mut at = from;
    while let Some(start) = next_number(text, at) {
        let (end, value) = number_at(text, start)?;
        let number = &text[start..end];
        let measured =
            unit_at(text, end).map(|(end, unit)| (end, unit, in_thousands(number, unit).unwrap_or(value)));
        let is_code = |unit_end: usize, value: f64| is_size_code(&text[end..unit_end], value);
        let is_fine =
            |(end, unit, value): &(usize, Unit, f64)| is_measure(*value, *unit) && !is_code(*end, *value);
        if let Some((end, unit, value)) = measured.filter(is_fine) {
            let (end, quantity) = with_smaller_part(text, end, Quantity::new(value, unit));
            return Some((start..end, quantity.among(text)));
        }
        if let Some((lead, unit)) = unit_before(&text[from..start]) {
            return Some((from + lead..end, Quantity::new(value, unit)));
        }
        at = end;
    }
    None
}

/// Whether goods are measured so: light has thousands of kelvins, people and pieces are whole, and the `B` of `34B` is
/// the letter of a size, since nothing on sale is counted in single bytes.
fn is_measure(value: f64, unit: Unit) -> bool {
    match unit.dimension() {
        Dimension::ColorTemperature => value >= MIN_KELVIN,
        Dimension::People | Dimension::Pieces => value.fract() == 0.0,
        _ => unit.symbol() != "B",
    }
}

/// Whether a letter right behind a number is that of a size: no goods are made for 700 °C, and wheels are `700c`.
fn is_size_code(letter: &str, value: f64) -> bool {
    letter.eq_ignore_ascii_case("c") && value >= MAX_CELSIUS
}

/// The number where its dots can only group thousands before this unit.
fn in_thousands(number: &str, unit: Unit) -> Option<f64> {
    let (first, groups) = number.split_once('.').filter(|_| COARSE.contains(&unit.symbol()))?;
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_first = matches!(first.len(), 1..=3) && is_number(first) && !first.starts_with('0');
    let is_grouped = groups.split('.').all(|group| group.len() == 3 && is_number(group));
    (is_first && is_grouped).then(|| number.replace('.', "").parse().ok()).flatten()
}

/// Text that is one number and nothing else, with its sign.
pub(super) fn number(text: &str) -> Option<f64> {
    let start = next_number(text, 0)?;
    let (end, value) = number_at(text, start)?;
    (start == 0 && end == text.len()).then_some(value)
}

/// Where the next number starts that is not the tail of a word, sign included where it cannot be a hyphen.
fn next_number(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let digit = at + text.get(at..)?.find(|c: char| c.is_ascii_digit() || fraction(c).is_some())?;
        let before = text[from..digit].chars().next_back();
        let is_tail = before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            || before.is_some_and(|c| matches!(c, '.' | ','))
                && text[..digit - 1].chars().next_back().is_some_and(char::is_alphanumeric);
        if is_tail {
            let rest = &text[digit..];
            at = digit + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            continue;
        }
        let sign = before.filter(|c| matches!(c, '-' | '−' | '+'));
        let signed = sign.map(|c| digit - c.len_utf8()).filter(|start| {
            *start >= from
                && !text[..*start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '°')
        });
        return Some(signed.unwrap_or(digit));
    }
}

/// The number that starts here, with its end: digits with groups, a decimal part, a fraction.
fn number_at(text: &str, start: usize) -> Option<(usize, f64)> {
    let sign = text[start..].chars().next().filter(|c| matches!(c, '-' | '−' | '+'));
    let is_negative = sign.is_some_and(|sign| sign != '+');
    let mut at = start + sign.map_or(0, char::len_utf8);
    let bytes = text.as_bytes();
    let digits_from = at;
    let mut digits = String::new();
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        digits.push(char::from(bytes[at]));
        at += 1;
    }
    let first_group = digits.len();
    let has_dot_groups = (1..=3).contains(&first_group) && has_dot_groups(&text[at..]);
    while has_dot_groups && bytes.get(at) == Some(&b'.') {
        digits.push_str(&text[at + 1..at + 4]);
        at += 4;
    }
    while (1..=3).contains(&first_group)
        && let Some(length) = group_separator(&text[at..])
        && is_group(bytes, at + length)
    {
        digits.push_str(&text[at + length..at + length + 3]);
        at += length + 3;
    }
    if matches!(bytes.get(at), Some(b'.' | b',')) && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
        digits.push('.');
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            digits.push(char::from(bytes[at]));
            at += 1;
        }
    }
    let mut value = if at > digits_from { digits.parse::<f64>().ok()? } else { 0.0 };
    if let Some((end, part)) = fraction_at(text, at, value, at > digits_from) {
        (at, value) = (end, part);
    }
    value.is_finite().then_some((at, if is_negative { -value } else { value }))
}

/// The length of a separator of thousands: a comma, a space, a thin or no-break space, an apostrophe.
fn group_separator(text: &str) -> Option<usize> {
    text.chars()
        .next()
        .filter(|c| matches!(c, ',' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\''))
        .map(char::len_utf8)
}

/// Whether thousands are grouped by dots here, which only a comma behind them tells: `.299,00`.
fn has_dot_groups(text: &str) -> bool {
    let mut rest = text;
    while let Some(group) = rest.strip_prefix('.').filter(|group| is_group(group.as_bytes(), 0)) {
        rest = &group[3..];
    }
    rest.len() < text.len()
        && rest.strip_prefix(',').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether exactly three digits stand here.
fn is_group(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..at + 3).is_some_and(|group| group.iter().all(u8::is_ascii_digit))
        && !bytes.get(at + 3).is_some_and(u8::is_ascii_digit)
}

/// `1/2` after nothing or a whole number, or `½`.
fn fraction_at(text: &str, at: usize, whole: f64, has_digits: bool) -> Option<(usize, f64)> {
    let rest = &text[at..];
    if let Some(part) = rest.chars().next().and_then(fraction) {
        return Some((at + rest.chars().next()?.len_utf8(), whole + part));
    }
    let divided = |text: &str, top: f64| -> Option<(usize, f64)> {
        let bottom = text.strip_prefix('/')?;
        let length = bottom.bytes().take_while(u8::is_ascii_digit).count();
        let goes_on = bottom[length..].strip_prefix(['.', ',', '/']);
        let is_more = goes_on.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let bottom: f64 = bottom[..length].parse().ok()?;
        if !FRACTION_BOTTOMS.contains(&bottom) || top >= bottom || top.fract() != 0.0 || is_more {
            return None;
        }
        Some((1 + length, top / bottom))
    };
    if has_digits && let Some((length, value)) = divided(rest, whole) {
        return Some((at + length, value));
    }
    let after = rest.strip_prefix([' ', '-']).filter(|_| has_digits)?;
    let length = after.bytes().take_while(u8::is_ascii_digit).count();
    let top: f64 = after[..length].parse().ok()?;
    let (more, part) = divided(&after[length..], top)?;
    Some((at + 1 + length + more, whole + part))
}

/// The value of a fraction character.
fn fraction(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        _ => return None,
    })
}

/// The longest unit that starts here, after at most one space or hyphen.
fn unit_at(text: &str, at: usize) -> Option<(usize, Unit)> {
    let rest = &text[at..];
    let gap = rest.chars().next().filter(|c| matches!(c, ' ' | '-' | '\u{a0}' | '\u{2009}' | '\u{202f}'));
    let from = at + gap.map_or(0, char::len_utf8);
    let mut ends = Vec::new();
    let mut words = 0;
    let mut was_word = false;
    for (place, c) in text[from..].char_indices() {
        let is_word = c.is_alphanumeric() || matches!(c, '°' | '²' | '³' | 'µ' | '℃' | '℉' | 'º');
        if was_word && !is_word {
            ends.push(from + place);
            words += 1;
        }
        if matches!(c, '"' | '”' | '″' | '\'' | '′' | '’' | '%') && place == 0 {
            ends.push(from + c.len_utf8());
            break;
        }
        if words >= MAX_UNIT_WORDS || !(is_word || matches!(c, ' ' | '-' | '.' | '/' | '·' | '⋅')) {
            break;
        }
        was_word = is_word;
        if is_word && from + place + c.len_utf8() == text.len() {
            ends.push(text.len());
        }
    }
    let from_gap = gap.is_some();
    ends.into_iter().rev().find_map(|end| {
        let name = &text[from..end];
        let is_ambiguous = from_gap
            && matches!(name, "a" | "A" | "'" | "’" | "man" | "t" | "in" | "st" | "count" | "set")
            && text[end..].starts_with(' ')
            && text[end..].trim_start().starts_with(char::is_alphabetic);
        if is_ambiguous {
            None
        } else {
            Unit::parse(name).map(|unit| (end + weighting(text, end, unit), unit))
        }
    })
}

/// Where the words start that end this text and say what the number behind them counts: `pack of`, `seats`.
fn unit_before(text: &str) -> Option<(usize, Unit)> {
    let text = text.strip_suffix([' ', '\u{a0}'])?;
    LEADS.iter().find_map(|(lead, symbol)| {
        let start = text.len().checked_sub(lead.len())?;
        let spells = text.get(start..)?.eq_ignore_ascii_case(lead);
        let is_whole = !text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        (spells && is_whole).then(|| Some((start, Unit::parse(symbol)?))).flatten()
    })
}

/// The length of the weighting behind a sound level, `dB(A)`.
fn weighting(text: &str, end: usize, unit: Unit) -> usize {
    const WEIGHTING: &str = "(A)";
    let is_weighted = unit.dimension() == Dimension::Sound && text[end..].starts_with(WEIGHTING);
    if is_weighted { WEIGHTING.len() } else { 0 }
}

/// `5 ft 4 in`, `6'2"`, `1 lb 3 oz`, `1 h 30 min`: a second, smaller part of the same dimension.
fn with_smaller_part(text: &str, end: usize, first: Quantity) -> (usize, Quantity) {
    let has_parts = matches!(first.unit.symbol(), "ft" | "lb" | "h" | "min" | "st");
    let gap = text[end..].len() - text[end..].trim_start_matches([' ']).len();
    let second = has_parts.then(|| number_at_digit(text, end + gap)).flatten().and_then(|(after, value)| {
        unit_at(text, after).map(|(after, unit)| (after, Quantity::new(value, unit)))
    });
    match second {
        Some((after, part))
            if part.dimension() == first.dimension()
                && part.unit.to_base(1.0) < first.unit.to_base(1.0)
                && first.dimension() != Dimension::Temperature =>
        {
            let value = first.value + first.unit.of_base(part.base());
            (after, Quantity::new(value, first.unit))
        }
        _ => (end, first),
    }
}

fn number_at_digit(text: &str, at: usize) -> Option<(usize, f64)> {
    text.as_bytes().get(at).filter(|byte| byte.is_ascii_digit()).and_then(|_| number_at(text, at))
}
