//! `custom_options`: what a buyer may choose or write for a product, such as a gift wrap or an engraving.

use commerce::Attribute;

use super::pairs;
use crate::row::attribute;

/// The name under which what a buyer writes is stated.
const WRITTEN: &str = "Customization";

/// One attribute for each choice, with what there is to choose, and one that names what the buyer writes:
/// `name=Wrap,type=drop_down,…,option_title=Red|name=Wrap,…,option_title=Blue|name=Engraving,type=field,…`.
pub(super) fn attributes(text: &str) -> Vec<Attribute> {
    let mut choices: Vec<(String, Vec<String>)> = Vec::new();
    for option in text.split('|') {
        let (mut name, mut title) = (String::new(), String::new());
        for (key, value) in pairs::pairs(option) {
            match key.as_str() {
                "name" => name = pairs::values(&value).join(", "),
                "option_title" => title = pairs::values(&value).join(", "),
                _ => {}
            }
        }
        let (key, value) = if title.is_empty() { (WRITTEN.to_owned(), name) } else { (name, title) };
        if key.is_empty() || value.is_empty() {
            continue;
        }
        match choices.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => choices.push((key, vec![value])),
        }
    }
    choices.iter().filter_map(|(name, values)| attribute(name, values.iter().map(String::as_str))).collect()
}
