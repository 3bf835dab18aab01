//! The text of single WooCommerce fields.

use commerce::{CategoryPath, Quantity};

use super::header_table::NO_CATEGORY;
use crate::html_text::{Fact, plain, plain_with_facts};
use crate::table_product::{short_and_long, without_ancestors};

/// A field without the apostrophe that keeps spreadsheets from taking it for a formula or a number.
pub(super) fn unprotected(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| "=+-@".contains(c) || c.is_ascii_digit()) => rest,
        _ => text,
    }
}

/// Text as one line.
pub(super) fn line(text: &str) -> String {
    plain(unprotected(text)).replace('\n', " ")
}

/// The short and the long description. Line breaks count, and the export writes them as `\n`.
pub(super) fn description(short: &str, long: &str) -> (String, Vec<Fact>) {
    let text = |text: &str| {
        let text = unprotected(text).replace("\\n", "\n");
        let text = if text.contains('<') { text.replace('\n', "<br>\n") } else { text };
        plain_with_facts(&text)
    };
    let ((short, mut facts), (long, more)) = (text(short), text(long));
    facts.extend(more);
    (short_and_long(short, long), facts)
}

/// The parts of a list; a comma behind `\` is part of a name.
pub(super) fn list(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = unprotected(text).chars().peekable();
    while let Some(letter) = letters.next() {
        let is_comma = letter == '\\' && letters.peek() == Some(&',');
        let part = parts.last_mut().expect("there is always one part");
        if is_comma {
            letters.next();
            part.push(',');
        } else if letter == ',' {
            parts.push(String::new());
        } else {
            part.push(letter);
        }
    }
    parts.iter().map(|part| plain(part)).filter(|part| !part.is_empty()).collect()
}

/// The values of an attribute. A comma between digits belongs to the number where what follows is a measure: `0,3 l`.
pub(super) fn values(text: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in list(text) {
        let joined = values.last().map(|last| format!("{last},{value}"));
        let is_one = |joined: &String| text.contains(joined.as_str()) && Quantity::parse(joined).is_some();
        match joined.filter(is_one) {
            Some(joined) => *values.last_mut().expect("it was joined to the last") = joined,
            None => values.push(value),
        }
    }
    values
}

/// Addresses of pictures. They stand apart by a comma and a space, so that a comma inside an address stays.
pub(super) fn images(text: &str) -> Vec<String> {
    let parts: Vec<&str> = if text.contains(", ") || text.matches("://").count() < 2 {
        text.split(", ").collect()
    } else {
        text.split([',', '|']).collect()
    };
    let mut images: Vec<String> = Vec::new();
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        if !images.iter().any(|image| image == part) {
            images.push(part.to_owned());
        }
    }
    images
}

/// `Clothing > Tees, Sale`: the paths without those that only lead to another one.
pub(super) fn categories(text: &str) -> Vec<CategoryPath> {
    let paths = list(text).into_iter().filter_map(|path| CategoryPath::parse(&path, '>'));
    let is_named = |path: &CategoryPath| !NO_CATEGORY.contains(&path.leaf().to_lowercase().as_str());
    without_ancestors(paths.filter(is_named))
}

/// A number with either decimal sign.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = if text.contains('.') { text.to_owned() } else { text.replace(',', ".") };
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_lists_at_commas_that_are_not_escaped() {
        assert_eq!(list("Red, Blue"), ["Red", "Blue"]);
        assert_eq!(list("Steel 430\\, stainless, Oak"), ["Steel 430, stainless", "Oak"]);
        let paths: Vec<String> =
            categories("Home, Home > Hats\\, caps, Uncategorized").iter().map(ToString::to_string).collect();
        assert_eq!(paths, ["Home > Hats, caps"]);
    }

    #[test]
    fn leaves_decimal_commas_in_measures() {
        assert_eq!(values("0,3 l"), ["0,3 l"]);
        assert_eq!(values("1,5 kg, 2,5 kg"), ["1,5 kg", "2,5 kg"]);
        assert_eq!(values("38,39,40"), ["38", "39", "40"]);
        assert_eq!(values("250 g, 1 kg"), ["250 g", "1 kg"]);
    }

    #[test]
    fn reads_descriptions_with_written_line_breaks() {
        let description = |short, long| description(short, long).0;
        assert_eq!(description("Short.", "One.\\n\\n<b>Two</b>\\nthree"), "Short.\nOne.\nTwo\nthree");
        assert_eq!(description("Same.", "Same. And more."), "Same. And more.");
    }

    #[test]
    fn reads_numbers_with_either_sign() {
        assert_eq!(number("0,5"), Some(0.5));
        assert_eq!(number(".5"), Some(0.5));
        assert_eq!(number("heavy"), None);
    }
}
