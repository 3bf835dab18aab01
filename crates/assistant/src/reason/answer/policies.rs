//! What the shop's policies, guides and pages say.

use search::EvidenceRow;

use super::limits;
use super::sentences::distinct;
use crate::bearing::{Scored, Values};
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::lexicon::{has_phrase, kinds, place_of};
use crate::request::Form;
use crate::stance::{self, Stance};
use crate::{Request, Snapshot};

/// Sentences quoted at most.
const MAX_SENTENCES: usize = 2;
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
/// A sentence says yes or no only if one clause of it speaks of nearly all of the question.
const CERTAIN: f32 = 0.75;
/// Words of a sentence that takes something out of the one before it.
const EXCEPTIONS: &[&str] =
    &["except", "unless", "howev", "exclud", "onli if", "must be", "not elig", "final sale"];

/// States the sentences that answer, those of one document together and in its order.
pub(super) fn read(answer: &mut Answer, snapshot: &Snapshot, request: &Request, rows: &[Scored]) {
    if request.focus.terms.is_empty() {
        return;
    }
    let mut ranked: Vec<(f32, &Scored)> = rows
        .iter()
        .filter(|scored| scored.answers() && scored.states && names_rule(request, scored))
        .map(|scored| (rank(request, scored), scored))
        .collect();
    ranked.sort_by(|(a, first), (b, second)| {
        b.total_cmp(a).then_with(|| first.row.position.cmp(&second.row.position))
    });
    let best = ranked.first().map_or(0.0, |(rank, _)| *rank);
    let near: Vec<&Scored> =
        ranked.iter().filter(|(rank, _)| *rank >= best - 0.05).map(|(_, scored)| *scored).collect();
    let mut found: Vec<&Scored> = distinct(&near).into_iter().take(MAX_SENTENCES).collect();
    let Some(first) = found.first().copied() else { return };
    if found.len() < MAX_SENTENCES && request.focus.form == Form::YesNo {
        found.extend(exception(rows, first));
    }
    found.sort_by_key(|scored| {
        (scored.row.source != first.row.source, scored.row.source.clone(), scored.row.position)
    });
    for scored in found {
        let row: &EvidenceRow = &scored.row;
        let (polarity, support) = side(snapshot, request, scored);
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
fn rank(request: &Request, scored: &Scored) -> f32 {
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
    let amount = match limits::fits(&request.text, &scored.row.quote) {
        Some(true) => FITS_AMOUNT,
        Some(false) => -FITS_AMOUNT,
        None => 0.0,
    };
    let of = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
    scored.score
        + amount
        + of(names_itself, NAMES_RULE)
        + of(is_under, UNDER_HEADING)
        + of(scored.row.quote.contains(|c: char| c.is_ascii_digit()), HAS_NUMBER)
        + of(scored.row.kind == search::EvidenceKind::Policy, IS_POLICY)
}

/// Yes or no: by a number of the question beside that of the rule, by what a list leaves out, else by what is said.
fn side(snapshot: &Snapshot, request: &Request, scored: &Scored) -> (Polarity, Support) {
    let focus = &request.focus;
    if focus.form != Form::YesNo || snapshot.documents.count == 0 {
        return (Polarity::Neutral, Support::Stated);
    }
    if let Some(keeps) = limits::keeps(&focus.measures, &scored.row.quote) {
        return (if keeps { Polarity::Positive } else { Polarity::Negative }, Support::Derived);
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
