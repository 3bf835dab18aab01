//! Sentences of the description, of answers to questions, and of documents about the product.

use search::{EvidenceKind, EvidenceRow};

use super::attributes::{asks_contents, hedged, says_contents};
use super::praise::{self, Praise};
use super::{Case, says};
use crate::bearing::{Scored, Values};
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::lexicon::{kinds, place_of};
use crate::request::{Expected, Focus, Form};
use crate::stance::{self, Stance};

/// Sentences quoted at most.
const MAX_SENTENCES: usize = 2;
/// A second sentence must answer as well as the first.
const NEAR_BEST: f32 = 0.02;
/// Two sentences with this share of words in common say the same.
const ALIKE: f32 = 0.6;
/// Words of a sentence that says no more than yes or no.
const BARE_WORDS: usize = 2;
/// A sentence says yes or no only if one clause of it speaks of nearly all of the question.
const CERTAIN: f32 = 0.7;
/// The same where the sentence has the measures that were asked about.
const CERTAIN_WITH_MEASURE: f32 = 0.5;

/// States the sentences that answer, by score, then by authority.
pub(super) fn read(answer: &mut Answer, case: &Case<'_>) {
    let is_said =
        |kind| matches!(kind, EvidenceKind::Description | EvidenceKind::Question | EvidenceKind::Page);
    let mut found: Vec<&Scored> = case
        .rows
        .iter()
        .filter(|scored| {
            is_said(scored.row.kind) && scored.answers() && scored.states && case.is_on_rule(scored)
        })
        .filter(|scored| scored.row.source != "title" || tells_in_title(case, scored))
        .collect();
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| (a.row.source == "title").cmp(&(b.row.source == "title")))
            .then_with(|| items(case, b).cmp(&items(case, a)))
            .then_with(|| a.row.kind.cmp(&b.row.kind))
            .then_with(|| a.row.position.cmp(&b.row.position))
    });
    // Of the `iPhone 15` a sentence says more that denies it than one on the `iPhone 14`.
    if case.request.focus.form == Form::YesNo && found.iter().any(|scored| denies_figure(case, scored)) {
        found.sort_by_key(|scored| !denies_figure(case, scored));
    }
    for scored in distinct(&found).into_iter().take(MAX_SENTENCES) {
        let row: &EvidenceRow = &scored.row;
        let claim = Claim {
            subject: Some(case.product.id.clone()),
            predicate: Predicate::quoting(row),
            polarity: polarity(case, scored),
            support: if scored.values == Values::Lacks { Support::Derived } else { Support::Stated },
            evidence: vec![row.id.clone()],
            confidence: scored.score,
        };
        answer.state(claim, &[row]);
        if let Some(next) = behind_bare(case, row) {
            let claim = Claim {
                subject: Some(case.product.id.clone()),
                predicate: Predicate::quoting(&next.row),
                polarity: Polarity::Neutral,
                support: Support::Stated,
                evidence: vec![next.row.id.clone()],
                confidence: scored.score,
            };
            answer.state(claim, &[&next.row]);
        }
    }
}

/// The sentence of an answer to a shopper behind one that is no more than a yes or no.
fn behind_bare<'a>(case: &'a Case<'_>, row: &EvidenceRow) -> Option<&'a Scored> {
    let is_bare = row.kind == EvidenceKind::Question && row.quote.split_whitespace().count() <= BARE_WORDS;
    let is_next = |own: &&Scored| {
        own.row.kind == row.kind
            && own.row.source == row.source
            && own.row.context == row.context
            && own.row.position == row.position + 1
    };
    case.rows.iter().filter(|_| is_bare).find(is_next)
}

/// Whether a sentence denies a figure of the question with a word that it has beside it: `not for the iPhone 15`.
fn denies_figure(case: &Case<'_>, scored: &Scored) -> bool {
    let focus = &case.request.focus;
    let denied = |place: usize| stance::is_negated(&scored.stems, place);
    let is_named = || {
        let words = focus.terms.iter().filter(|term| term.concept.is_none()).flat_map(|term| &term.stems);
        words.filter_map(|stem| scored.stems.iter().position(|own| own == stem)).any(denied)
    };
    focus.figures.iter().filter_map(|figure| figure.place_in(&scored.stems)).any(denied) && is_named()
}

/// How much a sentence lists of what is asked for: values of its kind, things in a row.
fn items(case: &Case<'_>, scored: &Scored) -> usize {
    let kinds = case.request.focus.concepts().flat_map(|concept| &concept.kinds);
    let values: usize = kinds.map(|kind| kinds::said(kind, &scored.stems).len()).sum();
    let is_list = case.request.focus.form == Form::Open;
    values * 10
        + if is_list {
            scored.row.quote.matches([',', '&']).count() + scored.row.quote.matches(" and ").count()
        } else {
            0
        }
}

/// The sentences that answer as well as the best, each said once.
pub(super) fn distinct<'a>(ranked: &[&'a Scored]) -> Vec<&'a Scored> {
    let mut kept: Vec<&Scored> = Vec::new();
    for scored in ranked {
        let is_near = kept.first().is_none_or(|first| scored.score >= first.score - NEAR_BEST);
        if is_near && !kept.iter().any(|known| alike(known, scored)) {
            kept.push(scored);
        }
    }
    kept
}

fn alike(a: &Scored, b: &Scored) -> bool {
    let common = a.stems.iter().filter(|stem| b.stems.contains(stem)).count();
    common as f32 >= ALIKE * a.stems.len().min(b.stems.len()) as f32
}

/// A title answers what a question of yes or no asks, and what kind of fact it holds.
fn tells_in_title(case: &Case<'_>, scored: &Scored) -> bool {
    let focus = &case.request.focus;
    focus.form == Form::YesNo && scored.coverage >= CERTAIN
        || focus.expected != Expected::Anything && scored.states
}

fn polarity(case: &Case<'_>, scored: &Scored) -> Polarity {
    if case.request.focus.form != Form::YesNo {
        return Polarity::Neutral;
    }
    if scored.values == Values::Lacks {
        return Polarity::Negative;
    }
    if scored.row.kind == EvidenceKind::Question
        && scored.is_asked_above(&case.request.focus)
        && let Some(polarity) = opening(case, &scored.row)
    {
        return match (stance::tells_other_way(&scored.context, &case.request.focus), polarity) {
            (true, Polarity::Positive) => Polarity::Negative,
            (true, Polarity::Negative) => Polarity::Positive,
            (_, polarity) => polarity,
        };
    }
    if denies_figure(case, scored) {
        return Polarity::Negative;
    }
    let focus = &case.request.focus;
    // That a screen is described is no praise of it.
    if praise::asked(&case.request.text) == Some(Praise::Plain) {
        return Polarity::Neutral;
    }
    let side = of_avoided(scored, focus).unwrap_or_else(|| spoken(case, scored));
    hedged(side, &scored.stems, focus)
}

/// The side of a sentence that names what somebody must do without, or a thing that is of it: what has almonds is none for who is
/// allergic to nuts, unless it says that they are not in it.
fn of_avoided(scored: &Scored, focus: &Focus) -> Option<Polarity> {
    let is_avoided =
        |value: &&String| focus.absent.iter().any(|absent| value.split(' ').any(|part| part == absent));
    let avoided = focus.values.iter().filter(is_avoided);
    let places = avoided.flat_map(|value| kinds::covered(value).iter().chain([value])).filter_map(|value| {
        let start = place_of(&scored.stems, value)?;
        Some(start..start + value.split(' ').count())
    });
    let denied: Vec<bool> = places.map(|place| stance::is_denied_at(&scored.stems, &place)).collect();
    match denied.as_slice() {
        [] => None,
        denied if denied.iter().all(|denied| *denied) => Some(Polarity::Positive),
        _ => Some(Polarity::Negative),
    }
}

/// The side that a sentence takes by its own words.
fn spoken(case: &Case<'_>, scored: &Scored) -> Polarity {
    let reading = stance::of_row(&scored.row, &case.request.focus);
    if reading.stance == Stance::For && asks_contents(case) && !says_contents(scored) {
        return Polarity::Neutral;
    }
    let measures = &case.request.focus.measures;
    let says_measures = !measures.is_empty() && measures.iter().all(|asked| says(&scored.row.quote, asked));
    let least = if says_measures { CERTAIN_WITH_MEASURE } else { CERTAIN };
    match reading.stance {
        _ if reading.coverage < least => Polarity::Neutral,
        _ if stance::is_conditional(&scored.row.quote, &case.request.text) => Polarity::Neutral,
        Stance::For => Polarity::Positive,
        Stance::Against => Polarity::Negative,
        Stance::Silent => Polarity::Neutral,
    }
}

/// The yes or no that an answer to a shopper opens with, whichever of its sentences is quoted.
fn opening(case: &Case<'_>, row: &EvidenceRow) -> Option<Polarity> {
    let mut siblings = case.rows.iter().filter(|scored| {
        scored.row.source == row.source && scored.row.kind == row.kind && scored.row.position <= row.position
    });
    siblings.find_map(|scored| match scored.stems.first().map(String::as_str) {
        Some("yes") => Some(Polarity::Positive),
        Some("no" | "not") => Some(Polarity::Negative),
        _ => None,
    })
}
