//! What a product is, where nothing else is asked: `tell me about the Halden`, `specs of the Halden`.

use search::EvidenceKind;

use super::{Case, attributes, offers, opinions};
use crate::claim::{Answer, Claim, Polarity};
use crate::lexicon::{has_phrase, stem_list, stems};

/// Phrases that ask what a product is.
const ABOUT: &[&str] = &[
    "tell me about",
    "tell me more",
    "tell me something about",
    "more about",
    "describe",
    "description",
    "what is",
    "whats",
    "info on",
    "info about",
    "information on",
    "information about",
    "details of",
    "details on",
    "details about",
    "overview of",
    "know about",
];
/// Phrases that ask for its data.
const DATA: &[&str] =
    &["specs", "spec", "specification", "specifications", "technical data", "data sheet", "features"];
/// Sentences of the description, and attributes, that are told.
const SENTENCES: usize = 2;
const ATTRIBUTES: usize = 3;
const ALL_ATTRIBUTES: usize = 8;

/// What a question wants to know of a product as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// What it is.
    Whole,
    /// What its details are.
    Data,
}

/// Whether a question asks what a product is, and nothing in particular of it.
pub(super) fn asked(case: &Case<'_>) -> Option<About> {
    let said = stem_list(&case.request.text);
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| has_phrase(&said, &stems(phrase)));
    let asking: Vec<String> = ABOUT.iter().chain(DATA).flat_map(|phrase| stem_list(phrase)).collect();
    let is_open = case.request.focus.asked.is_empty()
        && case.request.focus.concepts().next().is_none()
        && case.request.focus.terms.iter().all(|term| term.stems.iter().all(|stem| asking.contains(stem)));
    match () {
        () if !is_open => None,
        () if says(DATA) => Some(About::Data),
        () if says(ABOUT) => Some(About::Whole),
        () => None,
    }
}

/// Tells what the shop says of it first, what it costs, some of its details, and what buyers rated it.
pub(super) fn tell(answer: &mut Answer, case: &Case<'_>, about: About) {
    if about == About::Whole {
        let said = case.rows.iter().map(|scored| &scored.row);
        let said = said.filter(|row| row.kind == EvidenceKind::Description && row.source == "description");
        let mut opening: Vec<_> = said.collect();
        opening.sort_by_key(|row| row.position);
        for row in opening.into_iter().take(SENTENCES) {
            let claim = Claim::quoting(&case.product.id, row, Polarity::Neutral);
            answer.state(claim, &[row]);
        }
        offers::price(answer, case);
    }
    attributes::first(answer, case, if about == About::Data { ALL_ATTRIBUTES } else { ATTRIBUTES });
    if about == About::Whole {
        opinions::rating(answer, case);
    }
}
