//! Sentences of the description, of answers to questions, and of documents about the product.

use commerce::Quantity;
use search::{EvidenceKind, EvidenceRow};

use super::Case;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::request::{Asked, Form};
use crate::retrieve::{Scored, has_phrase};
use crate::stance::{self, Stance};

/// Sentences quoted at most.
const MAX_SENTENCES: usize = 2;
/// A sentence answers only if it scores at least this.
pub(super) const MIN_SCORE: f32 = 0.58;
/// And has at least this share of the deciding words itself.
pub(super) const MIN_COVERAGE: f32 = 0.34;

/// It says yes or no only if it has nearly all of them.
const CERTAIN: f32 = 0.7;

/// States the sentences that answer, by authority, then by score.
pub(super) fn read(answer: &mut Answer, case: &Case<'_>) {
    let is_said =
        |kind| matches!(kind, EvidenceKind::Description | EvidenceKind::Question | EvidenceKind::Page);
    let mut found: Vec<&Scored> = case
        .rows
        .iter()
        .filter(|scored| {
            is_said(scored.row.kind) && (scored.row.source != "title" || tells_in_title(case, scored))
        })
        .filter(|scored| answers(scored) || tells_what_is_asked(case, scored))
        .collect();
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.row.kind.cmp(&b.row.kind))
            .then_with(|| a.row.position.cmp(&b.row.position))
    });
    for scored in found.into_iter().take(MAX_SENTENCES) {
        let row = &scored.row;
        let claim = Claim {
            subject: Some(case.product.id.clone()),
            predicate: Predicate::Quote {
                kind: row.kind,
                context: row.context.clone(),
                quote: row.quote.clone(),
            },
            polarity: polarity(case, scored),
            support: Support::Stated,
            evidence: vec![row.id.clone()],
            confidence: scored.score,
        };
        let rows: [&EvidenceRow; 1] = [row];
        answer.state(claim, &rows);
    }
}

/// Whether a row says enough of what was asked.
pub(super) fn answers(scored: &Scored) -> bool {
    scored.score >= MIN_SCORE && scored.coverage >= MIN_COVERAGE
}

/// A title answers what a yes-or-no question asks, and what it is made of.
fn tells_in_title(case: &Case<'_>, scored: &Scored) -> bool {
    case.request.focus.form == Form::YesNo && scored.coverage >= CERTAIN || tells_what_is_asked(case, scored)
}

/// Whether a sentence of the title or description has a measure or a word of the kind that was asked for (`how big is
/// it`, `what is it made of`) and speaks of the other words of the question, where there are any.
fn tells_what_is_asked(case: &Case<'_>, scored: &Scored) -> bool {
    let focus = &case.request.focus;
    if scored.row.kind != EvidenceKind::Description {
        return false;
    }
    let others: Vec<_> = focus.words.iter().filter(|word| !word.names_fact).collect();
    let speaks_of_others = others.is_empty() || others.iter().any(|word| scored.stems.contains(&word.stem));
    let measures = Quantity::find_all(&scored.row.quote);
    let tells = focus.asked.iter().any(|asked| match asked {
        Asked::Attribute { measured, tellers, .. } => {
            measures.iter().any(|(_, quantity)| measured.contains(&quantity.dimension()))
                || tellers.iter().any(|teller| has_phrase(&scored.stems, teller))
        }
        _ => false,
    });
    let counts = focus.form == Form::HowMuch
        && focus.asked.is_empty()
        && !others.is_empty()
        && scored.stems.iter().any(|stem| is_number(stem));
    speaks_of_others && (tells || counts)
}

/// Whether a word is a number.
fn is_number(word: &str) -> bool {
    const NUMBERS: &[&str] = &[
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelv", "dozen",
        "pair", "singl",
    ];
    NUMBERS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
}

fn polarity(case: &Case<'_>, scored: &Scored) -> Polarity {
    if case.request.focus.form != Form::YesNo || scored.coverage < CERTAIN {
        return Polarity::Neutral;
    }
    let opens_with = |word: &str| scored.stems.first().is_some_and(|stem| stem == word);
    if scored.row.kind == EvidenceKind::Question && (opens_with("yes") || opens_with("no")) {
        return if opens_with("yes") { Polarity::Positive } else { Polarity::Negative };
    }
    match stance::read(&scored.stems, &case.request.focus) {
        Stance::For => Polarity::Positive,
        Stance::Against => Polarity::Negative,
        Stance::Silent => Polarity::Neutral,
    }
}
