//! What must not be recommended: goods that state what the shopper must do without, that warn of those for whom they are wanted, or
//! that state that they do not serve them. It only keeps goods out; that something is safe is never concluded from silence.

use search::{EvidenceKind, EvidenceRow, analyse};

use crate::lexicon::{kinds, stem_list};
use crate::request::Request;
use crate::understand::avoided;
use crate::{Ask, hazard, person, stance};

/// Those whom goods can harm, as stems, with words that mean them too: who warns of pets warns of the cat.
const WARDS: &[(&str, &[&str])] = &[
    ("babi", &["infant", "newborn", "child", "children"]),
    ("infant", &["babi", "newborn", "child", "children"]),
    ("newborn", &["babi", "infant", "child", "children"]),
    ("toddler", &["child", "children", "kid"]),
    ("child", &["children", "kid"]),
    ("children", &["child", "kid"]),
    ("kid", &["child", "children"]),
    ("dog", &["puppi", "pet", "anim"]),
    ("puppi", &["dog", "pet", "anim"]),
    ("cat", &["kitten", "pet", "anim"]),
    ("kitten", &["cat", "pet", "anim"]),
    ("pet", &["dog", "cat", "anim"]),
    ("rabbit", &["pet", "anim"]),
    ("bird", &["pet", "anim"]),
    ("fish", &["aquat", "aquarium"]),
    ("hors", &["anim"]),
    ("hedgehog", &["wildlif", "anim"]),
    ("hamster", &["pet", "anim"]),
    ("bee", &["insect", "pollin"]),
    ("pregnanc", &["pregnant"]),
    ("pregnant", &["pregnanc"]),
    ("breastfeed", &["nurs"]),
];
/// Matters on which no reviewer can say that it is all right, as stems.
const GRAVE: &[&str] = &[
    "allerg",
    "allergi",
    "intoler",
    "pregnanc",
    "pregnant",
    "breastfeed",
    "celiac",
    "coeliac",
    "diabet",
    "diabetes",
    "asthma",
    "pacemak",
    "epilepsi",
    "toxic",
    "poison",
    "poisonous",
    "toxin",
];
/// Measures of those who use goods that decide whether they are safe.
const GRAVE_SIZES: &[&str] = &["body weight", "load", "age"];

/// What keeps goods out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bars {
    things: Vec<String>,
    wards: Vec<String>,
    said: Vec<String>,
    /// Stems of what must not be, of this message and of those before.
    denied: Vec<String>,
}

impl Bars {
    /// What a request keeps out.
    pub(crate) fn of(request: &Request) -> Self {
        let mut things = avoided(&request.text);
        let denied = request.need.constraints.iter().filter(|own| own.is_negated);
        let denied: Vec<String> = denied.flat_map(|own| stem_list(&own.words)).collect();
        let allergens = kinds::values(kinds::ALLERGEN);
        let said = stem_list(&request.text);
        let without = said.iter().enumerate().filter(|(at, _)| stance::is_denied_at(&said, &(*at..at + 1)));
        for word in without.map(|(_, word)| word).chain(&denied) {
            if allergens.contains(word) && !things.contains(word) {
                things.push(word.clone());
            }
        }
        let wards = wards(&said);
        Self { things, wards, said, denied }
    }

    /// The row that keeps goods out: the shop's own.
    pub(crate) fn row<'a>(&self, rows: &'a [EvidenceRow]) -> Option<&'a EvidenceRow> {
        let own = rows.iter().filter(|row| {
            matches!(row.kind, EvidenceKind::Attribute | EvidenceKind::Description | EvidenceKind::Question)
        });
        let states = |row: &EvidenceRow| self.things.iter().any(|thing| person::states(row, thing));
        own.clone().find(|row| states(row) || self.is_denied_by(row) || self.warns(row))
    }

    /// Whether an attribute says the contrary of what is asked for by its whole name: `Noise cancelling: no` to who wants that, `Toxic: yes` to
    /// who wants what is not.
    fn is_denied_by(&self, row: &EvidenceRow) -> bool {
        let label = stem_list(&row.context);
        if label.is_empty() {
            return false;
        }
        let value = row.quote.strip_prefix(row.context.as_str()).and_then(|rest| rest.strip_prefix(':'));
        let (Some(value), EvidenceKind::Attribute) = (value, row.kind) else { return false };
        let value = value.trim().to_lowercase();
        // What is said last counts: `a leather boot`, then `actually no leather`.
        let is_here = |start: &usize| self.said.get(*start..*start + label.len()) == Some(label.as_slice());
        let Some(place) = (0..self.said.len()).rev().find(is_here) else { return false };
        let is_unwanted = stance::is_denied_at(&self.said, &(place..place + label.len()))
            || label.iter().all(|stem| self.denied.contains(stem));
        match value.as_str() {
            "yes" => is_unwanted,
            "no" | "none" => !is_unwanted,
            _ => false,
        }
    }

    /// The row by which goods have what somebody who asks about them must do without: `I have a nut allergy, can I eat it`.
    pub(crate) fn stating<'a>(&self, rows: impl Iterator<Item = &'a EvidenceRow>) -> Option<&'a EvidenceRow> {
        let is_of_shop = |row: &&EvidenceRow| row.kind != EvidenceKind::Review;
        rows.filter(is_of_shop).find(|row| self.things.iter().any(|thing| person::states(row, thing)))
    }

    fn warns(&self, row: &EvidenceRow) -> bool {
        !self.wards.is_empty() && warned_of(&row.quote, &self.wards)
    }
}

/// Those whom a text names, with words that mean them too.
fn wards(said: &[String]) -> Vec<String> {
    let named = WARDS.iter().filter(|(ward, _)| said.iter().any(|stem| stem == ward));
    named
        .flat_map(|(ward, others)| std::iter::once(ward).chain(others.iter()))
        .map(|ward| (*ward).to_owned())
        .collect()
}

/// Whether a text warns of one of these, or denies that it is for them.
fn warned_of(quote: &str, wards: &[String]) -> bool {
    quote.split(['.', ';', '–', '—']).any(|part| {
        let said = stem_list(part);
        wards.iter().filter_map(|ward| said.iter().position(|stem| stem == ward)).any(|at| {
            let warning = hazard::of(&said, &(at..at + 1));
            warning.is_some_and(|warning| !stance::is_negated(&said, warning))
        })
    })
}

/// Whether a question is on what no reviewer can say: harm to somebody, or how much goods bear.
pub(crate) fn is_grave(ask: &Ask, request: &Request, rows: &[&EvidenceRow]) -> bool {
    let said: Vec<String> = analyse::words(&ask.text).into_iter().map(|word| word.stem).collect();
    let is_grave = said.iter().any(|stem| GRAVE.contains(&stem.as_str()));
    let is_measured = request.context.sizes.iter().any(|size| GRAVE_SIZES.contains(&size.name.as_str()));
    let wards = wards(&said);
    let is_warned = || {
        let own = rows.iter().filter(|row| row.kind != EvidenceKind::Review);
        !wards.is_empty() && own.into_iter().any(|row| warned_of(&row.quote, &wards))
    };
    is_grave || is_measured || is_warned()
}
