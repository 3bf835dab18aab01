//! Facts in tables, definition lists and lists that are written out: `Refresh rate: 165 Hz`. They are what a shop would have kept as attributes if
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

/// So many names with values in a row are a list of facts; fewer may be a sentence with a colon.
const MIN_LISTED: usize = 3;
/// Longer names and values of such a list are prose.
const MAX_LISTED_NAME_WORDS: usize = 4;
const MAX_LISTED_VALUE_BYTES: usize = 80;
/// Words of one value, and of each of several.
const MAX_VALUE_WORDS: usize = 5;
const MAX_LISTED_VALUE_WORDS: usize = 3;
/// Marks between facts that stand on one line.
const BETWEEN: [&str; 3] = [". ", "; ", " | "];
/// Names before advice and not before a value, in small letters.
const ADVICE: [&str; 14] = [
    "achtung",
    "astuce",
    "attention",
    "caution",
    "consejo",
    "hinweis",
    "hint",
    "important",
    "nota",
    "note",
    "remarque",
    "tip",
    "tipp",
    "warning",
];

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

/// The facts of lists that are written out, on lines of their own or one behind the other: `Socket: AM5. Cores: 8. TDP: 105 W.`
pub(crate) fn listed_facts(lines: &[Line]) -> Vec<Fact> {
    let mut found: Vec<Fact> = Vec::new();
    let mut run: Vec<(&str, &str)> = Vec::new();
    let mut heading = "";
    let mut end = |run: &mut Vec<(&str, &str)>, heading: &str| {
        let basis = basis(heading);
        let room = MAX_FACTS.saturating_sub(found.len());
        for (name, value) in run.drain(..).filter(|(_, value)| is_value(value)).take(room) {
            let name = basis.map_or(name.to_owned(), |basis| format!("{name} ({basis})"));
            found.push(Fact { name, value: value.to_owned(), heading: heading.to_owned() });
        }
    };
    for line in lines {
        let is_prose = matches!(line.kind, LineKind::Paragraph | LineKind::Continuation | LineKind::Item);
        let whole = listed(&line.text).map(|_| line.text.as_str());
        for part in whole.into_iter().chain(parts(&line.text).filter(|_| whole.is_none())) {
            match listed(part).filter(|_| is_prose) {
                Some(fact) => run.push(fact),
                None => {
                    if run.len() >= MIN_LISTED {
                        end(&mut run, heading);
                    }
                    run.clear();
                    heading = if part.len() <= MAX_HEADING_BYTES { part } else { "" };
                }
            }
        }
    }
    if run.len() >= MIN_LISTED {
        end(&mut run, heading);
    }
    found
}

/// A line at the marks between facts.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mark = BETWEEN.iter().filter_map(|mark| Some((rest.find(mark)?, mark.len()))).min();
        let (part, behind) = mark.map_or((rest, ""), |(at, length)| (&rest[..at], &rest[at + length..]));
        rest = behind;
        Some(part.trim())
    })
}

/// Whether this is a value, or several, and no prose: `high beam 2 hours, low beam 5 hours` stays a sentence.
fn is_value(value: &str) -> bool {
    let words = |part: &str| part.split(' ').count();
    let parts: Vec<&str> = value.split(", ").collect();
    match parts.as_slice() {
        [one] => words(one) <= MAX_VALUE_WORDS,
        several => several.iter().all(|part| words(part) <= MAX_LISTED_VALUE_WORDS),
    }
}

/// A name with its value, where a part of a line is one.
fn listed(part: &str) -> Option<(&str, &str)> {
    let (name, value) = part.split_once(": ")?;
    let value = value.trim_end_matches('.').trim();
    let is_short_value =
        (1..=MAX_LISTED_VALUE_BYTES).contains(&value.len()) && !value.contains([':', '?', '!']);
    let is_short = name.split(' ').count() <= MAX_LISTED_NAME_WORDS;
    let is_advice = ADVICE.contains(&name.to_lowercase().as_str());
    let is_sentence = name.split(". ").skip(1).any(|part| part.starts_with(char::is_uppercase));
    (is_name(name) && is_short && is_short_value && !is_advice && !is_sentence).then_some((name, value))
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

    fn shown(text: &str) -> Vec<String> {
        let (_, facts) = plain_with_facts(text);
        facts.iter().map(|fact| format!("{}={}", fact.name, fact.value)).collect()
    }

    #[test]
    fn finds_facts_in_lists_that_are_written_out() {
        let bullets =
            "<p>A quick one.</p><ul><li>Ports: 8</li><li>Fan: No</li><li>Max. speed: 2.5 Gbit/s</li></ul>";
        assert_eq!(shown(bullets), ["Ports=8", "Fan=No", "Max. speed=2.5 Gbit/s"]);
        let running =
            "Fits most desks. Height: 72 cm. Load: 80 kg. Colour: oak, white. Made in a small shop.";
        assert_eq!(shown(running), ["Height=72 cm", "Load=80 kg", "Colour=oak, white"]);
        assert_eq!(
            shown("Nutrition per 100 g\nFat: 2 g\nSugars: 1 g\nSalt: 0.1 g")[1],
            "Sugars (per 100 g)=1 g"
        );
        assert_eq!(shown("Fat: 2 g; Sugars: 1 g; Salt: 0.1 g").len(), 3);
        let modes = "Weight: 90 g. Run time: high beam 2 hours, low beam 5 hours. Mount: bar. Charging: full in 4 hours with the charger.";
        assert_eq!(shown(modes), ["Weight=90 g", "Mount=bar"]);
    }

    #[test]
    fn a_sentence_with_a_colon_is_no_fact() {
        assert!(shown("One thing: it is loud. Another: it is heavy. We ship on Mondays.").is_empty());
        assert!(shown("Note: keep dry. Tip: wash cold. Warning: hot.").is_empty());
        assert!(shown("S: 90 cm. M: 100 cm. L: 110 cm.").is_empty());
    }

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
