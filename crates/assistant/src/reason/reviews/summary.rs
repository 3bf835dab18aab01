//! A summary for a product page: 60 to 90 words where the reviews give so much, every clause counted or quoted.
//!
//! It cannot flip the balance: the stars come first, the side that most reviewers are on leads, and the other side never gets
//! more clauses than it.

use super::aspects::{self, Voted};
use super::{Case, spread};
use crate::claim::{Answer, AspectCount, Claim, Polarity, Predicate, ReviewDigest};
use crate::compose::{Told, sentence};
use crate::voice::Voice;

/// Words of a summary.
const WORDS: std::ops::RangeInclusive<usize> = 60..=90;
/// Aspects told of the side that leads.
const MAX_OF_SIDE: usize = 3;
/// Aspects in the digest.
const MAX_COUNTED: usize = 12;

/// A claim of the summary with its rows; the aspect and its quotes can still be told at length.
struct Draft<'a> {
    claim: Claim,
    rows: Vec<usize>,
    voted: Option<&'a Voted<'a>>,
}

/// States the summary.
pub(super) fn state(answer: &mut Answer, case: &Case<'_>) {
    spread::state(answer, case);
    let praises = spread::mean(case).map_or_else(|| praises_by_words(case), |mean| mean >= 3.0);
    let voted = aspects::voted(case);
    let mut drafts = drafts(case, &voted, praises);
    let mut words: usize = answer.claims.iter().map(length).sum();
    words += drafts.iter().map(|draft| length(&draft.claim)).sum::<usize>();
    while words > *WORDS.end() && drafts.len() > 1 {
        words -= drafts.pop().map_or(0, |draft| length(&draft.claim));
    }
    quote(case, &mut drafts, &mut words);
    fill(case, &mut drafts, &mut words, praises);
    for draft in drafts {
        case.state(answer, draft.claim, &draft.rows);
    }
}

/// The aspects of both sides that several reviewers judge, the leading side first and never the smaller one. What one
/// alone says is told in their own words.
fn drafts<'a>(case: &Case<'_>, voted: &'a [Voted<'a>], praises: bool) -> Vec<Draft<'a>> {
    let leading = if praises { Polarity::Positive } else { Polarity::Negative };
    let (leads, others): (Vec<_>, Vec<_>) = voted
        .iter()
        .filter(|voted| voted.judged() > usize::from(voted.polarity() == Polarity::Mixed) + 1)
        .partition(|voted| voted.polarity() == leading);
    let leads: Vec<_> = leads.into_iter().take(MAX_OF_SIDE).collect();
    let others = others.into_iter().take(leads.len().min(MAX_OF_SIDE - 1));
    let both = leads.iter().copied().chain(others.collect::<Vec<_>>());
    both.map(|voted| {
        let (claim, rows) = voted.claim(case, &[]);
        Draft { claim, rows, voted: Some(voted) }
    })
    .collect()
}

/// Gives aspects a sentence of their larger side, as far as there is room.
fn quote(case: &Case<'_>, drafts: &mut [Draft<'_>], words: &mut usize) {
    for draft in drafts {
        let Some(voted) = draft.voted else { continue };
        let quotes: Vec<usize> =
            voted.quotes(case, voted.praise >= voted.fault).into_iter().take(1).collect();
        let (claim, rows) = voted.claim(case, &quotes);
        let longer = *words - length(&draft.claim) + length(&claim);
        if longer <= *WORDS.end() {
            (draft.claim, draft.rows, *words) = (claim, rows, longer);
        }
    }
}

/// Adds what single reviewers write until there are enough words, from the leading side first, and never
/// more from the other.
fn fill(case: &Case<'_>, drafts: &mut Vec<Draft<'_>>, words: &mut usize, praises: bool) {
    let (own, other) = (aspects::ends(case, praises), aspects::ends(case, !praises));
    let (mut own, mut other) = (own.into_iter(), other.into_iter());
    let counts =
        |drafts: &[Draft<'_>], of: Polarity| drafts.iter().filter(|draft| draft.claim.polarity == of).count();
    let (leading, trailing) = match praises {
        true => (Polarity::Positive, Polarity::Negative),
        false => (Polarity::Negative, Polarity::Positive),
    };
    while *words < *WORDS.start() {
        let behind = counts(drafts, trailing) < counts(drafts, leading);
        let row = if behind { other.next().map(|row| (row, !praises)) } else { None };
        let Some((row, is_praise)) = row.or_else(|| own.next().map(|row| (row, praises))) else { return };
        let claim = aspects::quoted(case, row, is_praise);
        let is_told = drafts.iter().any(|draft| quotes_row(case, draft, row));
        if !is_told && *words + length(&claim) <= *WORDS.end() {
            *words += length(&claim);
            drafts.push(Draft { claim, rows: vec![row], voted: None });
        }
    }
}

/// Whether a draft quotes this row already.
fn quotes_row(case: &Case<'_>, draft: &Draft<'_>, row: usize) -> bool {
    let quote = &case.gathered.rows[row].quote;
    match &draft.claim.predicate {
        Predicate::Aspect { quotes, .. } => quotes.contains(quote),
        Predicate::Quote { quote: own, .. } => own == quote,
        _ => false,
    }
}

/// Which way the words lean, where there are no stars.
fn praises_by_words(case: &Case<'_>) -> bool {
    let count = |lean: insight::Lean| case.insight.leans.iter().filter(|own| **own == lean).count();
    count(insight::Lean::Praise) >= count(insight::Lean::Fault)
}

fn length(claim: &Claim) -> usize {
    sentence(Voice::default(), claim, &mut Told::default()).split_whitespace().count()
}

/// The numbers behind what is told.
pub(super) fn digest(answer: &mut Answer, case: &Case<'_>) {
    let row = |row: Option<usize>| row.map(|row| case.gathered.rows[row].id.clone());
    let voted = aspects::voted(case);
    let counted = voted.iter().take(MAX_COUNTED).map(|voted| {
        let leads = voted.praise >= voted.fault;
        AspectCount {
            name: case.gathered.name(voted.aspect),
            praise: voted.praise as u32,
            fault: voted.fault as u32,
            mixed: voted.mixed as u32,
            typical: row(voted.quote(case, leads)),
            dissenting: row(voted.quote(case, !leads)),
        }
    });
    answer.reviews = Some(ReviewDigest {
        reviews: case.passes.iter().filter(|passes| **passes).count() as u32,
        products: case.gathered.products as u32,
        stars: spread::stars(case),
        who: Some(super::select::told(case.voice, &case.asked.filter)).filter(|who| !who.is_empty()),
        aspects: counted.collect(),
    });
}
