//! What the words around a set ask for: measures in one direction, matters that have to be stated, and what counts most.

use crate::Request;
use crate::lexicon::{has_phrase, stem_list, stems};
use crate::reason::comparison::wants_table::{
    CARING, FOREMOST, NO_MATTER, ONLY, PRICE_WORDS, RATING_WORDS, WANTS, Want,
};
use crate::table::{Better, RowKind};

use super::Line;
use super::side::Side;

/// Marks between the parts of a text in which things can matter differently.
const CLAUSE_MARKS: &[&str] = &[", ", ". ", "; ", " but ", " and ", ": ", " – "];
/// Words between what matters more and what less.
const THAN: &[&str] = &["more than", "more important than", "rather than", "over"];

/// Words behind what matters less, and before what it matters less than.
const LESS: &[&str] = &[
    "matters less",
    "matter less",
    "less important",
    "counts less",
    "count less",
    "is secondary",
    "second to",
];

/// How much something matters by the shopper's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reason) enum Emphasis {
    /// Not at all.
    No,
    /// Less than usual.
    Less,
    /// It is named.
    Named,
    /// Before all else.
    Most,
    /// Nothing else does.
    Only,
}

/// What is needed.
#[derive(Clone, Debug, Default)]
pub(in crate::reason) struct Need {
    /// Stems of the words, without those that only name the kind of goods.
    stems: Vec<String>,
    wants: Vec<&'static Want>,
    clauses: Vec<Vec<String>>,
}

impl Need {
    /// Reads the need of a request for these products.
    pub(super) fn read(request: &Request, sides: &[Side]) -> Self {
        let kinds: Vec<Vec<String>> = sides.iter().map(Side::kind_stems).collect();
        let mut stems = stem_list(&request.set.rest);
        stems.retain(|stem| !kinds.iter().any(|kind| kind.contains(stem)));
        let has = |want: &&Want| want.phrases.iter().any(|phrase| has_phrase(&stems, &self::stems(phrase)));
        let wants = WANTS.iter().filter(has).collect();
        Self { wants, clauses: clauses(&request.text), stems }
    }

    /// Which way of a concept is wanted, where a measure of it is.
    pub(super) fn wants(&self, concept: &str) -> Option<Better> {
        self.wants.iter().find(|want| want.concept == concept).and_then(|want| want.better)
    }

    /// Concepts that have to be stated.
    pub(super) fn states(&self) -> impl Iterator<Item = &'static Want> {
        self.wants.iter().copied().filter(|want| want.better.is_none())
    }

    /// Whether the words name an attribute by all of its name.
    pub(super) fn names(&self, label: &[String]) -> bool {
        !label.is_empty() && label.iter().all(|stem| self.stems.contains(stem))
    }

    /// Whether a stem stands in the need.
    pub(super) fn has(&self, stem: &String) -> bool {
        self.stems.contains(stem)
    }

    /// Whether a word only names a measure, the price or the rating.
    pub(super) fn is_measure(&self, stem: &str) -> bool {
        let own = |phrase: &&str| stems(phrase) == stem;
        let measures = self.wants.iter().filter(|want| want.better.is_some());
        measures.flat_map(|want| want.phrases).any(&own)
            || PRICE_WORDS.iter().chain(RATING_WORDS).any(own)
            || FOREMOST.iter().chain(NO_MATTER).any(|phrase| stem_list(phrase).iter().any(|own| own == stem))
    }

    /// How much a row matters by the shopper's words; `None` where they do not name it.
    pub(super) fn of(&self, line: &Line) -> Option<Emphasis> {
        match line.row.kind {
            RowKind::Price | RowKind::UnitPrice => self.of_price(),
            RowKind::Rating => self.of_rating(),
            RowKind::Need | RowKind::Aspect => None,
            RowKind::Attribute => self.of_row(&line.row.label, line.concept, line.row.is_needed),
        }
    }

    /// How much the price matters.
    fn of_price(&self) -> Option<Emphasis> {
        self.emphasis(PRICE_WORDS)
    }

    /// How much ratings matter.
    fn of_rating(&self) -> Option<Emphasis> {
        self.emphasis(RATING_WORDS)
    }

    /// How much a row matters, by its name, by the words that want its measure, and by those for the concept that it states.
    fn of_row(&self, label: &str, concept: Option<&str>, is_needed: bool) -> Option<Emphasis> {
        let wanted = self.wants.iter().filter(|want| {
            concept == Some(want.concept)
                || stem_list(want.concept).iter().all(|stem| stem_list(label).contains(stem))
        });
        let mut phrases: Vec<&str> = wanted.flat_map(|want| want.phrases.iter().copied()).collect();
        phrases.push(label);
        self.emphasis(&phrases).or(is_needed.then_some(Emphasis::Named))
    }

    fn emphasis(&self, phrases: &[&str]) -> Option<Emphasis> {
        let is_said = |text: &[String]| phrases.iter().any(|phrase| has_phrase(text, &stems(phrase)));
        if !is_said(&self.stems) {
            return None;
        }
        let says =
            |clause: &[String], table: &[&str]| table.iter().any(|own| has_phrase(clause, &stems(own)));
        let emphasis = self.clauses.iter().filter(|clause| is_said(clause)).map(|clause| {
            if says(clause, NO_MATTER) {
                return Emphasis::No;
            }
            if let Some(place) = LESS.iter().find_map(|less| crate::lexicon::place_of(clause, &stems(less))) {
                return if is_said(&clause[..place]) { Emphasis::Less } else { Emphasis::Named };
            }
            let than = THAN.iter().find_map(|than| crate::lexicon::place_of(clause, &stems(than)));
            match than {
                Some(place) if is_said(&clause[..place]) => Emphasis::Most,
                Some(_) => Emphasis::Named,
                None if says(clause, ONLY) && says(clause, CARING) => Emphasis::Only,
                None if says(clause, FOREMOST) => Emphasis::Most,
                None => Emphasis::Named,
            }
        });
        emphasis.into_iter().find(|found| *found != Emphasis::Named).or(Some(Emphasis::Named))
    }
}

fn clauses(text: &str) -> Vec<Vec<String>> {
    let mut parts = vec![text];
    for mark in CLAUSE_MARKS {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(stem_list).collect()
}
