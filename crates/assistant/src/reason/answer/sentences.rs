//! Sentences of the description, of answers to questions, and of documents about the product.

use search::{EvidenceKind, EvidenceRow};

use super::attributes::{asks_contents, says_contents};
use super::{Case, says};
use crate::bearing::{Scored, Values};
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::lexicon::kinds;
use crate::request::{Expected, Form};
use crate::stance::{self, Stance};

/// Sentences quoted at most.
const MAX_SENTENCES: usize = 2;
/// A second sentence must answer as well as the first.
const NEAR_BEST: f32 = 0.02;
/// Two sentences with this share of words in common say the same.
const ALIKE: f32 = 0.6;
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
    for scored in distinct(&found).into_iter().take(MAX_SENTENCES) {
        let row: &EvidenceRow = &scored.row;
        let claim = Claim {
            subject: Some(case.product.id.clone()),
            predicate: Predicate::Quote {
                kind: row.kind,
                context: row.context.clone(),
                quote: row.quote.clone(),
            },
            polarity: polarity(case, scored),
            support: if scored.values == Values::Lacks { Support::Derived } else { Support::Stated },
            evidence: vec![row.id.clone()],
            confidence: scored.score,
        };
        answer.state(claim, &[row]);
    }
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
        return polarity;
    }
    let reading = stance::of_row(&scored.row, &case.request.focus);
    if reading.stance == Stance::For && asks_contents(case) && !says_contents(scored) {
        return Polarity::Neutral;
    }
    let measures = &case.request.focus.measures;
    let says_measures = !measures.is_empty() && measures.iter().all(|asked| says(&scored.row.quote, asked));
    let least = if says_measures { CERTAIN_WITH_MEASURE } else { CERTAIN };
    match reading.stance {
        _ if reading.coverage < least => Polarity::Neutral,
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
