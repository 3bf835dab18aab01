//! `name=value,name=value`: how Magento packs many attributes into one field.
//!
//! A value may hold commas. It stands in quotes then, or what follows the comma is no `name=` and so belongs to the
//! value before it, which is how Magento itself reads it. Values of a list stand apart by `|`.

use crate::html_text::plain;

/// The variants that a configurable product names: the SKU of each and its options, in order.
pub(super) struct Link {
    pub(super) sku: String,
    pub(super) options: Vec<(String, String)>,
}

/// Names and values of a field, in order; names in lower case. Of two values of one name the later one holds.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for piece in pieces(text) {
        match piece.split_once('=').filter(|(name, _)| is_name(name.trim())) {
            Some((name, value)) => {
                let name = name.trim().to_lowercase();
                match pairs.iter().position(|(known, _)| *known == name) {
                    // What follows a comma and is no name goes on with the last value, so that has to stand last.
                    Some(place) => pairs[place..].rotate_left(1),
                    None => pairs.push((name, String::new())),
                }
                if let Some((_, last)) = pairs.last_mut() {
                    value.clone_into(last);
                }
            }
            None => {
                if let Some((_, value)) = pairs.last_mut() {
                    value.push(',');
                    value.push_str(piece);
                }
            }
        }
    }
    pairs
}

/// The values of one attribute as plain text.
pub(super) fn values(text: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (value, after) = match rest.strip_prefix('"').and_then(quoted) {
            Some((value, after)) => (value, after.trim_start().strip_prefix('|').unwrap_or("")),
            None => {
                let (value, after) = rest.split_once('|').unwrap_or((rest, ""));
                (value.to_owned(), after)
            }
        };
        let value = plain(&value);
        if !value.is_empty() {
            values.push(value);
        }
        rest = after.trim();
    }
    values
}

/// The variants of `configurable_variations`: `sku=A-S,size=S|sku=A-M,size=M`.
pub(super) fn variations(text: &str) -> Vec<Link> {
    text.split('|')
        .filter_map(|variation| {
            let mut sku = String::new();
            let mut options = Vec::new();
            for (name, value) in pairs(variation) {
                let value = values(&value).join(", ");
                match name.as_str() {
                    "sku" => sku = value,
                    "default" | "price" | "position" => {}
                    _ if value.is_empty() => {}
                    _ => options.push((name, value)),
                }
            }
            (!sku.is_empty()).then_some(Link { sku, options })
        })
        .collect()
}

/// The pieces between commas that stand outside quotes. A quote counts only at the start of a value, so that the mark
/// for inches does not.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let bytes = text.as_bytes();
    let (mut start, mut place) = (0, 0);
    while place < bytes.len() {
        match bytes[place] {
            b',' => {
                pieces.push(&text[start..place]);
                start = place + 1;
            }
            b'"' if place > 0 && matches!(bytes[place - 1], b'=' | b'|') => {
                if let Some((_, after)) = quoted(&text[place + 1..]) {
                    place = text.len() - after.len();
                    continue;
                }
            }
            _ => {}
        }
        place += 1;
    }
    pieces.push(&text[start..]);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// The text up to the closing quote, doubled ones being one of the text, and what follows it. A quote closes only
/// before a separator or the end.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        value.push_str(before);
        if let Some(doubled) = after.strip_prefix('"') {
            value.push('"');
            rest = doubled;
        } else if after.is_empty() || after.starts_with([',', '|']) {
            return Some((value, after));
        } else {
            value.push('"');
            rest = after;
        }
    }
}

/// Whether this can be the code of an attribute.
fn is_name(text: &str) -> bool {
    const MAX_NAME: usize = 60;
    !text.is_empty()
        && text.len() <= MAX_NAME
        && text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let pairs = pairs(text);
        let shown: Vec<(&str, String)> =
            pairs.iter().map(|(name, value)| (name.as_str(), values(value).join(" / "))).collect();
        let expected: Vec<(&str, String)> =
            expected.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn reads_names_values_and_lists() {
        check("size=XS,Color=Black", &[("size", "XS"), ("color", "Black")]);
        check(
            "climate=Cool|Windy,eco=Yes,empty=",
            &[("climate", "Cool / Windy"), ("eco", "Yes"), ("empty", "")],
        );
    }

    #[test]
    fn keeps_commas_in_values() {
        check("care=Wash cold, dry flat,size=M", &[("care", "Wash cold, dry flat"), ("size", "M")]);
        check("care=\"Cold, size=any\",size=M", &[("care", "Cold, size=any"), ("size", "M")]);
        check("a=\"say \"\"hi\"\", you\"|\"b, c\"", &[("a", "say \"hi\", you / b, c")]);
    }

    #[test]
    fn keeps_marks_for_inches() {
        check("screen=15.6\",depth=\"11\"\" deep\"", &[("screen", "15.6\""), ("depth", "11\" deep")]);
        check("screen=\"15, never closed", &[("screen", "\"15, never closed")]);
    }
}
