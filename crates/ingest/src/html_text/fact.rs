//! Facts in tables and definition lists: `Refresh rate: 165 Hz`. They are what a shop would have kept as attributes if
//! its system had had a place for them.

use commerce::Attributes;

use super::{Line, LineKind};
use crate::row::attribute;

/// Facts of one text.
const MAX_FACTS: usize = 200;
/// Longer names are sentences.
const MAX_NAME_BYTES: usize = 60;
/// Longer values are prose.
const MAX_VALUE_BYTES: usize = 160;
/// A longer line above a table is no heading.
const MAX_HEADING_BYTES: usize = 80;

/// Words before what all values of a table are for: `per 100 g`, `je 100 g`, `par portion`.
const BASES: [&str; 6] = ["per", "pro", "je", "par", "por", "à"];

/// Names that have a place of their own in every format, as keys.
const NOT_STATED: [&str; 12] = [
    "article_number",
    "artikelnummer",
    "availability",
    "brand",
    "ean",
    "gtin",
    "mpn",
    "preis",
    "price",
    "sku",
    "stock",
    "upc",
];

/// One fact.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) value: String,
    /// The line above the table; empty where there is none.
    pub(crate) heading: String,
}

/// The facts among lines.
pub(crate) fn facts(lines: &[Line]) -> Vec<Fact> {
    let mut heading = "";
    let mut facts = Vec::new();
    for line in lines {
        if line.kind != LineKind::Fact {
            heading = if line.text.len() <= MAX_HEADING_BYTES { &line.text } else { "" };
        } else if facts.len() < MAX_FACTS
            && let Some((name, value)) = line.text.split_once(": ")
            && is_name(name)
            && value.len() <= MAX_VALUE_BYTES
        {
            let name = basis(heading).map_or(name.to_owned(), |basis| format!("{name} ({basis})"));
            facts.push(Fact { name, value: value.to_owned(), heading: heading.to_owned() });
        }
    }
    facts
}

/// States facts that are not stated yet.
pub(crate) fn state(facts: &[Fact], attributes: &mut Attributes) {
    for fact in facts {
        if let Some(read) = attribute(&fact.name, [fact.value.as_str()])
            && attributes.find(&read.key).is_none()
            && !NOT_STATED.contains(&read.key.as_str())
        {
            attributes.add(read);
        }
    }
}

/// Whether this can be the name of a property; the sizes of a size chart are none, nor are numbers.
fn is_name(name: &str) -> bool {
    let is_size = name.trim_start_matches(['X', 'x', '2', '3', '4', '5']).len() <= 1;
    (2..=MAX_NAME_BYTES).contains(&name.len())
        && !is_size
        && name.starts_with(char::is_alphabetic)
        && !name.ends_with(['?', '!', '.'])
}

/// What the values below a heading are for: `Nutrition per 100 g` gives `per 100 g`.
fn basis(heading: &str) -> Option<&str> {
    let mut place = 0;
    heading.split(' ').find_map(|word| {
        let start = place;
        place += word.len() + 1;
        let is_basis = start > 0 && BASES.contains(&word) && place < heading.len();
        is_basis.then(|| heading[start..].trim_end_matches([':', ' ', ')']))
    })
}

#[cfg(test)]
mod tests {
    use super::super::plain_with_facts;

    #[test]
    fn finds_facts_in_tables_and_definition_lists() {
        let html = "<p>Fast.</p><h3>Nutrition per 100 g</h3><table><tr><td>Fat</td><td>1.3 g</td></tr>\
            <tr><td>38</td><td>24 cm</td></tr><tr><td>XL</td><td>100 cm</td></tr></table>\
            <h3>Technical data</h3><dl><dt>Panel</dt><dd>27&Prime; IPS</dd><dt>Loud?</dt><dd>No.</dd></dl>\
            <table><thead><tr><th>Feature</th><th>Value</th></tr></thead><tr><td>Hub</td><td>3 ports</td></tr></table>\
            <table><tr><th>Size</th><th>Chest</th></tr><tr><td>Small</td><td>90 cm</td></tr></table>";
        let (_, facts) = plain_with_facts(html);
        let shown: Vec<String> = facts.iter().map(|fact| format!("{}={}", fact.name, fact.value)).collect();
        assert_eq!(shown, ["Fat (per 100 g)=1.3 g", "Panel=27″ IPS", "Hub=3 ports"]);
    }
}
