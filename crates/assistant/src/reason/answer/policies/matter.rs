//! The matter that a question to the shop is about: returns, delivery, a warranty. A shop writes of each in a document of
//! its own, in sections; a section whose heading names a special case speaks only to those who ask about that case.

use std::sync::Arc;

use commerce::DocumentKind;
use search::{EvidenceRow, Vocabulary, analyse};

use crate::bearing::{self, Scored};
use crate::lexicon::concepts::{self, Concept};
use crate::lexicon::{has_phrase, kinds, place_of, stem_list};
use crate::request::{Focus, Form};
use crate::{Request, Snapshot, stance};

/// Words before the name of a place; `send us` names none.
const BEFORE_PLACES: &[&str] =
    &["to", "in", "for", "outside", "from", "the", "within", "into", "and", "or", "mainland", "across"];
/// Words that mean every place but the shop's own country, and what a rule calls the places that it leaves, as stems.
const ABROAD: &[&str] = &["abroad", "oversea", "intern", "worldwid"];
const ELSEWHERE: &[&str] = &[
    "other countri",
    "outsid",
    "abroad",
    "oversea",
    "intern",
    "worldwid",
    "nowher els",
    "anywher els",
    "elsewher",
    "rest of the world",
    "everywher",
    "all countri",
];

/// A word is there from this presence on.
const PRESENT: f32 = 0.7;

/// What a question to the shop is about.
#[derive(Clone, Debug)]
pub(crate) struct Matter {
    /// The matter as a whole.
    pub(super) whole: &'static Concept,
    /// The part of it that is asked for.
    pub(super) part: Option<&'static Concept>,
    /// Places that are named, as stems.
    places: Vec<String>,
    /// The stems of the question.
    stems: Vec<String>,
    vocabulary: Arc<Vocabulary>,
}

/// What a section is to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// It stands under a heading for just what is asked.
    Asked,
    /// It speaks of the matter in general.
    General,
    /// It speaks of a case that the question does not name.
    Special,
}

/// What a row says of the places that are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The question names none, or the row none.
    Unsaid,
    /// It names the place, or one that the place lies in.
    Named,
    /// It speaks of all other places.
    Elsewhere,
    /// It lists others, or says that it holds only for another.
    Listed,
    /// It names another.
    Other,
}

impl Matter {
    /// The matter of a request; `None` for a question that is about none.
    pub(crate) fn of(snapshot: &Snapshot, request: &Request) -> Option<Self> {
        let ruled = || request.focus.concepts().filter(|concept| !concept.rule.is_empty());
        let part =
            ruled().find(|concept| concept.document.is_none() && concepts::matter_of(concept).is_some());
        let whole = part.or_else(|| ruled().next()).and_then(concepts::matter_of)?;
        let stems = stem_list(&request.text);
        let places = places(&stems, &whole_and_parts(whole));
        Some(Self { whole, part, places, stems, vocabulary: snapshot.vocabulary.clone() })
    }

    /// The kind of the documents that rule it.
    pub(crate) fn document(&self) -> Option<DocumentKind> {
        self.whole.document
    }

    /// Whether a row stands in a document that rules the matter.
    pub(super) fn rules(&self, row: &EvidenceRow) -> bool {
        row.document.is_some() && row.document == self.whole.document
    }

    /// Whether a word of the question is of a place, which [`Matter::place`] sets against the rows.
    fn is_place(&self, stem: &str) -> bool {
        self.places.iter().any(|place| place.split(' ').any(|part| part == stem))
    }

    /// Whether the question has the stems of a phrase side by side.
    pub(super) fn asks(&self, phrase: &str) -> bool {
        has_phrase(&self.stems, phrase)
    }

    /// Whether the question names a place.
    pub(super) fn has_place(&self) -> bool {
        !self.places.is_empty()
    }

    /// Whether the question is about every other country.
    pub(super) fn asks_abroad(&self) -> bool {
        self.places.iter().any(|place| ABROAD.contains(&place.as_str()))
    }

    /// The focus of a question without the places, which are set against the rows here.
    pub(crate) fn without_places(&self, focus: &Focus) -> Focus {
        let mut focus = focus.clone();
        focus.values.retain(|value| !self.places.contains(value));
        focus
            .terms
            .retain(|term| term.concept.is_some() || !term.stems.iter().all(|stem| self.is_place(stem)));
        focus
    }

    /// Whether a row denies the place that it names: `Switzerland neither`, `not to Hawaii`.
    pub(super) fn is_denied(&self, scored: &Scored) -> bool {
        let said = kinds::said("region", &scored.stems);
        let named = said.iter().filter(|said| self.places.iter().any(|place| kinds::covers(said, place)));
        let places: Vec<usize> = named.filter_map(|said| place_of(&scored.stems, said)).collect();
        let follows = |place: &usize| scored.stems.get(place + 1).is_some_and(|stem| stem == "neither");
        places.iter().any(|place| stance::is_denied(&scored.stems, *place) || follows(place))
    }

    /// Whether a text names one of the places, or one that it lies in.
    pub(super) fn is_named_in(&self, stems: &[String]) -> bool {
        let said = kinds::said("region", stems);
        said.iter().any(|said| self.places.iter().any(|place| kinds::covers(said, place)))
    }

    /// Whether a row stands under a heading for just the part that is asked for.
    pub(super) fn is_headed(&self, scored: &Scored) -> bool {
        let Some((_, heading)) = scored.row.context.split_once(" > ") else { return false };
        self.part.is_some_and(|part| is_headed(part, &stem_list(heading)))
    }

    /// Whether a row stands in a list of what the rule leaves out and names all of what is asked about.
    pub(super) fn excludes(&self, scored: &Scored, focus: &Focus) -> bool {
        let Some((_, heading)) = scored.row.context.split_once(" > ") else { return false };
        let heading = stem_list(heading);
        let mut words = focus.terms.iter().filter(|term| term.concept.is_none()).peekable();
        focus.form == Form::YesNo
            && self.rules(&scored.row)
            && words.peek().is_some()
            && words.all(|term| bearing::presence(term, &scored.row, &scored.stems, &[]) >= PRESENT)
            && whole_and_parts(self.whole).iter().any(|part| part.excludes && is_headed(part, &heading))
    }

    /// What the row's heading makes of it.
    pub(super) fn scope(&self, scored: &Scored) -> Scope {
        let (title, heading) = scored.row.context.split_once(" > ").unwrap_or((&scored.row.context, ""));
        if self.is_of_other_goods(title) {
            return Scope::Special;
        }
        let heading = stem_list(heading);
        let is_headed = |concept: &Concept| is_headed(concept, &heading);
        if self.part.is_some_and(is_headed) {
            return Scope::Asked;
        }
        let words = analyse::words(&scored.row.context);
        let says_of_case = |stem: &String| self.stems.contains(stem);
        let content: Vec<&String> = words
            .iter()
            .filter(|word| !analyse::is_stop_word(&word.text) && heading.contains(&word.stem))
            .map(|word| &word.stem)
            .collect();
        let names_matter = |stem: &&String| self.whole.rule.iter().any(|rule| rule == *stem);
        if content.iter().any(|stem| says_of_case(stem) && !names_matter(stem)) {
            return Scope::Asked;
        }
        let is_general = content.is_empty() || content.iter().all(names_matter) || is_headed(self.whole);
        let is_of_part = self.whole.parts.iter().filter_map(|part| concepts::by_name(part)).any(is_headed);
        if is_general || self.part.is_none() && is_of_part { Scope::General } else { Scope::Special }
    }

    /// Whether a title names goods that the question does not: `Warranty terms for electronics`.
    fn is_of_other_goods(&self, title: &str) -> bool {
        let is_other = |stem: &String| {
            self.vocabulary.count(stem) > 0 && !self.stems.contains(stem) && !concepts::is_of_rule(stem)
        };
        let words = analyse::words(title).into_iter().filter(|word| !analyse::is_stop_word(&word.text));
        words.map(|word| word.stem).any(|stem| is_other(&stem))
    }

    /// What a row says of the places that the question names.
    pub(super) fn place(&self, scored: &Scored) -> Place {
        if self.places.is_empty() {
            return Place::Unsaid;
        }
        let said = |stems: &[String]| kinds::said("region", stems);
        let names = |said: &[&str]| {
            said.iter().any(|said| self.places.iter().any(|place| kinds::covers(said, place)))
        };
        let (own, above) = (said(&scored.stems), said(&scored.context));
        let leaves = |stems: &[String]| ELSEWHERE.iter().any(|phrase| has_phrase(stems, phrase));
        // A rule for what lies outside of a region holds for no place in it.
        let is_outside = |stems: &[String], said: &[&str]| has_phrase(stems, "outsid") && names(said);
        match () {
            () if is_outside(&scored.stems, &own) || is_outside(&scored.context, &above) => Place::Other,
            () if names(&own) => Place::Named,
            () if leaves(&scored.stems) => Place::Elsewhere,
            () if own.is_empty() && names(&above) => Place::Named,
            () if own.is_empty() && above.is_empty() => Place::Unsaid,
            () if own.len() >= 2 || has_phrase(&scored.stems, "onli") => Place::Listed,
            () => Place::Other,
        }
    }
}

fn is_headed(concept: &Concept, heading: &[String]) -> bool {
    concept.headed.iter().any(|phrase| has_phrase(heading, phrase))
}

fn whole_and_parts(whole: &'static Concept) -> Vec<&'static Concept> {
    let parts = whole.parts.iter().chain(&whole.beside).filter_map(|part| concepts::by_name(part));
    std::iter::once(whole).chain(parts).collect()
}

/// The places in a text that ask about a matter for which places count.
fn places(stems: &[String], concepts: &[&'static Concept]) -> Vec<String> {
    let counts = concepts.iter().any(|concept| concept.kinds.iter().any(|kind| kind == "region"));
    let is_named = |value: &&'static str| {
        let before = place_of(stems, value).and_then(|place| place.checked_sub(1));
        ABROAD.contains(value) || before.is_some_and(|before| BEFORE_PLACES.contains(&stems[before].as_str()))
    };
    if !counts {
        return Vec::new();
    }
    kinds::said("region", stems).into_iter().filter(is_named).map(str::to_owned).collect()
}
