//! Rows of a catalog in another language: read in English, so that all that is known of English sentences holds of them,
//! and told in the original.

use commerce::Attribute;
use search::{EvidenceKind, EvidenceRow, Language};

use crate::bearing::Scored;
use crate::claim::{Answer, Predicate};
use crate::gloss;

/// A row of a catalog in a language as it reads in English. An attribute has the key that its English label would have; its id stays.
pub(crate) fn in_english(language: Language, row: &EvidenceRow) -> EvidenceRow {
    // Offers are named by their options, as the catalog has them.
    if row.kind == EvidenceKind::Offer {
        return row.clone();
    }
    let read = |text: &str| gloss::statement(language, text);
    let context = row.context.split(" > ").map(read).collect::<Vec<_>>().join(" > ");
    if row.kind != EvidenceKind::Attribute {
        return EvidenceRow { quote: read(&row.quote), context, ..row.clone() };
    }
    let value = row.quote.strip_prefix(&row.context).and_then(|rest| rest.strip_prefix(": "));
    let quote = value.map_or_else(|| read(&row.quote), |value| format!("{context}: {}", read(value)));
    let is_own = context == row.context;
    let source = if is_own { row.source.clone() } else { Attribute::key(&context) };
    EvidenceRow { quote, context, source, ..row.clone() }
}

/// Puts what was read of these rows back into the words in which it stands.
pub(crate) fn restore(answer: &mut Answer, rows: &[Scored]) {
    let read = |scored: &&Scored| scored.original.is_some();
    for scored in rows.iter().filter(read) {
        let (row, original) = (&scored.row, scored.origin());
        if let Some(cited) = answer.evidence.iter_mut().find(|cited| cited.id == row.id) {
            *cited = original.clone();
        }
        for claim in answer.claims.iter_mut().filter(|claim| claim.evidence.contains(&row.id)) {
            match &mut claim.predicate {
                Predicate::Quote { context, quote, .. } if *quote == row.quote => {
                    (*context, *quote) = (original.context.clone(), original.quote.clone());
                }
                Predicate::Counted { quotes, .. } => {
                    let told = quotes.iter_mut().filter(|quote| **quote == row.quote);
                    told.for_each(|quote| *quote = original.quote.clone());
                }
                _ => {}
            }
        }
    }
}
