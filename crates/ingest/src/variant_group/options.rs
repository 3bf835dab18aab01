//! Which properties of the rows of a group are options.

use std::collections::HashSet;

use super::{Choice, FlatRow, title};

/// Longer texts describe a variant; they do not name a choice.
const MAX_CHOICE_CHARS: usize = 40;

/// The options of each row, in the order in which its title names them, else in the order of the feed.
///
/// A choice is an option where the rows differ in it, where a title names it behind the product's own (`Hoodie - XS,
/// Black`), or where there is one row only, so that nothing can be compared. Where that leaves two rows with the same
/// options, attributes in which the rows differ are taken in as well, as many as it needs.
pub(super) fn choose(rows: &[FlatRow]) -> Vec<Vec<(String, String)>> {
    let mut chosen: Vec<Vec<(String, String)>> = rows.iter().map(of_title).collect();
    for key in keys(rows) {
        let is_option = rows.len() == 1 && rows.iter().all(|row| is_usual(row, key))
            || differs(rows, key)
            || chosen.iter().any(|options| options.iter().any(|(named, _)| named == key));
        if !is_option {
            continue;
        }
        for (row, options) in rows.iter().zip(&mut chosen) {
            if let Some(choice) = row.choices.iter().find(|choice| choice.key == key)
                && !options.iter().any(|(named, _)| named == key)
            {
                options.push((key.to_owned(), choice.text.clone()));
            }
        }
    }
    take_in_attributes(rows, &mut chosen);
    chosen
}

/// The choices that the row's title names.
fn of_title(row: &FlatRow) -> Vec<(String, String)> {
    let named = title::split(&row.title, &row.choices).map(|(_, named)| named).unwrap_or_default();
    named.into_iter().map(|choice| (choice.key.to_owned(), choice.text.clone())).collect()
}

fn keys(rows: &[FlatRow]) -> Vec<&'static str> {
    let mut keys = Vec::new();
    for choice in rows.iter().flat_map(|row| &row.choices) {
        if !keys.contains(&choice.key) {
            keys.push(choice.key);
        }
    }
    keys
}

fn text_of<'r>(row: &'r FlatRow, key: &str) -> Option<&'r str> {
    row.choices.iter().find(|choice| choice.key == key).map(|choice| choice.text.as_str())
}

fn is_usual(row: &FlatRow, key: &str) -> bool {
    row.choices.iter().any(|choice: &Choice| choice.key == key && choice.is_usual)
}

fn differs(rows: &[FlatRow], key: &str) -> bool {
    let first = rows.first().and_then(|row| text_of(row, key));
    rows.iter().any(|row| text_of(row, key) != first)
}

/// Adds attributes as options until no two rows have the same ones, or none is left that helps.
fn take_in_attributes(rows: &[FlatRow], chosen: &mut [Vec<(String, String)>]) {
    let Some(first) = rows.first() else { return };
    let mut distinct = count_distinct(chosen);
    for key in first.attributes.iter().map(|attribute| attribute.key.as_str()) {
        if distinct == rows.len() {
            return;
        }
        let Some(texts) = attribute_texts(rows, key) else { continue };
        for (options, text) in chosen.iter_mut().zip(texts) {
            options.push((key.to_owned(), text));
        }
        let with_it = count_distinct(chosen);
        if with_it == distinct {
            for options in chosen.iter_mut() {
                options.pop();
            }
        }
        distinct = with_it.max(distinct);
    }
}

/// The one short value that each row has of an attribute; `None` where a row has none or several.
fn attribute_texts(rows: &[FlatRow], key: &str) -> Option<Vec<String>> {
    let text = |row: &FlatRow| match row.attributes.find(key)?.values.as_slice() {
        [only] => Some(only.display()).filter(|text| text.chars().count() <= MAX_CHOICE_CHARS),
        _ => None,
    };
    rows.iter().map(text).collect()
}

fn count_distinct(chosen: &[Vec<(String, String)>]) -> usize {
    chosen.iter().collect::<HashSet<_>>().len()
}
