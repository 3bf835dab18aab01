//! From findings to a verdict: all that has to be is stated, or some of it, or it is denied, or the store does not say.

use search::EvidenceRow;

use super::case::{Case, Demand, Test};
use super::judge::{Finding, Judged};
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::directive::without_directive;
use crate::lexicon::needs::Grade;
use crate::step::{Bearing, Verdict};

/// Rows that a verdict cites of each finding.
const CITED_OF_EACH: usize = 1;

/// The verdict. A circumstance that goods are made for settles what it asks for.
pub(super) fn of(findings: &[(Demand, Finding)]) -> Verdict {
    let is_made = |(demand, finding): &(Demand, Finding)| {
        matches!(demand.test, Test::Made(_)) && finding.bearing == Some(Bearing::For)
    };
    let made = findings.iter().any(is_made);
    let grade = |(demand, _): &&(Demand, Finding)| match demand.test {
        Test::Made(_) => Grade::Must,
        Test::Need(_) if made && !demand.is_of_weather => Grade::Wish,
        _ => demand.grade,
    };
    let musts: Vec<&(Demand, Finding)> =
        findings.iter().filter(|found| grade(found) == Grade::Must).collect();
    // What a use wishes for does not count where goods are made for it.
    let is_open = |(demand, _): &&(Demand, Finding)| !made || demand.is_of_weather;
    let wishes = findings.iter().filter(|found| grade(found) == Grade::Wish).filter(is_open);
    let wishes: Vec<&(Demand, Finding)> = wishes.collect();
    // What is not made for a use can do for it by what the use asks for.
    let is_asked = |found: &&&(Demand, Finding)| !matches!(found.0.test, Test::Made(circumstance) if found.1.bearing.is_none() && !circumstance.must.is_empty());
    let musts: Vec<&(Demand, Finding)> = musts.iter().filter(is_asked).copied().collect();
    let count = |of: &[&(Demand, Finding)], bearing: Option<Bearing>| {
        of.iter().filter(|(_, finding)| finding.bearing == bearing).count()
    };
    let (met, denied) = (count(&musts, Some(Bearing::For)), count(&musts, Some(Bearing::Against)));
    let is_hard =
        musts.iter().any(|(_, finding)| finding.bearing == Some(Bearing::Against) && finding.is_measured);
    let partly = count(&musts, Some(Bearing::Partly)) + count(&musts, Some(Bearing::Divided));
    let wished = count(&wishes, Some(Bearing::For));
    let unwished = count(&wishes, Some(Bearing::Against));
    let wished_partly = count(&wishes, Some(Bearing::Partly)) + count(&wishes, Some(Bearing::Divided));
    let is_unmade = musts.iter().any(|(demand, finding)| {
        matches!(demand.test, Test::Made(_)) && finding.bearing == Some(Bearing::Against)
    });
    match (met, denied, partly, musts.len()) {
        _ if is_unmade => Verdict::Unsuitable,
        _ if is_hard => Verdict::Unsuitable,
        (0, 1.., 0, _) => Verdict::Unsuitable,
        (_, 1.., ..) => Verdict::Reservations,
        (met, 0, 0, all) if met == all && all > 0 => {
            if unwished == 0 {
                Verdict::Suits
            } else {
                Verdict::Reservations
            }
        }
        (1.., ..) | (_, _, 1.., _) => Verdict::Reservations,
        // Nothing has to be.
        (0, 0, 0, 0) => match (wished, unwished, wished_partly) {
            (1.., 0, _) => Verdict::Suits,
            (1.., 1.., _) | (0, 0, 1..) | (0, 1.., 1..) => Verdict::Reservations,
            (0, 1.., 0) => Verdict::Unsuitable,
            (0, 0, 0) => Verdict::Unknown,
        },
        // What has to be is silent, something else speaks for it.
        _ if wished > 0 && musts.iter().all(|(demand, _)| matches!(demand.test, Test::Made(_))) => {
            Verdict::Reservations
        }
        _ => Verdict::Unknown,
    }
}

/// States the verdict on a product.
pub(super) fn state(answer: &mut Answer, case: &Case, judged: &Judged<'_>) {
    let labels = |wanted: &[Option<Bearing>]| -> Vec<String> {
        let all = judged.findings.iter().filter(|(_, finding)| wanted.contains(&finding.bearing));
        all.map(|(demand, _)| demand.label.clone()).collect()
    };
    let predicate = Predicate::Suits {
        title: without_directive(judged.title()),
        setting: case.setting.clone(),
        verdict: judged.verdict,
        met: labels(&[Some(Bearing::For)]),
        partly: labels(&[Some(Bearing::Partly), Some(Bearing::Divided)]),
        against: labels(&[Some(Bearing::Against)]),
        silent: labels(&[None]),
    };
    let rows: Vec<&EvidenceRow> =
        judged.findings.iter().flat_map(|(_, finding)| finding.rows.iter().take(CITED_OF_EACH)).collect();
    let claim = Claim {
        subject: Some(judged.subject().id.clone()),
        predicate,
        polarity: match judged.verdict {
            Verdict::Suits => Polarity::Positive,
            Verdict::Unsuitable => Polarity::Negative,
            Verdict::Reservations => Polarity::Mixed,
            Verdict::Unknown => Polarity::Neutral,
        },
        support: Support::Derived,
        evidence: rows.iter().map(|row| row.id.clone()).collect(),
        confidence: 0.8,
    };
    answer.state(claim, &rows);
}
