//! What most likely supports an answer, by meaning and words together, where nothing answers in words that are known.

use search::EvidenceKind;

use super::attributes::PLACES;
use crate::bearing::{Scored, is_close, is_likely};
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};

/// Rows shown at most.
const MAX_ROWS: usize = 2;
/// A second row must be nearly as likely as the first.
const NEAR_BEST: f32 = 0.06;

/// A row with this share of a title's words names the goods.
const NAMES: f32 = 0.4;
/// Such a row has to have at least this share of what was asked.
const LEAST_COVERAGE: f32 = 0.25;

/// Quotes the likeliest rows and takes no side: whether they say yes or no, the shopper reads.
pub(super) fn read(answer: &mut Answer, rows: &[Scored]) {
    let mut likely = ranked(rows);
    likely.retain(|(likelihood, _)| is_likely(*likelihood));
    let best = likely.first().map_or(0.0, |(likelihood, _)| *likelihood);
    for (likelihood, scored) in likely.into_iter().take(MAX_ROWS).filter(|(l, _)| *l >= best - NEAR_BEST) {
        quote(answer, scored, likelihood);
    }
}

/// Quotes what comes closest where nothing is likely to answer.
pub(super) fn closest(answer: &mut Answer, rows: &[Scored]) {
    let close = ranked(rows).into_iter().filter(|(likelihood, _)| is_close(*likelihood));
    close.take(MAX_ROWS).for_each(|(likelihood, scored)| quote(answer, scored, likelihood));
}

/// What can be quoted, likeliest first.
fn ranked(rows: &[Scored]) -> Vec<(f32, &Scored)> {
    let mut ranked = likelihoods(rows);
    ranked.sort_by(|(a, first), (b, second)| b.total_cmp(a).then_with(|| first.row.id.cmp(&second.row.id)));
    ranked
}

fn quote(answer: &mut Answer, scored: &Scored, likelihood: f32) {
    let row = &scored.row;
    let claim = Claim {
        subject: row.product.clone(),
        predicate: Predicate::quoting(row),
        polarity: Polarity::Neutral,
        support: Support::Stated,
        evidence: vec![row.id.clone()],
        confidence: likelihood,
    };
    answer.state(claim, &[row]);
}

/// Whether a row says nothing of what was asked and is near because it names the goods, as the question does.
fn is_near_by_name(rows: &[Scored], scored: &Scored) -> bool {
    let is_title = |other: &&Scored| other.row.source == "title" && other.row.product == scored.row.product;
    let names = |title: &Scored| {
        let named = title.stems.iter().filter(|stem| scored.stems.contains(stem)).count();
        named as f32 >= NAMES * title.stems.len() as f32
    };
    scored.coverage < LEAST_COVERAGE && rows.iter().filter(is_title).any(names)
}

/// Each row that says something with its likelihood, beside the best of the others.
fn likelihoods(rows: &[Scored]) -> Vec<(f32, &Scored)> {
    let cosine = |scored: &Scored| scored.meaning.map_or(0.0, |meaning| meaning.cosine);
    // The name repeats the question, and an offer is a fact that is told as such or not at all.
    let is_said = |scored: &&Scored| {
        let source = scored.row.source.as_str();
        let is_place = scored.row.kind == EvidenceKind::Attribute && PLACES.contains(&source);
        source != "title" && scored.row.kind != EvidenceKind::Offer && !is_place
    };
    let mut said: Vec<&Scored> =
        rows.iter().filter(is_said).filter(|scored| !is_near_by_name(rows, scored)).collect();
    said.sort_by(|a, b| cosine(b).total_cmp(&cosine(a)).then_with(|| a.row.id.cmp(&b.row.id)));
    let (first, second) = (said.first().map_or(0.0, |s| cosine(s)), said.get(1).map_or(0.0, |s| cosine(s)));
    let others = |place: usize| if place == 0 { second } else { first };
    said.iter().enumerate().map(|(place, scored)| (scored.likelihood(others(place)), *scored)).collect()
}
