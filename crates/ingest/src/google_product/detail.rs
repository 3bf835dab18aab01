//! The technical data of an item: `product_detail` as elements or as text.

use std::borrow::Cow;

/// One line of the technical data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Detail<'e> {
    /// The heading that it stands under, such as `Display`.
    pub(crate) section: &'e str,
    /// Such as `Diagonal`.
    pub(crate) name: &'e str,
    /// Such as `15.6 in`.
    pub(crate) value: &'e str,
}

/// The name that each detail gets as an attribute, and its value. Two sections may use one name for different things
/// (`Battery: Capacity`, `Memory: Capacity`); from the second section on the name of the section is put before it.
pub(super) fn named<'d, 'e>(
    details: &'d [Detail<'e>],
) -> impl Iterator<Item = (Cow<'e, str>, &'e str)> + use<'d, 'e> {
    details.iter().map(|detail| {
        let first = details.iter().find(|other| other.name.eq_ignore_ascii_case(detail.name));
        let is_other_section = first.is_some_and(|first| !first.section.eq_ignore_ascii_case(detail.section))
            && !detail.section.is_empty();
        let name = match is_other_section {
            true => Cow::Owned(format!("{} {}", detail.section, detail.name)),
            false => Cow::Borrowed(detail.name),
        };
        (name, detail.value)
    })
}

/// The details of a table's field: `Section:Name:Value`, several parted by commas. A part with fewer than two colons
/// goes on with the value before it, since values may list several with commas; one in quotation marks is whole. The
/// section may be left blank or out. A backslash takes the meaning from the sign behind it.
pub(crate) fn details_of_text(text: &str) -> Vec<Detail<'_>> {
    let mut details: Vec<Detail<'_>> = Vec::new();
    let mut value_starts = 0;
    for (start, end) in parts(text) {
        let (start, end) = unquoted(text, start, end);
        let colons: Vec<usize> =
            unescaped(&text[start..end], ':').take(2).map(|place| start + place).collect();
        let detail = match colons[..] {
            [first, second] => {
                value_starts = second + 1;
                Detail { section: text[start..first].trim(), name: text[first + 1..second].trim(), value: "" }
            }
            [only] if details.is_empty() => {
                value_starts = only + 1;
                Detail { section: "", name: text[start..only].trim(), value: "" }
            }
            _ => {
                if let Some(last) = details.last_mut() {
                    last.value = text[value_starts..end].trim();
                }
                continue;
            }
        };
        details.push(Detail { value: text[value_starts..end].trim(), ..detail });
    }
    details.retain(|detail| !detail.name.is_empty() && !detail.value.is_empty());
    details
}

/// Where the parts between commas start and end. A part that starts with a quotation mark goes up to the one before a
/// comma or the end.
fn parts(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    unescaped(text, ',').chain([text.len()]).filter_map(move |end| {
        let part = text[start..end].trim();
        let is_open = part.starts_with('"') && (part.len() < 2 || !part.ends_with('"'));
        if is_open && end < text.len() && text[end..].contains('"') {
            return None;
        }
        let part = (start, end);
        start = (end + 1).min(text.len());
        Some(part)
    })
}

/// The part without the quotation marks around it.
fn unquoted(text: &str, start: usize, end: usize) -> (usize, usize) {
    let part = &text[start..end];
    let trimmed = part.trim();
    match trimmed.len() > 1 && trimmed.starts_with('"') && trimmed.ends_with('"') {
        true => {
            let before = part.len() - part.trim_start().len();
            (start + before + 1, start + before + trimmed.len() - 1)
        }
        false => (start, end),
    }
}

/// The text without the backslashes that only took the meaning from a sign.
pub(super) fn unescaped_text(text: &str) -> Cow<'_, str> {
    match text.contains('\\') {
        true => Cow::Owned(text.replace("\\,", ",").replace("\\:", ":").replace("\\\\", "\\")),
        false => Cow::Borrowed(text),
    }
}

/// Where a sign stands without a backslash before it.
fn unescaped(text: &str, sign: char) -> impl Iterator<Item = usize> {
    text.match_indices(sign).map(|(place, _)| place).filter(move |place| !text[..*place].ends_with('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let found: Vec<_> = details_of_text(text).iter().map(|d| (d.section, d.name, d.value)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_details_of_tables() {
        check("General:Product type:Digital player", &[("General", "Product type", "Digital player")]);
        check(
            "Details:climate:Cool, Windy,Display:Resolution:432 x 240",
            &[("Details", "climate", "Cool, Windy"), ("Display", "Resolution", "432 x 240")],
        );
        check(
            "A:Voltage:18 V,\"A:Speed:0-500 / 0-2,000 rpm\",A:Drive:1/2\",\":Inks:Cyan, red\"",
            &[
                ("A", "Voltage", "18 V"),
                ("A", "Speed", "0-500 / 0-2,000 rpm"),
                ("A", "Drive", "1/2\""),
                ("", "Inks", "Cyan, red"),
            ],
        );
        check(":Weight:1\\,5 kg", &[("", "Weight", "1\\,5 kg")]);
        check("Voltage:230 V", &[("", "Voltage", "230 V")]);
        check("nothing", &[]);
        check("", &[]);
    }

    #[test]
    fn puts_the_section_before_a_name_that_stands_twice() {
        let details = details_of_text("Battery:Capacity:5 Ah,Memory:Capacity:8 GB");
        let names: Vec<_> = named(&details).map(|(name, _)| name.into_owned()).collect();
        assert_eq!(names, ["Capacity", "Memory Capacity"]);
    }
}
