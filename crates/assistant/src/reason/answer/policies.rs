//! What the shop's policies, guides and pages say.

use search::EvidenceRow;

use super::sentences::MIN_COVERAGE;
use crate::Request;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::retrieve::Scored;

/// Sentences quoted at most.
const MAX_SENTENCES: usize = 3;
/// A sentence answers only if it scores at least this.
const MIN_SCORE: f32 = 0.55;
/// Further sentences must come this near to the best.
const NEAR_BEST: f32 = 0.8;

/// States the sentences that answer, those of one document together and in its order.
pub(super) fn read(answer: &mut Answer, request: &Request, rows: &[Scored]) {
    if request.focus.words.is_empty() {
        return;
    }
    let Some(best) = rows.first() else { return };
    let mut found: Vec<&Scored> = rows
        .iter()
        .filter(|scored| scored.score >= MIN_SCORE && scored.coverage >= MIN_COVERAGE)
        .filter(|scored| scored.score >= NEAR_BEST * best.score)
        .take(MAX_SENTENCES)
        .collect();
    found.sort_by_key(|scored| (scored.row.source != best.row.source, scored.row.source.clone(), scored.row.position));
    for scored in found {
        let row: &EvidenceRow = &scored.row;
        let claim = Claim {
            subject: None,
            predicate: Predicate::Quote { kind: row.kind, context: row.context.clone(), quote: row.quote.clone() },
            polarity: Polarity::Neutral,
            support: Support::Stated,
            evidence: vec![row.id.clone()],
            confidence: scored.score,
        };
        answer.state(claim, &[row]);
    }
}
