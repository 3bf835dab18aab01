//! Whom shoppers want goods for, and what shops call such people, from `persons_en.txt`.

use std::sync::LazyLock;

static PERSONS: LazyLock<Vec<Row>> = LazyLock::new(|| parse(include_str!("persons_en.txt")));

/// People whom shops call by the same names.
#[derive(Debug)]
struct Row {
    audiences: Vec<&'static str>,
    persons: Vec<&'static str>,
    ages: Option<(f64, f64)>,
}

/// What shops call a person, the nearest first; empty for a word that is none.
pub(crate) fn audiences(person: &str) -> &'static [&'static str] {
    PERSONS.iter().find(|row| row.persons.contains(&person)).map_or(&[], |row| row.audiences.as_slice())
}

/// What shops call people of so many years; empty for grown-ups.
pub(crate) fn audiences_of_age(years: f64) -> &'static [&'static str] {
    let is_within = |row: &&Row| row.ages.is_some_and(|(first, last)| (first..=last).contains(&years));
    PERSONS.iter().find(is_within).map_or(&[], |row| row.audiences.as_slice())
}

/// Whether a name of a category says for whom goods are.
pub(crate) fn is_audience(name: &str) -> bool {
    let name = name.to_lowercase().replace(['\'', '’'], "");
    let is_called = |audience: &str| {
        let singular = name.strip_suffix('s').unwrap_or(&name);
        audience == name || audience == singular
    };
    name == "unisex"
        || name == "baby"
        || PERSONS.iter().flat_map(|row| &row.audiences).any(|own| is_called(own))
}

fn parse(lines: &'static str) -> Vec<Row> {
    let list = |text: &'static str| text.split(',').map(str::trim).collect::<Vec<_>>();
    let rows = lines.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'));
    rows.map(|(names, rest)| match names.strip_prefix("age ") {
        Some(names) => {
            let years: Vec<f64> = list(rest).iter().filter_map(|year| year.parse().ok()).collect();
            let ages = years.first().copied().zip(years.last().copied());
            Row { audiences: list(names), persons: Vec::new(), ages }
        }
        None => Row { audiences: list(names), persons: list(rest), ages: None },
    })
    .collect()
}
