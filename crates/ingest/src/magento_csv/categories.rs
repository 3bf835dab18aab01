//! `Default Category/Men/Tops,Default Category/Sale`: the category paths of a Magento row.

use commerce::CategoryPath;

use crate::table_product::without_ancestors;

/// The root of a shop that was never given another.
const DEFAULT_ROOT: &str = "Default Category";

/// The paths without the root of the shop's tree and without those that only lead to another one.
pub(super) fn paths(text: &str) -> Vec<CategoryPath> {
    // Shops may set `|` as the sign between values.
    let separator = if text.contains('|') { '|' } else { ',' };
    let written: Vec<Vec<String>> = split(text, separator).iter().map(|path| split(path, '/')).collect();
    let roots: Vec<&str> = written
        .iter()
        .filter(|names| names.len() > 1)
        .filter_map(|names| names.first())
        .map(String::as_str)
        .collect();
    let below_root = written.iter().map(|names| match names.as_slice() {
        [only] if only == DEFAULT_ROOT || roots.contains(&only.as_str()) => &[],
        [_, below @ ..] if !below.is_empty() => below,
        names => names,
    });
    without_ancestors(below_root.filter_map(CategoryPath::new))
}

/// The parts between separators; `\` before a separator makes it part of a name, and so does a space behind a comma.
fn split(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let is_escape = letter == '\\' && next == Some(separator);
        if is_escape {
            letters.next();
            parts.last_mut().expect("there is always one part").push(separator);
        } else if letter == separator && !(separator == ',' && next == Some(' ')) {
            parts.push(String::new());
        } else {
            parts.last_mut().expect("there is always one part").push(letter);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = paths(text).iter().map(CategoryPath::to_string).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn drops_the_root_and_what_only_leads_on() {
        check("Default Category/Men/Tops,Default Category/Eco,Default Category", &["Men > Tops", "Eco"]);
        check("Shop/Gear,Shop/Gear/Bags,Shop", &["Gear > Bags"]);
        check("Bags", &["Bags"]);
        check("Default Category/Gear|Default Category/Gear/Bags, small", &["Gear > Bags, small"]);
        check("", &[]);
    }

    #[test]
    fn keeps_separators_inside_names() {
        check("Root/Hats\\, caps,Root/In\\/out", &["Hats, caps", "In/out"]);
        check("Root/Hats, caps", &["Hats, caps"]);
    }
}
