//! Judged suitability: is the verdict on each product right, are the needs that follow from place, time and use named, do the
//! right goods come, and is every step that is no note supported?

use std::time::{Duration, Instant};

use assistant::{Ask, Intent, Predicate, Reply, Verdict};
use commerce::EvidenceId;

use super::Failure;
use crate::catalog::Catalog;
use crate::judged::{self, JudgedSuitability};
use crate::metric::{percentile, share};
use crate::shop::Shop;

/// Products among which the one that has to come first may stand.
const FIRST: usize = 1;

/// The scores of a store's cases.
#[derive(Clone, Debug, Default)]
pub struct SuitabilityScores {
    /// How many there are.
    pub count: usize,
    /// Share that is right in all.
    pub accuracy: f64,
    /// Share of verdicts that are right.
    pub verdicts: f64,
    /// How many verdicts there are.
    pub judged: usize,
    /// Share of needs that are named.
    pub needs: f64,
    /// Share of finds with the right goods.
    pub goods: f64,
    /// Share of steps that state something whose claims have evidence in the answer.
    pub supported: f64,
    /// Median and 99th percentile of the time of one answer.
    pub latency: [Duration; 2],
    /// What is wrong.
    pub failures: Vec<Failure>,
}

/// Asks all cases of a store.
pub fn run(catalog: Catalog, shop: &Shop) -> anyhow::Result<SuitabilityScores> {
    let mut scores = SuitabilityScores::default();
    let mut tally = Tally::default();
    let mut times = Vec::new();
    for judged in judged::suitability(catalog)? {
        let ask = Ask {
            text: judged.question.clone(),
            product: judged.page.clone(),
            shown: judged.shown.clone(),
            now: Shop::now(),
            ..Ask::default()
        };
        let started = Instant::now();
        let reply = assistant::ask(&shop.view, &ask)?;
        times.push(started.elapsed());
        scores.count += 1;
        match tally.take(&judged, &reply) {
            None => tally.right += 1,
            Some(expected) => scores.failures.push(Failure {
                what: judged.question.clone(),
                expected,
                got: format!("{:?}: {}", reply.request.intent, reply.text()),
            }),
        }
    }
    scores.accuracy = share(tally.right, scores.count);
    scores.verdicts = share(tally.verdicts.0, tally.verdicts.1);
    scores.judged = tally.verdicts.1;
    scores.needs = share(tally.needs.0, tally.needs.1);
    scores.goods = share(tally.goods.0, tally.goods.1);
    scores.supported = share(tally.steps.0, tally.steps.1);
    scores.latency = [percentile(&times, 0.5), percentile(&times, 0.99)];
    Ok(scores)
}

/// What is right of how many.
#[derive(Default)]
struct Tally {
    right: usize,
    verdicts: (usize, usize),
    needs: (usize, usize),
    goods: (usize, usize),
    steps: (usize, usize),
}

impl Tally {
    /// Counts one case; what was expected where it is wrong.
    fn take(&mut self, judged: &JudgedSuitability, reply: &Reply) -> Option<String> {
        let mut wrong = Vec::new();
        if judged.is_other {
            let is_suit = reply.request.intent == Intent::Suit;
            return is_suit.then(|| "another kind of answer".to_owned());
        }
        for (product, wanted) in &judged.verdicts {
            self.verdicts.1 += 1;
            let got = verdict(reply, product);
            let is_right = wanted.iter().any(|wanted| wanted == got);
            self.verdicts.0 += usize::from(is_right);
            if !is_right {
                wrong.push(format!("{product} {}, not {got}", wanted.join(" or ")));
            }
        }
        let named = needs(reply);
        for need in &judged.needs {
            self.needs.1 += 1;
            let is_named = named.contains(need);
            self.needs.0 += usize::from(is_named);
            if !is_named {
                wrong.push(format!("{need} named"));
            }
        }
        if judged.verdicts.is_empty() {
            let goods = goods(judged, reply);
            self.goods.1 += 1;
            self.goods.0 += usize::from(goods.is_none());
            wrong.extend(goods);
        }
        for step in reply.steps().iter().filter(|step| !step.claims.is_empty()) {
            self.steps.1 += 1;
            let answer = &reply.answer;
            let stands = |place: &usize| {
                let evidence = answer.claims.get(*place).map(|claim| claim.evidence.as_slice());
                let is_there = |id: &EvidenceId| answer.evidence.iter().any(|row| row.id == *id);
                evidence.is_some_and(|evidence| !evidence.is_empty() && evidence.iter().all(is_there))
            };
            self.steps.0 += usize::from(step.claims.iter().all(stands));
        }
        (!wrong.is_empty()).then(|| wrong.join("; "))
    }
}

/// The verdict on a product; `unknown` where there is none.
fn verdict(reply: &Reply, source_id: &str) -> &'static str {
    let shown = reply.answer.products.iter().find(|shown| shown.hit.source_id == source_id);
    let id = shown.map(|shown| &shown.hit.product_id);
    let found = reply.answer.claims.iter().find_map(|claim| match &claim.predicate {
        Predicate::Suits { verdict, .. } if claim.subject.as_ref() == id => Some(*verdict),
        _ => None,
    });
    match found {
        Some(Verdict::Suits) => "suits",
        Some(Verdict::Reservations) => "reservations",
        Some(Verdict::Unsuitable) => "unsuitable",
        Some(Verdict::Unknown) | None => "unknown",
    }
}

/// The labels of all needs that an answer names.
fn needs(reply: &Reply) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for claim in &reply.answer.claims {
        match &claim.predicate {
            Predicate::Asks { musts, wishes, .. } => all.extend(musts.iter().chain(wishes).cloned()),
            Predicate::Meets { need, .. } => all.push(need.clone()),
            _ => {}
        }
    }
    all.extend(reply.answer.missing.iter().cloned());
    all
}

/// What is wrong with the goods that come.
fn goods(judged: &JudgedSuitability, reply: &Reply) -> Option<String> {
    let shown: Vec<&str> =
        reply.answer.products.iter().map(|product| product.hit.source_id.as_str()).collect();
    let is_first = judged.first.is_empty()
        || shown.iter().take(FIRST).any(|shown| judged.first.iter().any(|first| first == shown));
    let lacking = judged.shows.iter().find(|id| !shown.contains(&id.as_str()));
    let stray = judged.never.iter().find(|id| shown.contains(&id.as_str()));
    match (shown.is_empty(), is_first, lacking, stray) {
        (true, ..) => Some("goods".to_owned()),
        (_, false, ..) => Some(format!("{} first, not {}", judged.first.join(" or "), shown.join(", "))),
        (_, _, Some(id), _) => Some(format!("{id} among {}", shown.join(", "))),
        (.., Some(id)) => Some(format!("no {id}")),
        _ => None,
    }
}
