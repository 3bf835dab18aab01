//! What the shop's policies, guides and pages say.

use search::{EvidenceRow, analyse};

use super::amounts;
use super::sentences::MIN_COVERAGE;
use crate::Request;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::retrieve::Scored;

/// Sentences quoted at most.
const MAX_SENTENCES: usize = 3;
/// A sentence answers only if it scores at least this.
const MIN_SCORE: f32 = 0.5;
/// The same where the question is about a product and names no rule of the shop.
const MIN_SCORE_FOR_PRODUCT: f32 = 0.85;
/// Further sentences must come this near to the best.
const NEAR_BEST: f32 = 0.8;
/// A sentence under a heading about the matter comes first.
const UNDER_HEADING: f32 = 0.1;
/// So does one that says how much or how long.
const HAS_NUMBER: f32 = 0.08;
/// A row of a table for the amount in the question comes before the others.
const FITS_AMOUNT: f32 = 0.3;

/// States the sentences that answer, those of one document together and in its order.
pub(super) fn read(answer: &mut Answer, request: &Request, rows: &[Scored]) {
    if request.focus.words.is_empty() {
        return;
    }
    let is_elsewhere = !request.products.is_empty() && !request.focus.is_policy;
    let least = if is_elsewhere { MIN_SCORE_FOR_PRODUCT } else { MIN_SCORE };
    let mut ranked: Vec<(f32, &Scored)> = rows
        .iter()
        .filter(|scored| scored.coverage >= if is_elsewhere { least } else { MIN_COVERAGE })
        .map(|scored| (rank(request, scored), scored))
        .filter(|(rank, _)| *rank >= least)
        .collect();
    if ranked.iter().any(|(_, scored)| names_rule(request, scored)) {
        ranked.retain(|(_, scored)| names_rule(request, scored));
    }
    ranked.sort_by(|(a, first), (b, second)| {
        b.total_cmp(a).then_with(|| first.row.position.cmp(&second.row.position))
    });
    let Some((best, first)) = ranked.first().copied() else { return };
    let mut found: Vec<&Scored> = ranked
        .into_iter()
        .filter(|(rank, _)| *rank >= NEAR_BEST * best)
        .take(MAX_SENTENCES)
        .map(|(_, scored)| scored)
        .collect();
    found.sort_by_key(|scored| {
        (scored.row.source != first.row.source, scored.row.source.clone(), scored.row.position)
    });
    for scored in found {
        let row: &EvidenceRow = &scored.row;
        let claim = Claim {
            subject: None,
            predicate: Predicate::Quote {
                kind: row.kind,
                context: row.context.clone(),
                quote: row.quote.clone(),
            },
            polarity: Polarity::Neutral,
            support: Support::Stated,
            evidence: vec![row.id.clone()],
            confidence: scored.score,
        };
        answer.state(claim, &[row]);
    }
}

/// Whether a sentence or what it stands under names the rule that was asked about.
fn names_rule(request: &Request, scored: &Scored) -> bool {
    let context = analyse::words(&scored.row.context);
    let names = |rule: &String| scored.stems.contains(rule) || context.iter().any(|word| word.stem == *rule);
    request.focus.rules.iter().any(names)
}

/// How well a sentence answers, beyond its words.
fn rank(request: &Request, scored: &Scored) -> f32 {
    let context: Vec<String> =
        analyse::words(&scored.row.context).into_iter().map(|word| word.stem).collect();
    let is_under = request.focus.words.iter().any(|word| context.contains(&word.stem));
    let has_number = scored.row.quote.contains(|c: char| c.is_ascii_digit());
    let amount = match amounts::fits(&request.text, &scored.row.quote) {
        Some(true) => FITS_AMOUNT,
        Some(false) => -FITS_AMOUNT,
        None => 0.0,
    };
    scored.score
        + amount
        + if is_under { UNDER_HEADING } else { 0.0 }
        + if has_number { HAS_NUMBER } else { 0.0 }
}
