//! What comes nearest in meaning, where nothing answers in words that are known.

use search::EvidenceKind;

use crate::bearing::Scored;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};

/// Rows shown at most.
const MAX_ROWS: usize = 2;
/// A second row must be nearly as near as the first.
const NEAR_BEST: f32 = 0.03;

/// Quotes the nearest rows and takes no side: whether they say yes or no, the shopper reads.
pub(super) fn read(answer: &mut Answer, rows: &[Scored]) {
    let cosine = |scored: &Scored| scored.meaning.map_or(0.0, |meaning| meaning.cosine);
    // The name repeats the question, and an offer is a fact that is told as such or not at all.
    let is_said = |scored: &Scored| scored.row.source != "title" && scored.row.kind != EvidenceKind::Offer;
    let mut near: Vec<&Scored> =
        rows.iter().filter(|scored| scored.comes_near() && is_said(scored)).collect();
    near.sort_by(|a, b| cosine(b).total_cmp(&cosine(a)).then_with(|| a.row.id.cmp(&b.row.id)));
    let best = near.first().map_or(0.0, |scored| cosine(scored));
    for scored in near.into_iter().take(MAX_ROWS).filter(|scored| cosine(scored) >= best - NEAR_BEST) {
        let row = &scored.row;
        let claim = Claim {
            subject: row.product.clone(),
            predicate: Predicate::Quote {
                kind: row.kind,
                context: row.context.clone(),
                quote: row.quote.clone(),
            },
            polarity: Polarity::Neutral,
            support: Support::Stated,
            evidence: vec![row.id.clone()],
            confidence: cosine(scored),
        };
        answer.state(claim, &[row]);
    }
}
