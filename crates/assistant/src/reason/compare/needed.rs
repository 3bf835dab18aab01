//! Rows for the words of a need: what each product states on `hiking` or on rain, in its own words.

use search::{EvidenceKind, EvidenceRow, analyse};

use super::side::Side;
use super::{Line, Need};
use crate::Request;
use crate::bearing::presence;
use crate::lexicon::concepts::by_name;
use crate::lexicon::stem_list;
use crate::request::{Focus, Form, Term};
use crate::stance::{self, Stance};
use crate::table::{Better, Cell, RowKind};

/// Rows for words of the need at most.
const MAX_WORDS: usize = 4;
/// How much of a word a row has to have.
const PRESENT: f32 = 0.9;
/// What a stated need counts beside a price of 1.
const WEIGHT: f64 = 1.0;
/// Longer quotations are cut at a word.
const MAX_QUOTE: usize = 110;
/// Words that say nothing of a need, as they are typed.
const IDLE: &[&str] = &[
    "good",
    "great",
    "nice",
    "want",
    "need",
    "use",
    "using",
    "day",
    "week",
    "trip",
    "important",
    "matter",
    "matters",
    "care",
    "cares",
    "only",
    "solely",
    "purely",
    "count",
    "counts",
    "interested",
    "nothing",
    "really",
    "buy",
    "get",
    "look",
    "looking",
    "thing",
    "product",
    "option",
    "models",
    "model",
    "pick",
    "choice",
    "choose",
    "decide",
    "top",
    "top-rated",
    "recommend",
    "would",
    "suit",
    "suited",
    "suitable",
    "under",
    "below",
    "over",
    "above",
    "less",
    "most",
    "more",
    "average",
    "wise",
    "terms",
    "tight",
];

/// Lines on the words of the need and on what they imply.
pub(super) fn lines(request: &Request, need: &Need, sides: &[Side]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for term in terms(request, need).iter().take(MAX_WORDS) {
        let cells: Vec<Cell> = sides.iter().map(|side| cell(term, side)).collect();
        if cells.iter().any(|cell| cell.text.is_some()) {
            let mut line = Line::plain(
                &format!("need:{}", term.text),
                &request.own_words(&term.text),
                RowKind::Need,
                cells,
            );
            line = line.toward(Better::More, "", "", WEIGHT);
            line.row.is_needed = true;
            lines.push(line);
        }
    }
    lines
}

/// What is looked for: words of the need, and concepts that some of them imply.
pub(super) fn terms(request: &Request, need: &Need) -> Vec<Term> {
    let is_of_need = |term: &&Term| {
        let is_idle = |word: &str| IDLE.contains(&word) || analyse::is_stop_word(word);
        !term.stems.is_empty()
            && term.stems.iter().all(|stem| need.has(stem) && !stem.bytes().all(|b| b.is_ascii_digit()))
            && !term.stems.iter().all(|stem| need.is_measure(stem) && !is_purpose(request, &term.text))
            && !term.text.split(' ').all(is_idle)
    };
    let mut terms: Vec<Term> = request.focus.terms.iter().filter(is_of_need).cloned().collect();
    for want in need.states() {
        let Some(concept) = by_name(want.concept) else { continue };
        if terms.iter().any(|term| term.concept.is_some_and(|known| known.name == concept.name)) {
            continue;
        }
        terms.push(Term {
            text: concept.name.clone(),
            stems: stem_list(&concept.name),
            weight: 1.0,
            others: concept.told.iter().map(|phrase| (phrase.clone(), 1.0)).collect(),
            opposites: concept.against.clone(),
            is_absent: false,
            concept: Some(concept),
        });
    }
    terms
}

/// Whether a word says what the goods are for.
fn is_purpose(request: &Request, word: &str) -> bool {
    request.context.occasion.as_deref() == Some(word) || request.context.climate.iter().any(|own| own == word)
}

/// What one product states on a word: the first row in the order of authority that takes a side.
fn cell(term: &Term, side: &Side) -> Cell {
    let focus = Focus { terms: vec![term.clone()], form: Form::YesNo, ..Focus::default() };
    let is_of_shop = |row: &&EvidenceRow| {
        matches!(row.kind, EvidenceKind::Attribute | EvidenceKind::Description | EvidenceKind::Question)
    };
    for row in side.read().iter().filter(is_of_shop) {
        let (said, context) = (stem_list(&row.quote), stem_list(&row.context));
        if presence(term, row, &said, &context) < PRESENT {
            continue;
        }
        let value = match stance::read(&row.quote, &focus).stance {
            Stance::Against => 0.0,
            Stance::For => 1.0,
            Stance::Silent if row.kind == EvidenceKind::Attribute => 1.0,
            Stance::Silent => continue,
        };
        return Cell {
            text: Some(shortened(&side.original(row).quote)),
            value: Some(value),
            unit: None,
            evidence: vec![row.id.clone()],
        };
    }
    Cell::default()
}

/// A quotation up to a word.
fn shortened(quote: &str) -> String {
    if quote.chars().count() <= MAX_QUOTE {
        return quote.to_owned();
    }
    let end = quote.char_indices().nth(MAX_QUOTE).map_or(quote.len(), |(place, _)| place);
    let end = quote[..end].rfind(' ').unwrap_or(end);
    format!("{}…", quote[..end].trim_end_matches([',', ';', ' ']))
}
