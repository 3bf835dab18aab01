//! The assistant's reply as it crosses the wire.

use assistant::{Chip, Claim, Polarity, Reply, ReviewDigest, Support};
use commerce::EvidenceId;
use search::{EvidenceKind, EvidenceRow};
use wire::{AskReply, AskTimings, AspectVotes, ModelUse, Recommended, ReviewSummary};

use super::table;
use crate::present;

/// Everything but the text, the model and the time.
pub(crate) fn begin(reply: &Reply, session: String) -> AskReply {
    let answer = &reply.answer;
    let products = answer
        .products
        .iter()
        .map(|shown| Recommended { hit: present::hit(&shown.hit), reason: shown.reason.clone() });
    AskReply {
        session,
        language: reply.request.language.clone(),
        intent: word(&reply.request.intent),
        text: String::new(),
        claims: answer.claims.iter().enumerate().map(|(place, own)| claim(reply, place, own)).collect(),
        evidence: answer.evidence.iter().map(evidence).collect(),
        products: products.collect(),
        table: answer.table.as_ref().map(table::table),
        pick: answer.pick.as_ref().map(table::pick),
        steps: reply.steps().into_iter().map(step).collect(),
        abstained: answer.is_abstention,
        missing: answer.missing.clone(),
        looked_at: answer.looked_at.clone(),
        relaxed: answer.relaxed.clone(),
        follow_ups: answer.follow_ups.clone(),
        summary: answer.reviews.as_ref().map(summary),
        model: ModelUse::none(),
        timings_ms: AskTimings::default(),
        cart: None,
        orders: Vec::new(),
        confirm: None,
        constraints: reply.chips.iter().map(|own| chip(own, &reply.request.language)).collect(),
        clarify: None,
        memory: None,
    }
}

/// The rows that some claims rest on, each once, in the claims' order.
pub(crate) fn evidence_of(reply: &AskReply, claims: &[usize]) -> Vec<EvidenceId> {
    let mut ids: Vec<EvidenceId> = Vec::new();
    for claim in claims.iter().filter_map(|place| reply.claims.get(*place)) {
        for id in &claim.evidence {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
    }
    ids
}

/// A claim with the sentence that the templates tell it by.
fn claim(reply: &Reply, place: usize, claim: &Claim) -> wire::Claim {
    let told = reply.prose.iter().rfind(|clause| clause.claims == [place]);
    wire::Claim {
        text: told.map(|clause| clause.text.clone()).unwrap_or_default(),
        product: claim.subject.clone(),
        polarity: match claim.polarity {
            Polarity::Positive => wire::Polarity::Positive,
            Polarity::Negative => wire::Polarity::Negative,
            Polarity::Neutral => wire::Polarity::Neutral,
            Polarity::Mixed => wire::Polarity::Mixed,
        },
        support: match claim.support {
            Support::Stated => wire::Support::Stated,
            Support::Counted => wire::Support::Counted,
            Support::Derived => wire::Support::Derived,
        },
        evidence: claim.evidence.clone(),
    }
}

/// How a condition is labelled that something is not so, by language; in English where there is none.
const NOT: [(&str, &str); 4] = [("en", "not"), ("de", "nicht"), ("fr", "pas"), ("es", "no")];

/// A condition that can be taken away.
fn chip(chip: &Chip, language: &str) -> wire::Chip {
    let constraint = present::constraint(&chip.constraint);
    let not = NOT.iter().find(|(code, _)| *code == language).map_or(NOT[0].1, |(_, not)| not);
    let label = match constraint.words.as_str() {
        "" => chip.id.clone(),
        words if chip.constraint.is_negated => format!("{not} {words}"),
        words => words.to_owned(),
    };
    wire::Chip { id: chip.id.clone(), label, because: chip.because.clone(), constraint }
}

fn step(step: assistant::ToldStep) -> wire::Step {
    wire::Step {
        text: step.text,
        claims: step.claims.into_iter().map(|place| place as u32).collect(),
        uncertain: step.is_uncertain,
    }
}

/// What reviewers say, in numbers.
fn summary(digest: &ReviewDigest) -> ReviewSummary {
    let aspects = digest.aspects.iter().map(|aspect| AspectVotes {
        name: aspect.name.clone(),
        praise: aspect.praise,
        fault: aspect.fault,
        mixed: aspect.mixed,
        typical: aspect.typical.clone(),
        dissenting: aspect.dissenting.clone(),
    });
    ReviewSummary {
        reviews: digest.reviews,
        products: digest.products,
        stars: digest.stars,
        who: digest.who.clone(),
        aspects: aspects.collect(),
    }
}

fn evidence(row: &EvidenceRow) -> wire::Evidence {
    wire::Evidence {
        id: row.id.clone(),
        kind: match row.kind {
            EvidenceKind::Attribute => wire::EvidenceKind::Attribute,
            EvidenceKind::Offer => wire::EvidenceKind::Offer,
            EvidenceKind::Description => wire::EvidenceKind::Description,
            EvidenceKind::Question => wire::EvidenceKind::Question,
            EvidenceKind::Review => wire::EvidenceKind::Review,
            EvidenceKind::Policy => wire::EvidenceKind::Policy,
            EvidenceKind::Page => wire::EvidenceKind::Page,
            EvidenceKind::Reference => wire::EvidenceKind::Reference,
        },
        product: row.product.clone(),
        source: row.source.clone(),
        quote: row.quote.clone(),
        context: row.context.clone(),
    }
}

/// The word of a closed enum as it stands in JSON.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
