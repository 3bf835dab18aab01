//! Questions that could come next: only such that the shop's data can answer.

use commerce::Value;
use search::{EvidenceKind, EvidenceQuery, analyse};

use crate::claim::{Answer, Predicate};
use crate::voice::{Line, Voice};
use crate::{AskError, Request, Snapshot};

/// Questions suggested at most.
const MAX_FOLLOW_UPS: usize = 3;
/// Verbs that labels open with.
const OPENING_VERBS: &[&str] =
    &["fits", "includes", "contains", "comes", "works", "made", "suits", "suitable", "included", "whats"];
/// Questions about policies, each with the words that a policy must have to answer it.
const TOPICS: &[(&str, Line)] = &[
    ("return returns", Line::HowReturns),
    ("shipping delivery", Line::HowDelivery),
    ("warranty", Line::WhatWarranty),
];

/// Whether a label can stand after `what is the`: it is words, and neither opens nor ends as `For`, `Made in` and `Comes
/// with` do.
fn is_noun(label: &str) -> bool {
    let words = analyse::words(label);
    let is_plain = label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '/'));
    let is_open = |word: Option<&analyse::Word>| {
        word.is_none_or(|word| {
            analyse::is_stop_word(&word.text) || OPENING_VERBS.contains(&word.text.as_str())
        })
    };
    is_plain && !is_open(words.first()) && !is_open(words.last())
}

/// Suggests questions about the products of the answer, else about the shop.
pub(crate) fn suggest(
    snapshot: &Snapshot,
    request: &Request,
    answer: &Answer,
) -> Result<Vec<String>, AskError> {
    let voice = Voice::of_tag(&request.language);
    let mut questions = Vec::new();
    let told: Vec<&str> = answer
        .claims
        .iter()
        .filter_map(|claim| match &claim.predicate {
            Predicate::Attribute { label, .. }
            | Predicate::Compared { label, .. }
            | Predicate::Offered { label, .. } => Some(label.as_str()),
            _ => None,
        })
        .collect();
    if let Some(first) = answer.products.first()
        && let Some(product) = snapshot.index.product(&first.hit.product_id)?
    {
        let rows = snapshot.index.evidence_of(&product.id)?;
        let is_worth_asking = |value: &Value| !matches!(value, Value::Flag(_) | Value::Number(_));
        let attributes = product.attributes.iter().filter(|attribute| {
            !told.contains(&attribute.label.as_str())
                && attribute.values.iter().any(is_worth_asking)
                && is_noun(&attribute.label)
        });
        for attribute in attributes.take(MAX_FOLLOW_UPS - 1) {
            let label = attribute.label.to_lowercase();
            let is_many = label.ends_with('s') && !label.ends_with("ss");
            let line = if is_many { Line::WhatAre } else { Line::WhatIs };
            let label = if voice.is_english() { label } else { voice.label_within(&attribute.label) };
            questions.push(voice.say(line, &[&label, &product.title]));
        }
        let asked_reviews = request.focus.asked.contains(&crate::request::Asked::Opinion);
        if rows.iter().any(|row| row.kind == EvidenceKind::Review) && !asked_reviews {
            questions.push(voice.say(Line::WhatReviewers, &[&product.title]));
        }
    }
    if !request.focus.is_policy && questions.len() < MAX_FOLLOW_UPS {
        for (words, question) in TOPICS {
            let kinds = vec![EvidenceKind::Policy];
            let query =
                EvidenceQuery { text: (*words).to_owned(), kinds, limit: 1, ..EvidenceQuery::default() };
            if !snapshot.index.evidence(&query)?.is_empty() {
                questions.push(voice.say(*question, &[]));
            }
        }
    }
    questions.truncate(MAX_FOLLOW_UPS);
    Ok(questions)
}
