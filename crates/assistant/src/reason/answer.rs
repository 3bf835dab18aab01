//! Answers about a product, several products, or the shop: evidence in the order of its authority, counted where it
//! is opinion, and silence where the data is silent.

use commerce::Product;
use search::EvidenceKind;

use crate::claim::{Answer, Recommended};
use crate::request::Asked;
use crate::retrieve::{self, Scored};
use crate::{Ask, AskError, Request, Snapshot};

mod amounts;
mod attributes;
mod choices;
mod offers;
mod opinions;
mod policies;
mod sentences;

/// Claims about one product at most: more is no answer but a data sheet.
const MAX_CLAIMS: usize = 4;

/// What the parts of this reasoner look at.
struct Case<'a> {
    snapshot: &'a Snapshot,
    ask: &'a Ask,
    request: &'a Request,
    product: &'a Product,
    rows: &'a [Scored],
}

/// Answers the request.
pub(crate) fn answer(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let mut answer = Answer::default();
    let mut looked_at: Vec<Scored> = Vec::new();
    let vector = ask.vector.as_deref();
    for product in &request.products {
        let rows = retrieve::of_product(snapshot, request, vector, &product.id)?;
        about_product(&mut answer, &Case { snapshot, ask, request, product, rows: &rows });
        looked_at.extend(rows);
        if let Some(hit) = snapshot.index.hit(&product.id)? {
            answer.products.push(Recommended { hit, reason: String::new() });
        }
    }
    note_looked_at(&mut answer, &looked_at);
    let is_about_shop = request.products.is_empty() || request.focus.is_policy || answer.claims.is_empty();
    if is_about_shop {
        let rows = retrieve::of_documents(snapshot, request, vector)?;
        policies::read(&mut answer, request, &rows);
        let documents = snapshot.documents.count;
        if documents > 0 {
            answer.looked_at.push(format!("{documents} {}", if documents == 1 { "page" } else { "pages" }));
        }
    }
    if answer.claims.is_empty() {
        answer.is_abstention = true;
        answer.missing.push(missing(request));
    }
    answer.follow_ups = super::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}

fn about_product(answer: &mut Answer, case: &Case<'_>) {
    let before = answer.claims.len();
    let asks = |kind: &Asked| case.request.focus.asked.contains(kind);
    choices::read(answer, case);
    if asks(&Asked::Price) {
        offers::price(answer, case);
    }
    if asks(&Asked::Availability) && case.request.focus.choice.is_none() {
        offers::availability(answer, case);
    }
    if asks(&Asked::Rating) || asks(&Asked::Opinion) {
        opinions::rating(answer, case);
    }
    let is_settled =
        answer.claims.len() > before && case.request.focus.words.len() <= 1 && !asks(&Asked::Opinion);
    if !is_settled {
        attributes::read(answer, case);
        if answer.claims.len() < before + MAX_CLAIMS {
            sentences::read(answer, case);
        }
        opinions::read(answer, case);
    }
    answer.claims.truncate(before + MAX_CLAIMS);
    let cited: Vec<_> = answer.claims.iter().flat_map(|claim| claim.evidence.clone()).collect();
    answer.evidence.retain(|row| cited.contains(&row.id));
}

/// Counts what was looked at, so that an abstention can say so.
fn note_looked_at(answer: &mut Answer, rows: &[Scored]) {
    let kinds = [
        (EvidenceKind::Attribute, "attribute", "attributes"),
        (EvidenceKind::Description, "sentence of the description", "sentences of the description"),
        (EvidenceKind::Question, "answered question", "answered questions"),
        (EvidenceKind::Review, "review", "reviews"),
    ];
    for (kind, one, many) in kinds {
        let mut sources: Vec<&str> = rows
            .iter()
            .filter(|scored| scored.row.kind == kind)
            .map(|scored| scored.row.source.as_str())
            .collect();
        if matches!(kind, EvidenceKind::Review | EvidenceKind::Question) {
            sources.sort_unstable();
            sources.dedup();
        }
        if !sources.is_empty() {
            answer.looked_at.push(format!(
                "{} {}",
                sources.len(),
                if sources.len() == 1 { one } else { many }
            ));
        }
    }
}

/// What was asked, in the shopper's words.
fn missing(request: &Request) -> String {
    match request.focus.topic() {
        topic
            if topic.is_empty()
                && request
                    .focus
                    .asked
                    .iter()
                    .any(|asked| matches!(asked, Asked::Opinion | Asked::Rating)) =>
        {
            "what buyers think of it".to_owned()
        }
        topic if topic.is_empty() => request.text.trim_end_matches(['?', '.', '!', ' ']).to_owned(),
        topic => topic,
    }
}
