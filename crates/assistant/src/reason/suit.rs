//! Whether goods suit a place, a time, a use, a person or a room, and what would: the weather and the circumstances ask for
//! needs, by rules that are data, and each need is set beside what the store states.
//!
//! Each step of that is a claim or a note of [`Step`]; figures of the weather are evidence like any other.

mod case;
mod find;
mod judge;
mod serve;
mod verdict;

use commerce::Product;

use crate::claim::{Answer, Claim, Polarity, Predicate, Recommended, Support};
use crate::lexicon::goods;
use crate::step::{Bearing, Note, Step, Verdict};
use crate::voice::Voice;
use crate::{Ask, AskError, Request, Snapshot};

use case::{Case, Demand};
use judge::{Finding, Judged};
pub(super) use serve::{Serving, serving};

/// Products that are judged for one question.
const MAX_JUDGED: usize = 6;
/// Findings told of one of several products.
const MAX_FINDINGS: usize = 3;

/// Answers the request.
pub(crate) fn suit(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let case = Case::new(ask, &request.context);
    let mut answer = Answer::default();
    if request.products.is_empty() {
        find::find(&mut answer, snapshot, ask, request, &case)?;
    } else {
        judge_all(&mut answer, snapshot, ask, request, &case)?;
    }
    answer.follow_ups = super::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}

/// Judges the products that were named.
fn judge_all(
    answer: &mut Answer,
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    case: &Case,
) -> Result<(), AskError> {
    let products = &request.products[..request.products.len().min(MAX_JUDGED)];
    let is_one = products.len() == 1;
    let mut judged = Vec::new();
    for product in products {
        let rows = snapshot.index.evidence_of(&product.id)?;
        let read = judge::read_all(&rows);
        let demands = case.demands_of(goods::of(product));
        let findings: Vec<(Demand, Finding)> =
            demands.into_iter().map(|demand| (demand.clone(), judge::judge(&demand, &read, ask))).collect();
        let findings = asked(findings);
        judged.push(Judged { product, verdict: verdict::of(&findings), findings });
        if let Some(hit) = snapshot.index.hit(&product.id)? {
            answer.products.push(Recommended { hit, reason: String::new() });
        }
    }
    let known = judged.iter().any(|judged| judged.verdict != Verdict::Unknown);
    if is_one && known {
        verdict::state(answer, case, &judged[0]);
    }
    case.state(answer, &judged.iter().flat_map(Judged::demands).collect::<Vec<_>>());
    for judged in &judged {
        if !is_one && judged.verdict != Verdict::Unknown {
            verdict::state(answer, case, judged);
        }
        let limit = if is_one { usize::MAX } else { MAX_FINDINGS };
        state_findings(answer, judged, limit);
        note_silence(answer, judged, is_one);
    }
    if is_one && known {
        answer.steps.push(Step { claims: vec![0], note: None, is_uncertain: judged[0].is_uncertain(case) });
    }
    if !known {
        answer.is_abstention = true;
        answer.missing.push(crate::compose::setting(Voice::of(&ask.locale), &case.setting));
    }
    Ok(())
}

/// Without the time of year and what is only known of the shopper, where the product states none of it.
fn asked(findings: Vec<(Demand, Finding)>) -> Vec<(Demand, Finding)> {
    let is_stated = |(demand, finding): &(Demand, Finding)| {
        finding.bearing.is_some() || !matches!(demand.test, case::Test::Season) && !demand.is_told
    };
    findings.into_iter().filter(is_stated).collect()
}

/// What was found of each demand that is not silent.
fn state_findings(answer: &mut Answer, judged: &Judged<'_>, limit: usize) {
    let told = judged.findings.iter().filter(|(_, finding)| finding.bearing.is_some());
    for (demand, finding) in told.take(limit) {
        let Some(bearing) = finding.bearing else { continue };
        let claim = Claim {
            subject: Some(judged.product.id.clone()),
            predicate: Predicate::Meets {
                need: demand.label.clone(),
                bearing,
                stated: finding.shown(),
                beside: finding.beside.clone(),
                agree: finding.agree,
                disagree: finding.disagree,
            },
            polarity: match bearing {
                Bearing::For => Polarity::Positive,
                Bearing::Against => Polarity::Negative,
                Bearing::Partly | Bearing::Divided => Polarity::Mixed,
            },
            support: if finding.is_counted() { Support::Counted } else { Support::Derived },
            evidence: finding.rows.iter().map(|row| row.id.clone()).collect(),
            confidence: if finding.is_uncertain() { 0.5 } else { 0.9 },
        };
        let place = answer.claims.len();
        answer.state(claim, &finding.rows.iter().collect::<Vec<_>>());
        if answer.claims.len() > place {
            answer.steps.push(Step { claims: vec![place], note: None, is_uncertain: finding.is_uncertain() });
        }
    }
}

/// What the store does not say of a product.
fn note_silence(answer: &mut Answer, judged: &Judged<'_>, is_one: bool) {
    let silent = judged.findings.iter().filter(|(_, finding)| finding.bearing.is_none());
    let needs: Vec<String> = silent.map(|(demand, _)| demand.label.clone()).collect();
    if needs.is_empty() {
        return;
    }
    let title = if is_one { String::new() } else { judged.product.title.clone() };
    for need in &needs {
        if !answer.missing.contains(need) {
            answer.missing.push(need.clone());
        }
    }
    let note = Note::Silent { title, needs };
    answer.steps.push(Step { claims: Vec::new(), note: Some(note), is_uncertain: true });
}

impl Judged<'_> {
    fn demands(&self) -> impl Iterator<Item = &Demand> {
        self.findings.iter().map(|(demand, _)| demand)
    }

    /// Whether the verdict rests on what is not known.
    fn is_uncertain(&self, case: &Case) -> bool {
        let is_open = |(_, finding): &(Demand, Finding)| finding.bearing.is_none() || finding.is_uncertain();
        case.is_uncertain || self.findings.iter().any(is_open)
    }

    /// The title of the product.
    fn title(&self) -> &str {
        &self.product.title
    }

    /// The product.
    fn subject(&self) -> &Product {
        self.product
    }
}
