//! Questions that could come next: only such that the shop's data can answer.

use commerce::Value;
use search::{EvidenceKind, EvidenceQuery};

use crate::claim::{Answer, Predicate};
use crate::{AskError, Request, Snapshot};

/// Questions suggested at most.
const MAX_FOLLOW_UPS: usize = 3;
/// Questions about policies, each with the words that a policy must have to answer it.
const TOPICS: &[(&str, &str)] = &[
    ("return returns", "How do returns work?"),
    ("shipping delivery", "How long does delivery take?"),
    ("warranty", "What does the warranty cover?"),
];

/// Suggests questions about the products of the answer, else about the shop.
pub(crate) fn suggest(
    snapshot: &Snapshot,
    request: &Request,
    answer: &Answer,
) -> Result<Vec<String>, AskError> {
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
            !told.contains(&attribute.label.as_str()) && attribute.values.iter().any(is_worth_asking)
        });
        for attribute in attributes.take(MAX_FOLLOW_UPS - 1) {
            questions.push(format!(
                "What is the {} of the {}?",
                attribute.label.to_lowercase(),
                product.title
            ));
        }
        let asked_reviews = request.focus.asked.contains(&crate::request::Asked::Opinion);
        if rows.iter().any(|row| row.kind == EvidenceKind::Review) && !asked_reviews {
            questions.push(format!("What do reviewers say about the {}?", product.title));
        }
    }
    if !request.focus.is_policy && questions.len() < MAX_FOLLOW_UPS {
        for (words, question) in TOPICS {
            let kinds = vec![EvidenceKind::Policy];
            let query =
                EvidenceQuery { text: (*words).to_owned(), kinds, limit: 1, ..EvidenceQuery::default() };
            if !snapshot.index.evidence(&query)?.is_empty() {
                questions.push((*question).to_owned());
            }
        }
    }
    questions.truncate(MAX_FOLLOW_UPS);
    Ok(questions)
}
