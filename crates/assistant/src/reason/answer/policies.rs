//! What the shop's policies, guides and pages say.

use search::{EvidenceRow, analyse};

use super::limits;
use super::sentences::distinct;
use crate::bearing::{Scored, Values};
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::lexicon::{has_phrase, kinds, numbers, place_of, stem_list};
use crate::request::Form;
use crate::stance::{self, Stance};
use crate::{Request, Snapshot};

mod matter;
mod overview;
mod places;

pub(crate) use matter::Matter;
use matter::Scope;

/// Sentences quoted at most.
const MAX_SENTENCES: usize = 2;
/// Sentences told of a section that is on just what is asked.
const MAX_OF_SECTION: usize = 3;
/// Rows told of a table that answers as a whole.
const MAX_OF_TABLE: usize = 6;
/// A row of a table for the amount in the question comes before the others.
const FITS_AMOUNT: f32 = 0.4;
/// A sentence that names the rule itself comes before one that only stands under it.
const NAMES_RULE: f32 = 0.2;
/// A sentence under a heading about the matter comes first.
const UNDER_HEADING: f32 = 0.06;
/// So does one that says how much or how long.
const HAS_NUMBER: f32 = 0.06;
/// A policy speaks for the shop with more authority than any other page.
const IS_POLICY: f32 = 0.04;
/// A sentence of the document that rules the matter comes first,
const IN_DOCUMENT: f32 = 0.3;
/// in its section on what is asked, and not in one on a case that is not.
const IN_SECTION: f32 = 0.25;
/// Sentences of the ruling document whose worth differs by less answer alike.
const ALIKE: f32 = 0.12;
/// A sentence says yes or no only if one clause of it speaks of nearly all of the question.
const CERTAIN: f32 = 0.75;
/// Words of a sentence that takes something out of the one before it.
const EXCEPTIONS: &[&str] =
    &["except", "unless", "howev", "exclud", "onli if", "must be", "not elig", "final sale"];

/// States the sentences that answer, those of one document together and in its order.
pub(super) fn read(
    answer: &mut Answer,
    snapshot: &Snapshot,
    request: &Request,
    rows: &[Scored],
    matter: Option<&Matter>,
) {
    if request.focus.terms.is_empty() {
        return;
    }
    let whole = matter.filter(|matter| overview::is_asked(snapshot, request, matter));
    let told = whole.map_or_else(Vec::new, |matter| overview::read(matter, rows));
    let found = if told.is_empty() { sentences(request, rows, matter) } else { told };
    for scored in found {
        state(answer, snapshot, request, scored, matter);
    }
}

/// The sentences that answer best, with what is taken out of the first.
fn sentences<'a>(request: &Request, rows: &'a [Scored], matter: Option<&Matter>) -> Vec<&'a Scored> {
    let bears = |scored: &&Scored| is_ruling(matter, scored) || names_rule(request, scored);
    let is_excluded = |scored: &&Scored| matter.is_some_and(|matter| matter.excludes(scored, &request.focus));
    let answers = |scored: &&Scored| scored.answers() && scored.states || is_excluded(scored);
    let bearing = match matter.filter(|matter| matter.has_place()) {
        Some(matter) => places::bearing(request, matter, rows.iter().filter(bears).collect(), &answers),
        None => rows.iter().filter(bears).filter(answers).collect(),
    };
    let mut ranked: Vec<(f32, &Scored)> =
        bearing.into_iter().map(|scored| (value(request, scored, matter), scored)).collect();
    let best = ranked.iter().fold(0.0f32, |best, (rank, _)| best.max(*rank));
    // Of sentences that answer alike, a rule opens with the one that holds for most.
    let is_alike = |rank: f32, scored: &Scored| is_ruling(matter, scored) && rank >= best - ALIKE;
    ranked.sort_by(|(a, first), (b, second)| {
        let order = |rank: f32, scored: &Scored| if is_alike(rank, scored) { best } else { rank };
        order(*b, second)
            .total_cmp(&order(*a, first))
            .then_with(|| first.row.position.cmp(&second.row.position))
    });
    let best = ranked.first().map_or(0.0, |(rank, _)| *rank);
    let near: Vec<&Scored> =
        ranked.iter().filter(|(rank, _)| *rank >= best - 0.05).map(|(_, scored)| *scored).collect();
    let mut found: Vec<&Scored> = distinct(&near).into_iter().take(MAX_SENTENCES).collect();
    let Some(first) = found.first().copied() else { return found };
    if let Some(matter) = matter.filter(|matter| request.focus.form == Form::Open && matter.is_headed(first))
    {
        return section(rows, first, matter);
    }
    let names_row =
        matter.is_some_and(Matter::has_place) || limits::fits(&request.text, &first.row.quote).is_some();
    if request.focus.form == Form::HowMuch
        && is_ruling(matter, first)
        && !names_row
        && column(&first.row.quote).is_some()
    {
        return table(rows, first);
    }
    if found.len() < MAX_SENTENCES && request.focus.form == Form::YesNo {
        found.extend(exception(rows, first));
    }
    found.sort_by_key(|scored| {
        (scored.row.source != first.row.source, scored.row.source.clone(), scored.row.position)
    });
    found
}

fn state(
    answer: &mut Answer,
    snapshot: &Snapshot,
    request: &Request,
    scored: &Scored,
    matter: Option<&Matter>,
) {
    let row: &EvidenceRow = &scored.row;
    let (polarity, support) = side(snapshot, request, scored, matter);
    let claim = Claim {
        subject: None,
        predicate: Predicate::Quote {
            kind: row.kind,
            context: row.context.clone(),
            quote: row.quote.clone(),
        },
        polarity,
        support,
        evidence: vec![row.id.clone()],
        confidence: scored.score,
    };
    answer.state(claim, &[row]);
}

fn is_ruling(matter: Option<&Matter>, scored: &Scored) -> bool {
    matter.is_some_and(|matter| matter.rules(&scored.row))
}

/// What a sentence is worth as an answer.
fn value(request: &Request, scored: &Scored, matter: Option<&Matter>) -> f32 {
    rank(request, scored, is_ruling(matter, scored)) + matter.map_or(0.0, |matter| of_matter(matter, scored))
}

/// What a sentence is worth for where it stands.
fn of_matter(matter: &Matter, scored: &Scored) -> f32 {
    if !matter.rules(&scored.row) {
        return 0.0;
    }
    let scope = match matter.scope(scored) {
        Scope::Asked => IN_SECTION,
        Scope::General => 0.0,
        Scope::Special => -IN_SECTION,
    };
    IN_DOCUMENT + scope
}

/// The first sentences of the section that a sentence stands in, which is on just what is asked.
fn section<'a>(rows: &'a [Scored], of: &Scored, matter: &Matter) -> Vec<&'a Scored> {
    let stands_beside =
        |scored: &&Scored| scored.row.source == of.row.source && scored.row.context == of.row.context;
    let mut section: Vec<&Scored> = rows.iter().filter(stands_beside).collect();
    debug_assert!(section.iter().all(|scored| matter.is_headed(scored)));
    section.sort_by_key(|scored| scored.row.position);
    section.truncate(MAX_OF_SECTION);
    section
}

/// The rows of the table that a row stands in.
fn table<'a>(rows: &'a [Scored], of: &Scored) -> Vec<&'a Scored> {
    let is_beside = |scored: &&Scored| {
        scored.row.source == of.row.source
            && scored.row.context == of.row.context
            && column(&scored.row.quote) == column(&of.row.quote)
    };
    let mut table: Vec<&Scored> = rows.iter().filter(is_beside).collect();
    table.sort_by_key(|scored| scored.row.position);
    table.truncate(MAX_OF_TABLE);
    table
}

/// The name of the first column, where a quote is a row of a table: `Way: Standard; Cost: $5`.
fn column(quote: &str) -> Option<&str> {
    let cells = quote.split("; ").filter(|cell| cell.contains(": ")).count();
    let (name, _) = quote.split_once(": ")?;
    (cells >= 2 && cells == quote.split("; ").count()).then_some(name)
}

/// The sentence that follows in the same section and takes something out.
fn exception<'a>(rows: &'a [Scored], of: &Scored) -> Option<&'a Scored> {
    let follows = |scored: &&Scored| {
        scored.row.source == of.row.source
            && scored.row.context == of.row.context
            && scored.row.position == of.row.position + 1
    };
    rows.iter().find(follows).filter(|scored| EXCEPTIONS.iter().any(|word| has_phrase(&scored.stems, word)))
}

/// Whether a sentence or what it stands under names the rule that was asked about.
fn names_rule(request: &Request, scored: &Scored) -> bool {
    let mut rules =
        request.focus.concepts().map(|concept| &concept.rule).filter(|rule| !rule.is_empty()).peekable();
    let names = |rule: &String| has_phrase(&scored.stems, rule) || has_phrase(&scored.context, rule);
    rules.peek().is_none() || rules.any(|rule| rule.iter().any(names))
}

/// How well a sentence answers, beyond its terms.
fn rank(request: &Request, scored: &Scored, is_ruling: bool) -> f32 {
    let in_context = |stem: &String| scored.context.contains(stem);
    let is_under = request.focus.terms.iter().any(|term| term.stems.iter().any(in_context))
        || request
            .focus
            .concepts()
            .any(|concept| concept.rule.iter().any(|rule| has_phrase(&scored.context, rule)));
    let names_itself = request
        .focus
        .concepts()
        .any(|concept| concept.rule.iter().any(|rule| has_phrase(&scored.stems, rule)));
    let fits = limits::fits(&request.text, &scored.row.quote);
    let amount =
        match fits.or_else(|| limits::keeps(&request.focus.measures, &scored.row.quote).map(|_| true)) {
            Some(true) => FITS_AMOUNT,
            Some(false) => -FITS_AMOUNT,
            None => 0.0,
        };
    let of = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
    scored.score
        + amount
        + of(names_itself || is_ruling && request.focus.form != Form::YesNo, NAMES_RULE)
        + of(is_under, UNDER_HEADING)
        + of(numbers::as_digits(&scored.row.quote).contains(|c: char| c.is_ascii_digit()), HAS_NUMBER)
        + of(scored.row.kind == search::EvidenceKind::Policy, IS_POLICY)
}

/// Yes or no: by a number of the question beside that of the rule, by what a list leaves out, else by what is said.
fn side(
    snapshot: &Snapshot,
    request: &Request,
    scored: &Scored,
    matter: Option<&Matter>,
) -> (Polarity, Support) {
    let focus = &request.focus;
    if focus.form != Form::YesNo || snapshot.documents.count == 0 {
        return (Polarity::Neutral, Support::Stated);
    }
    if let Some(keeps) = limits::keeps(&focus.measures, &scored.row.quote) {
        return (if keeps { Polarity::Positive } else { Polarity::Negative }, Support::Derived);
    }
    if let Some(matter) = matter.filter(|matter| matter.has_place()) {
        return places::side(matter, scored);
    }
    if matter.is_some_and(|matter| matter.excludes(scored, focus)) && says_no_more(request, scored) {
        return (Polarity::Negative, Support::Derived);
    }
    if scored.values == Values::Lacks {
        return (Polarity::Negative, Support::Derived);
    }
    let reading = stance::read(&scored.row.quote, focus);
    let says = |stem: &String| scored.stems.contains(stem);
    let says_all = focus.values.is_empty() && focus.terms.iter().all(|term| term.stems.iter().all(says));
    let polarity = match reading.stance {
        _ if scored.values == Values::Has => of_value(request, scored),
        Stance::Silent => Polarity::Neutral,
        // A rule on something near the question is no yes.
        Stance::For if !says_all || !focus.measures.is_empty() => Polarity::Neutral,
        _ if reading.coverage < CERTAIN => Polarity::Neutral,
        Stance::For => Polarity::Positive,
        Stance::Against => Polarity::Negative,
    };
    (polarity, Support::Stated)
}

/// Whether the first clause of a sentence names nothing but what is asked about: `sofas` and not `sofas made to order`.
fn says_no_more(request: &Request, scored: &Scored) -> bool {
    let clause = scored.row.quote.split([':', ';', ',', '(', '–', '—']).next().unwrap_or_default();
    let asked = stem_list(&request.text);
    let mut words =
        analyse::words(clause).into_iter().filter(|word| !analyse::is_stop_word(&word.text)).peekable();
    words.peek().is_some() && words.all(|word| asked.contains(&word.stem))
}

/// Whether a value that was asked for is among those that the sentence lists, or among those that it denies.
fn of_value(request: &Request, scored: &Scored) -> Polarity {
    let kinds = request.focus.concepts().flat_map(|concept| &concept.kinds);
    let said = kinds.flat_map(|kind| kinds::said(kind, &scored.stems));
    let asked = said.filter(|said| request.focus.values.iter().any(|asked| kinds::covers(said, asked)));
    let mut places = asked.filter_map(|value| place_of(&scored.stems, value));
    match places.any(|place| stance::is_denied(&scored.stems, place)) {
        true => Polarity::Negative,
        false => Polarity::Positive,
    }
}
