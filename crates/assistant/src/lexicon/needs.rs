//! What weather and circumstances ask of goods, from `needs_en.txt`; its head says what the lines mean.

use std::collections::HashSet;
use std::sync::LazyLock;

use commerce::Dimension;

use super::{stem_list, stems};
use crate::climate::Normal;
use crate::request::{Focus, Form, Term};

static NEEDS: LazyLock<Vec<Need>> = LazyLock::new(|| parse(include_str!("needs_en.txt")));

/// How hard something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// It is good to have.
    Wish,
    /// It does not do without.
    Must,
}

/// Something that is asked of goods, such as warmth.
#[derive(Clone, Debug, Default)]
pub(crate) struct Need {
    pub(crate) name: String,
    pub(crate) label: String,
    /// Stems of phrases by which a shopper asks for it.
    pub(crate) asked: Vec<String>,
    when: Vec<When>,
    /// What states it, as a question that a sentence can take a side in; `some`: what only speaks for it.
    pub(crate) told: Focus,
    pub(crate) some: Focus,
    /// The first stems of all these phrases: a text without any of them says nothing of it.
    pub(crate) leads: HashSet<String>,
    /// Stems of words in the names of attributes that list weathers.
    pub(crate) keys: Vec<String>,
    /// Values of such attributes, as stems.
    pub(crate) tags: Vec<String>,
    pub(crate) mild: Vec<String>,
    pub(crate) others: Vec<String>,
    pub(crate) measured: Vec<Measure>,
    /// Words for goods that meet it.
    pub(crate) wear: Vec<String>,
}

/// A condition on the weather.
#[derive(Clone, Debug, PartialEq)]
struct When {
    figure: String,
    is_at_least: bool,
    limit: f64,
    grade: Grade,
}

/// A measure that states a need.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Measure {
    /// `None` for a plain number.
    pub(crate) dimension: Option<Dimension>,
    pub(crate) is_at_least: bool,
    /// In the base unit; `None` for the mean low.
    pub(crate) limit: Option<f64>,
    /// Stems of phrases one of which the row has to have, the best first.
    pub(crate) about: Vec<String>,
    /// Whether the contrary speaks against it.
    pub(crate) denies: bool,
    /// Whether it settles the need.
    pub(crate) settles: bool,
}

impl Need {
    /// How hard a weather asks for it, with the condition as it is told.
    pub(crate) fn asked_by(&self, normal: &Normal) -> Option<(Grade, String)> {
        let holds = |when: &&When| {
            let figure = normal.figure(&when.figure);
            figure.is_some_and(
                |figure| if when.is_at_least { figure >= when.limit } else { figure <= when.limit },
            )
        };
        let when = self.when.iter().find(holds)?;
        let unit = match when.figure.as_str() {
            "wet" => " wet days",
            "snow" => " days with snow",
            "rain" => " mm of rain",
            _ => " °C",
        };
        let side = if when.is_at_least { "or more" } else { "or less" };
        let figure = match when.figure.as_str() {
            "mean" => "a mean of high and low of ",
            "high" => "a mean high of ",
            "low" => "a mean low of ",
            _ => "",
        };
        Some((when.grade, format!("{figure}{}{unit} {side} asks for {}", when.limit, self.label)))
    }
}

/// The need of a name.
pub(crate) fn by_name(name: &str) -> Option<&'static Need> {
    NEEDS.iter().find(|need| need.name == name)
}

/// All needs, in the order in which they are told.
pub(crate) fn all() -> &'static [Need] {
    &NEEDS
}

fn parse(text: &str) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    let mut phrases = Phrases::default();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if !line.starts_with(' ') {
            phrases.settle(needs.last_mut());
            needs.push(Need { name: line.trim().to_owned(), ..Need::default() });
            continue;
        }
        let Some((field, values)) = line.trim().split_once(' ') else { continue };
        let list = || values.split(',').map(stems).filter(|phrase| !phrase.is_empty());
        let Some(need) = needs.last_mut() else { continue };
        match field {
            "label" => need.label = values.trim().to_owned(),
            "when" => need.when.extend(When::parse(values)),
            "asked" => need.asked.extend(list()),
            "told" => phrases.told.extend(list()),
            "some" => phrases.some.extend(list()),
            "against" => phrases.against.extend(list()),
            "keys" => need.keys.extend(list()),
            "tags" => need.tags.extend(list()),
            "mild" => need.mild.extend(list()),
            "others" => need.others.extend(list()),
            "measured" => need.measured.extend(Measure::parse(values, true)),
            "weighed" => need.measured.extend(Measure::parse(values, false)),
            "wear" => need.wear.extend(values.split(',').map(|word| word.trim().to_owned())),
            _ => debug_assert!(false, "no field is called {field}"),
        }
    }
    phrases.settle(needs.last_mut());
    needs
}

/// The phrases of the need that is being read.
#[derive(Default)]
struct Phrases {
    told: Vec<String>,
    some: Vec<String>,
    against: Vec<String>,
}

impl Phrases {
    /// Gives them to the need.
    fn settle(&mut self, need: Option<&mut Need>) {
        let Some(need) = need else { return };
        let against = std::mem::take(&mut self.against);
        need.told = sides(std::mem::take(&mut self.told), against.clone());
        need.some = sides(std::mem::take(&mut self.some), against);
        need.leads = leads(&need.told).chain(leads(&need.some)).collect();
    }
}

/// Phrases for and against as a question that a sentence can take a side in.
pub(crate) fn sides(phrases: Vec<String>, against: Vec<String>) -> Focus {
    let term = Term {
        text: String::new(),
        stems: Vec::new(),
        weight: 1.0,
        others: phrases.into_iter().map(|phrase| (phrase, 1.0)).collect(),
        opposites: against,
        is_absent: false,
        concept: None,
    };
    Focus { terms: vec![term], form: Form::YesNo, ..Focus::default() }
}

/// The first stem of each phrase.
pub(crate) fn leads(focus: &Focus) -> impl Iterator<Item = String> {
    let term = focus.terms.iter();
    let phrases = term.flat_map(|term| term.others.iter().map(|(phrase, _)| phrase).chain(&term.opposites));
    phrases.filter_map(|phrase| phrase.split(' ').next()).map(str::to_owned)
}

impl When {
    /// `mean <= 8 must`.
    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let figure = words.next()?.to_owned();
        let is_at_least = words.next()? == ">=";
        let limit = words.next()?.parse().ok()?;
        let grade = if words.next()? == "must" { Grade::Must } else { Grade::Wish };
        Some(Self { figure, is_at_least, limit, grade })
    }
}

impl Measure {
    /// `temperature <= low | comfort, rated to ; else against`.
    fn parse(text: &str, settles: bool) -> Option<Self> {
        let (text, denies) = match text.split_once(';') {
            Some((text, rest)) => (text, rest.contains("against")),
            None => (text, false),
        };
        let (test, about) = text.split_once('|')?;
        let mut words = test.split_whitespace();
        let dimension = match words.next()? {
            "number" => None,
            name => Some(serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()?),
        };
        let is_at_least = words.next()? == ">=";
        let limit = match words.next()? {
            "low" => None,
            number => Some(number.parse().ok()?),
        };
        let about = about.split(',').map(stems).filter(|phrase| !phrase.is_empty()).collect();
        Some(Self { dimension, is_at_least, limit, about, denies, settles })
    }
}

/// The stems of a phrase that a row can hold, for the tables beside this one.
pub(super) fn phrases(values: &str) -> Vec<String> {
    values.split(',').map(|phrase| stem_list(phrase).join(" ")).filter(|phrase| !phrase.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_is_read() {
        let text = include_str!("needs_en.txt");
        let count = |field: &str| text.lines().filter(|line| line.trim_start().starts_with(field)).count();
        assert_eq!(NEEDS.iter().map(|need| need.when.len()).sum::<usize>(), count("when "));
        let measures = count("measured ") + count("weighed ");
        assert_eq!(NEEDS.iter().map(|need| need.measured.len()).sum::<usize>(), measures);
        for need in NEEDS.iter() {
            assert!(!need.label.is_empty(), "{} has no label", need.name);
        }
    }

    #[test]
    fn cold_asks_for_warmth_and_mild_weather_only_wishes_for_it() {
        let warmth = by_name("warmth").expect("it is a need");
        let normal = |high: f64, low: f64| Normal { high: Some(high), low: Some(low), ..Normal::default() };
        let grade = |normal: Normal| warmth.asked_by(&normal).map(|(grade, _)| grade);
        assert_eq!(grade(normal(4.0, 0.0)), Some(Grade::Must));
        assert_eq!(grade(normal(17.0, 9.0)), Some(Grade::Wish));
        assert_eq!(grade(normal(30.0, 20.0)), None);
    }
}
