//! What shoppers ask about and what states it, from the files of `concepts_en`, one for each field of matters.
//!
//! A line at the margin names a concept; the lines under it say:
//!
//! ```text
//!   asked     what a question says when it asks for it: words in this order, at most three others between two of them
//!   told      what a row says that states it; `against`: what a row says that denies it
//!   near      what a row says that speaks of it and does not decide it
//!   thing     of what is told not to be there, `gluten free`: the thing itself. A question that names it, `does it contain gluten`,
//!             asks for the contrary: then `against` states it and `told` denies it
//!   keys      words in the names of attributes that state it
//!   measured  what a value or a sentence measures that states it: a dimension, `number` or `money`
//!   about     words one of which such a sentence has to have; `unless`: words that make the measure another one's
//!   kinds     kinds of values (kinds_en.txt) one of which states it
//!   lead      it only leads to what is asked in a question of yes or no: `suitable for a flat`
//!   says      how an attribute of it is told, with {} for the values
//!   rule      what the shop's rule on it is called; it is then a question to the shop
//!   headed    headings under which a shop writes of it; `excludes`: what stands there is left out of the rule
//!   document  it is a matter as a whole, which a document of this kind rules
//!   parts     what is told of such a matter, in this order; `beside`: what belongs to it and is told when asked for
//! ```
//!
//! A longer phrase is read before a shorter one, and no word is read twice.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use commerce::{Dimension, DocumentKind};

use super::{stem_list, stems};

/// How many other words can stand between two words of a phrase that asks.
const GAP: usize = 3;

/// Stems of at least so many letters say what a phrase is about; `how long is` has one.
const LONG: usize = 4;

/// The files, in the order in which their concepts come where two phrases are alike good.
const FILES: [&str; 13] = [
    include_str!("concepts_en/size.txt"),
    include_str!("concepts_en/wear.txt"),
    include_str!("concepts_en/material.txt"),
    include_str!("concepts_en/weather.txt"),
    include_str!("concepts_en/power.txt"),
    include_str!("concepts_en/contents.txt"),
    include_str!("concepts_en/use_and_care.txt"),
    include_str!("concepts_en/food_and_health.txt"),
    include_str!("concepts_en/origin.txt"),
    include_str!("concepts_en/returns.txt"),
    include_str!("concepts_en/delivery.txt"),
    include_str!("concepts_en/payment.txt"),
    include_str!("concepts_en/service.txt"),
];

static CONCEPTS: LazyLock<Concepts> = LazyLock::new(|| Concepts::parse(&FILES.concat()));

/// Something that is asked about, such as how long a battery lasts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Concept {
    /// Its name.
    pub(crate) name: String,
    /// Stems of words in the names of attributes that state it.
    pub(crate) keys: Vec<String>,
    /// Phrases that state it, as stems.
    pub(crate) told: Vec<String>,
    /// Phrases that speak of the matter and do not decide it, as stems: `water repellent` to `is it waterproof`.
    pub(crate) near: Vec<String>,
    /// Phrases that deny it, as stems.
    pub(crate) against: Vec<String>,
    /// The thing that is told not to be there, as stems: `gluten` of `gluten free`.
    pub(crate) thing: Vec<String>,
    /// What measures state it.
    pub(crate) measured: Vec<Measured>,
    /// Stems one of which a sentence with such a measure has to have; empty where the measure is enough.
    pub(crate) about: Vec<String>,
    /// Stems that make the measure another one's.
    pub(crate) unless: Vec<String>,
    /// Kinds of values that state it.
    pub(crate) kinds: Vec<String>,
    /// How an attribute of it is told, with `{}` for the values.
    pub(crate) says: Option<String>,
    /// Whether it only leads to what is asked: `suitable for an apartment`.
    pub(crate) is_lead: bool,
    /// Stems of what the shop's rule on it is called; empty where it is about goods.
    pub(crate) rule: Vec<String>,
    /// Stems of headings under which a shop writes of it.
    pub(crate) headed: Vec<String>,
    /// Whether what stands under such a heading is left out of the rule.
    pub(crate) excludes: bool,
    /// The kind of document that rules it, where it is a matter as a whole.
    pub(crate) document: Option<DocumentKind>,
    /// Names of the concepts that are told of the matter.
    pub(crate) parts: Vec<String>,
    /// Names of the others that belong to it.
    pub(crate) beside: Vec<String>,
}

/// The words of the phrases that ask, and of those that name rules, as they are written.
pub(super) fn asking_words() -> impl Iterator<Item = &'static str> {
    let lines = FILES.iter().flat_map(|file| file.lines()).map(str::trim);
    let asking = lines.filter_map(|line| line.strip_prefix("asked ").or_else(|| line.strip_prefix("rule ")));
    asking.flat_map(|phrases| phrases.split([',', ' '])).filter(|word| !word.is_empty())
}

/// Whether a stem stands in a phrase that asks.
pub(crate) fn knows(stem: &str) -> bool {
    CONCEPTS.words.contains(stem)
}

/// The concept of a name.
pub(crate) fn by_name(name: &str) -> Option<&'static Concept> {
    CONCEPTS.all.iter().find(|concept| concept.name == name)
}

/// The concept that a kind of values states by itself: a material is what something is made of.
pub(crate) fn of_kind(kind: &str) -> Option<&'static Concept> {
    let states = |concept: &&Concept| concept.rule.is_empty() && concept.kinds.iter().any(|own| own == kind);
    CONCEPTS.all.iter().find(states)
}

/// The matter as a whole that a concept is or belongs to.
pub(crate) fn matter_of(concept: &'static Concept) -> Option<&'static Concept> {
    let has = |matter: &&Concept| matter.parts.iter().chain(&matter.beside).any(|part| *part == concept.name);
    if concept.document.is_some() { Some(concept) } else { CONCEPTS.all.iter().find(has) }
}

/// Whether a word names a rule of shops in general.
pub(crate) fn is_of_rule(stem: &str) -> bool {
    CONCEPTS.all.iter().any(|concept| concept.rule.iter().chain(&concept.headed).any(|rule| rule == stem))
}

impl Concept {
    /// Whether a stem is of the thing that is told not to be there.
    pub(crate) fn names_thing(&self, stem: &str) -> bool {
        self.thing.iter().any(|thing| thing.split(' ').any(|part| part == stem))
    }

    /// Whether a name says by itself that the thing is not there: `Vegan`, `Lactose free`.
    pub(crate) fn tells_absence(&self, name: &[String]) -> bool {
        !self.thing.is_empty() && self.told.iter().any(|told| super::has_phrase(name, told))
    }

    /// Phrases that speak of it, one way or the other where it is about what is not there.
    pub(crate) fn spoken(&self) -> impl Iterator<Item = &String> {
        let contrary = self.against.iter().filter(|_| !self.thing.is_empty());
        self.told.iter().chain(&self.near).chain(&self.thing).chain(contrary)
    }
}

/// What a sentence has to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measured {
    /// A quantity.
    In(Dimension),
    /// A plain number.
    Number,
    /// An amount of money.
    Money,
}

/// A concept that a question asks for, with the places of the words that ask.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) concept: &'static Concept,
    pub(crate) places: Vec<usize>,
}

/// The concepts that these stems ask for, longer phrases first read, in the order of the text. A participle alone asks
/// for no measure: `weighted keys` are not a weight.
pub(crate) fn find(text: &[String], is_participle: &dyn Fn(usize) -> bool) -> Vec<Found> {
    let concepts = &*CONCEPTS;
    let mut matches: Vec<(usize, Vec<usize>)> = Vec::new();
    for (start, stem) in text.iter().enumerate() {
        for (concept, phrase) in concepts.asked.get(stem).into_iter().flatten() {
            let is_measured =
                concepts.all[*concept].rule.is_empty() && !concepts.all[*concept].measured.is_empty();
            let is_other_sense =
                |places: &Vec<usize>| is_measured && places.len() == 1 && is_participle(places[0]);
            let places = places(text, start, phrase).filter(|places| !is_other_sense(places));
            matches.extend(places.map(|places| (*concept, places)));
        }
    }
    let span = |places: &[usize]| places.last().unwrap_or(&0) - places.first().unwrap_or(&0);
    let weight = |places: &[usize]| places.iter().filter(|place| text[**place].len() >= LONG).count();
    matches.sort_by_key(|(concept, places)| {
        (Reverse(weight(places)), Reverse(places.len()), span(places), places[0], *concept)
    });
    let mut read: Vec<usize> = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    for (concept, places) in matches {
        let concept = &concepts.all[concept];
        if places.iter().any(|place| read.contains(place)) {
            continue;
        }
        read.extend(&places);
        match found.iter_mut().find(|known| known.concept.name == concept.name) {
            Some(known) => known.places.extend(places),
            None => found.push(Found { concept, places }),
        }
    }
    found.sort_by_key(|found| found.places.iter().min().copied());
    found
}

/// The places of a phrase that starts here.
fn places(text: &[String], start: usize, phrase: &[String]) -> Option<Vec<usize>> {
    let mut places = vec![start];
    for wanted in &phrase[1..] {
        let from = places[places.len() - 1] + 1;
        // Names, which are empty here, widen no gap.
        let near = (from..text.len()).filter(|place| !text[*place].is_empty()).take(GAP + 1);
        let next = near.into_iter().find(|place| text[*place] == *wanted)?;
        places.push(next);
    }
    Some(places)
}

/// All concepts, and the phrases that ask for them by their first stem.
#[derive(Default)]
struct Concepts {
    all: Vec<Concept>,
    asked: HashMap<String, Vec<(usize, Vec<String>)>>,
    words: HashSet<String>,
}

impl Concepts {
    fn parse(text: &str) -> Self {
        let mut concepts = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if !line.starts_with(' ') {
                concepts.all.push(Concept { name: line.trim().to_owned(), ..Concept::default() });
            } else if let Some((field, values)) = line.trim().split_once(' ') {
                concepts.field(field, values.trim());
            }
        }
        concepts
    }

    fn field(&mut self, field: &str, values: &str) {
        let place = self.all.len().saturating_sub(1);
        let Some(concept) = self.all.last_mut() else { return };
        let phrases = || values.split(',').map(stems).filter(|phrase| !phrase.is_empty());
        match field {
            "asked" => {
                for phrase in values.split(',').map(stem_list) {
                    self.words.extend(phrase.iter().cloned());
                    if let Some(first) = phrase.first() {
                        self.asked.entry(first.clone()).or_default().push((place, phrase));
                    }
                }
            }
            "told" => concept.told.extend(phrases()),
            "near" => concept.near.extend(phrases()),
            "against" => concept.against.extend(phrases()),
            "thing" => concept.thing.extend(phrases()),
            "keys" => concept.keys.extend(phrases()),
            "about" => concept.about.extend(phrases()),
            "unless" => concept.unless.extend(phrases()),
            "rule" => concept.rule.extend(phrases()),
            "headed" => concept.headed.extend(phrases()),
            "excludes" => concept.excludes = true,
            "document" => {
                concept.document = serde_json::from_value(serde_json::Value::String(values.to_owned())).ok();
            }
            "parts" => concept.parts.extend(values.split(',').map(|part| part.trim().to_owned())),
            "beside" => concept.beside.extend(values.split(',').map(|part| part.trim().to_owned())),
            "kinds" => concept.kinds.extend(values.split(',').map(|kind| kind.trim().to_owned())),
            "measured" => {
                concept.measured.extend(values.split(',').filter_map(|word| Measured::parse(word.trim())))
            }
            "lead" => concept.is_lead = true,
            "says" => concept.says = Some(values.to_owned()),
            _ => debug_assert!(false, "no field is called {field}"),
        }
    }
}

impl Measured {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "number" => Some(Self::Number),
            "money" => Some(Self::Money),
            dimension => {
                serde_json::from_value(serde_json::Value::String(dimension.to_owned())).ok().map(Self::In)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(question: &str) -> Vec<&'static str> {
        find(&stem_list(question), &|_| false).into_iter().map(|found| found.concept.name.as_str()).collect()
    }

    #[test]
    fn a_longer_phrase_is_read_before_a_shorter_one() {
        assert_eq!(names("how much weight can the shelf hold"), ["load"]);
        assert_eq!(names("how much does it weigh"), ["weight"]);
        assert_eq!(names("how long does the battery last on a charge?"), ["battery life"]);
        assert_eq!(names("how long do I have to return a lamp"), ["returns window"]);
        assert_eq!(names("do you offer price matching"), ["price match"]);
    }

    #[test]
    fn every_line_of_the_data_is_read() {
        for concept in &CONCEPTS.all {
            let states =
                concept.told.len() + concept.keys.len() + concept.measured.len() + concept.kinds.len();
            assert!(states > 0, "nothing states {}", concept.name);
        }
        let text = FILES.concat();
        let lines = text.lines();
        let measured = lines.filter_map(|line| line.trim().strip_prefix("measured "));
        for word in measured.flat_map(|words| words.split(',')) {
            assert!(Measured::parse(word.trim()).is_some(), "{word} measures nothing");
        }
        for part in CONCEPTS.all.iter().flat_map(|concept| concept.parts.iter().chain(&concept.beside)) {
            assert!(by_name(part).is_some(), "there is no part {part}");
        }
        for line in text.lines().filter_map(|line| line.strip_prefix("  document ")) {
            let is_ruled = |concept: &Concept| concept.document.is_some() && !concept.parts.is_empty();
            assert!(CONCEPTS.all.iter().any(is_ruled), "{line} is no kind of document");
        }
        let kinds = CONCEPTS.all.iter().flat_map(|concept| &concept.kinds);
        for kind in kinds {
            assert!(!super::super::kinds::values(kind).is_empty(), "there is no kind {kind}");
        }
    }
}
