//! The highlights of a table's field, parted by commas. One that holds a comma itself should stand in quotation marks or
//! have `\` before it; many do not, so a comma parts two highlights only where both sides can be one.

use std::borrow::Cow;

/// Words of the shortest highlight; what has fewer goes on with a list: `Comes in Red, Blue, Green`.
const MIN_WORDS: usize = 2;

/// The highlights, in order.
pub(super) fn highlights(text: &str) -> Vec<Cow<'_, str>> {
    let parts = if text.starts_with('"') || opening(text).is_some() { quoted(text) } else { bare(text) };
    let parts = parts.into_iter().map(|part| part.trim().trim_matches('"').trim());
    parts
        .filter(|part| !part.is_empty())
        .map(|part| match part.contains("\\,") {
            true => Cow::Owned(part.replace("\\,", ",")),
            false => Cow::Borrowed(part),
        })
        .collect()
}

/// The comma before the first quotation mark that opens a highlight behind another.
fn opening(text: &str) -> Option<usize> {
    let commas = text.match_indices(',').map(|(place, _)| place);
    commas.into_iter().find(|place| text[place + 1..].trim_start().starts_with('"'))
}

/// Highlights of which some are quoted. The reader of the table has taken the marks of the first one, where the field
/// begins with it.
fn quoted(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = match rest.strip_prefix('"') {
            Some(inner) => inner.find('"').map_or(rest.len(), |end| end + 2),
            None => opening(rest).unwrap_or(rest.len()),
        };
        parts.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(|c: char| c == ',' || c.is_whitespace());
    }
    parts
}

/// Highlights without quotation marks: the comma before a capital letter parts them.
fn bare(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    let mut start = 0;
    let is_parting = |place: &usize| {
        !text[..*place].ends_with('\\') && text[place + 1..].trim_start().starts_with(char::is_uppercase)
    };
    let commas: Vec<usize> = text.match_indices(',').map(|(place, _)| place).filter(is_parting).collect();
    for (at, place) in commas.iter().enumerate() {
        let next = commas.get(at + 1).copied().unwrap_or(text.len());
        if words(&text[start..*place]) >= MIN_WORDS && words(&text[place + 1..next]) >= MIN_WORDS {
            parts.push(&text[start..*place]);
            start = place + 1;
        }
    }
    parts.push(&text[start..]);
    parts
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count()
}

#[cfg(test)]
mod tests {
    use super::highlights;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(highlights(text), expected, "{text}");
    }

    #[test]
    fn parts_highlights_and_leaves_lists_inside_them() {
        check("Machine washable, Quick drying", &["Machine washable", "Quick drying"]);
        check(
            "Comes in Red, Blue, Green, Packs into its own pocket",
            &["Comes in Red, Blue, Green", "Packs into its own pocket"],
        );
        check("Works with Wi-Fi 5, Wi-Fi 6", &["Works with Wi-Fi 5, Wi-Fi 6"]);
        check("Steel, oak and glass", &["Steel, oak and glass"]);
        check("Runs on gas\\, Wood and coal", &["Runs on gas, Wood and coal"]);
    }

    #[test]
    fn takes_quotation_marks_at_their_word() {
        check(
            "\"Fits 5, 6 and 7\",\"Made in Portugal, Spain\"",
            &["Fits 5, 6 and 7", "Made in Portugal, Spain"],
        );
        // As the reader of a tab separated table hands it over.
        check(
            "Fits Sizes 5, Large 6,\"Made in Portugal, Spain\", \"Two\"",
            &["Fits Sizes 5, Large 6", "Made in Portugal, Spain", "Two"],
        );
        check("A 15\" screen, Two speakers", &["A 15\" screen", "Two speakers"]);
        check("\"Never closed, Not once", &["Never closed, Not once"]);
        check("", &[]);
    }
}
