//! Goods for a place, a time and a use where none is named: the needs widen the search as likings, and what the search
//! gives is judged like a product that was named.

use std::collections::BTreeSet;

use commerce::Product;
use search::{Constraint, EvidenceKind, EvidenceRow, Field, Hit, Test, Understood};

use super::case::{Case, Demand};
use super::judge::{self, Finding};
use super::verdict;
use crate::claim::{Answer, Claim, Polarity, Predicate, Recommended, Support};
use crate::lexicon::goods::{self, Class};
use crate::lexicon::needs::Grade;
use crate::retrieve::offered;
use crate::step::{Bearing, Note, Step, Verdict};
use crate::voice::Voice;
use crate::{Ask, AskError, Request, Snapshot};

/// Products shown unless the caller says otherwise.
const DEFAULT_LIMIT: usize = 5;
/// Products that a search gives to be judged.
const CANDIDATES: usize = 20;
/// Products of each kind of goods that are judged where no goods are named.
const CANDIDATES_OF_KIND: usize = 4;
/// Values of the catalog that are liked for one need at most.
const MAX_LIKINGS_OF_NEED: usize = 4;
/// Reasons told for one product at most.
const MAX_REASONS: usize = 3;
/// Letters of a sentence that is a reason at most.
const MAX_REASON: usize = 160;

/// A product that was found, judged.
struct Candidate {
    hit: Hit,
    product: Product,
    class: &'static str,
    findings: Vec<(Demand, Finding)>,
    verdict: Verdict,
    offer: Option<EvidenceRow>,
    place: usize,
}

/// States what the weather and the uses ask for, then the goods that meet it.
pub(super) fn find(
    answer: &mut Answer,
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    case: &Case,
) -> Result<(), AskError> {
    let is_open = crate::understand::is_open(&request.text);
    let hits = if is_open {
        of_needs(snapshot, ask, request, case)?
    } else {
        of_goods(snapshot, ask, request, case)?
    };
    let mut options = Vec::new();
    for (place, hit) in hits.into_iter().enumerate() {
        options.extend(option(snapshot, ask, case, hit, place)?);
    }
    if is_open {
        options.retain(|option| !option.class.is_empty());
    }
    options.sort_by_key(|option| (rank(option), option.place));
    let has_known = options.iter().any(|option| rank(option).0 <= 1);
    options.retain(|option| !has_known || rank(option).0 <= 1);
    if is_open {
        one_of_each(&mut options);
    }
    let limit = if ask.limit == 0 { DEFAULT_LIMIT } else { ask.limit.min(CANDIDATES) };
    options.truncate(limit);
    let demands: Vec<&Demand> =
        options.iter().flat_map(|option| option.findings.iter().map(|(d, _)| d)).collect();
    if options.is_empty() {
        answer.is_abstention = true;
        answer.missing.push(crate::compose::setting(Voice::of(&ask.locale), &case.setting));
        return Ok(());
    }
    case.state(answer, &demands);
    let known: BTreeSet<bool> = options.iter().map(|option| option.verdict != Verdict::Unknown).collect();
    if !known.contains(&true) {
        let needs: BTreeSet<String> =
            options.iter().flat_map(|option| option.findings.iter().map(|(d, _)| d.label.clone())).collect();
        let note = Note::Silent { title: String::new(), needs: needs.into_iter().collect() };
        answer.steps.push(Step { claims: Vec::new(), note: Some(note), is_uncertain: true });
    }
    for option in options {
        recommend(answer, Voice::of(&ask.locale), option);
    }
    Ok(())
}

/// What a search for the goods that are named gives, with the needs as likings.
fn of_goods(snapshot: &Snapshot, ask: &Ask, request: &Request, case: &Case) -> Result<Vec<Hit>, AskError> {
    let mut need = search::understand(&snapshot.vocabulary, &request.context.rest);
    need.preferences.extend(likings(snapshot, case));
    search(snapshot, ask, request, need, CANDIDATES)
}

/// The values of the catalog by which products state the needs.
fn likings(snapshot: &Snapshot, case: &Case) -> Vec<Constraint> {
    let mut likings: Vec<Constraint> = Vec::new();
    for (need, _) in case.needs() {
        let told = need.told.terms.iter().flat_map(|term| &term.others).map(|(phrase, _)| phrase);
        let meanings = told.chain(&need.tags).flat_map(|phrase| snapshot.vocabulary.meanings(phrase));
        let stated = meanings.filter(|meaning| matches!(meaning.field, Field::Attribute(_)));
        for meaning in stated.take(MAX_LIKINGS_OF_NEED) {
            let liking = Constraint::filter(meaning.field.clone(), Test::AnyOf(meaning.values.clone()));
            if !likings.contains(&liking) {
                likings.push(liking);
            }
        }
    }
    likings
}

/// What searches for the goods that meet the needs give.
fn of_needs(snapshot: &Snapshot, ask: &Ask, request: &Request, case: &Case) -> Result<Vec<Hit>, AskError> {
    let mut words: Vec<&String> = Vec::new();
    for grade in [Grade::Must, Grade::Wish] {
        for (need, _) in case.needs().filter(|(_, own)| *own == grade) {
            words.extend(need.wear.iter().filter(|word| !words.contains(word)).collect::<Vec<_>>());
        }
    }
    let mut hits: Vec<Hit> = Vec::new();
    let uses: Vec<&str> =
        request.context.circumstances.iter().map(|circumstance| circumstance.name.as_str()).collect();
    for word in words {
        let need = search::understand(&snapshot.vocabulary, &format!("{word} {}", uses.join(" ")));
        for hit in offered(snapshot, ask, &need.query(CANDIDATES_OF_KIND), None)?.hits {
            if !hits.iter().any(|known: &Hit| known.product_id == hit.product_id) {
                hits.push(hit);
            }
        }
    }
    Ok(hits)
}

fn search(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    need: Understood,
    limit: usize,
) -> Result<Vec<Hit>, AskError> {
    let request = Request { need, ..request.clone() };
    let ask = Ask { limit, vector: None, ..ask.clone() };
    let found = crate::reason::find::find(snapshot, &ask, &request)?;
    Ok(found.products.into_iter().map(|shown| shown.hit).collect())
}

/// Judges what was found.
fn option(
    snapshot: &Snapshot,
    ask: &Ask,
    case: &Case,
    hit: Hit,
    place: usize,
) -> Result<Option<Candidate>, AskError> {
    let Some(product) = snapshot.index.product(&hit.product_id)? else { return Ok(None) };
    let rows = snapshot.index.evidence_of(&hit.product_id)?;
    // Reviews rank nothing here: what the shop states decides which goods come.
    let own: Vec<EvidenceRow> = rows.iter().filter(|row| row.kind != EvidenceKind::Review).cloned().collect();
    let read = judge::read_all(&own);
    let class = goods::of(&product);
    let findings: Vec<(Demand, Finding)> = case
        .demands_of(class)
        .into_iter()
        .map(|demand| (demand.clone(), judge::judge(&demand, &read, ask)))
        .collect();
    let findings = super::asked(findings);
    let offer = rows.iter().find(|row| row.kind == EvidenceKind::Offer).cloned();
    let worn = class.filter(|class| class.is_worn).map_or("", |class: &'static Class| class.name.as_str());
    Ok(Some(Candidate { hit, class: worn, verdict: verdict::of(&findings), findings, offer, product, place }))
}

/// What suits first, then by how much of what is asked is stated.
fn rank(option: &Candidate) -> (u8, i32) {
    let verdict = match option.verdict {
        Verdict::Suits => 0,
        Verdict::Reservations => 1,
        Verdict::Unknown => 2,
        Verdict::Unsuitable => 3,
    };
    let worth = |(demand, finding): &(Demand, Finding)| {
        let weight = if demand.grade == Grade::Must { 4 } else { 2 };
        match finding.bearing {
            Some(Bearing::For) => weight,
            Some(Bearing::Partly) => weight / 2,
            Some(Bearing::Divided) | None => 0,
            Some(Bearing::Against) => -weight,
        }
    };
    (verdict, -option.findings.iter().map(worth).sum::<i32>())
}

/// One of each kind of goods first, then the others.
fn one_of_each(options: &mut Vec<Candidate>) {
    let mut seen: BTreeSet<&'static str> = BTreeSet::new();
    let (first, rest): (Vec<Candidate>, Vec<Candidate>) =
        std::mem::take(options).into_iter().partition(|option| seen.insert(option.class));
    options.extend(first.into_iter().chain(rest));
}

/// Shows a product with what it states of what is asked.
fn recommend(answer: &mut Answer, voice: Voice, option: Candidate) {
    let mut cited: Vec<&EvidenceRow> = option.offer.iter().collect();
    let mut reasons: Vec<String> = Vec::new();
    let told = option.findings.iter().filter(|(_, finding)| {
        matches!(finding.bearing, Some(Bearing::For | Bearing::Partly)) && !finding.is_counted()
    });
    for (demand, finding) in told {
        let Some(row) = finding.rows.first().filter(|_| reasons.len() < MAX_REASONS) else { continue };
        let is_told = cited.iter().any(|known| known.id == row.id);
        let is_place = crate::reason::answer::PLACES.contains(&row.source.as_str());
        if is_place {
            reasons.push(voice.term(&demand.label));
        } else if !is_told && row.quote.chars().count() <= MAX_REASON {
            reasons.push(crate::compose::reason(voice, &demand.label, row));
        }
        cited.push(row);
    }
    let lacks = option
        .findings
        .iter()
        .filter(|(demand, finding)| finding.bearing.is_none() && demand.grade == Grade::Must)
        .map(|(demand, _)| voice.term(&demand.label))
        .collect();
    let against: Vec<&(Demand, Finding)> =
        option.findings.iter().filter(|(_, finding)| finding.bearing == Some(Bearing::Against)).collect();
    for (demand, finding) in against {
        if let Some(row) = finding.rows.first() {
            reasons.push(crate::compose::objection(voice, &demand.label, row));
            cited.push(row);
        }
    }
    let price = option.hit.price.map(|price| price.to_string()).unwrap_or_default();
    let reason = reasons.join("; ");
    let mut evidence: Vec<commerce::EvidenceId> = Vec::new();
    for row in &cited {
        if !evidence.contains(&row.id) {
            evidence.push(row.id.clone());
        }
    }
    let claim = Claim {
        subject: Some(option.product.id.clone()),
        predicate: Predicate::Fits { title: option.hit.title.clone(), price, reasons, lacks },
        polarity: Polarity::Positive,
        support: Support::Derived,
        evidence,
        confidence: 0.9,
    };
    let place = answer.claims.len();
    answer.state(claim, &cited);
    if answer.claims.len() > place {
        let is_uncertain = option.verdict != Verdict::Suits;
        answer.steps.push(Step { claims: vec![place], note: None, is_uncertain });
    }
    answer.products.push(Recommended { hit: option.hit, reason });
}
