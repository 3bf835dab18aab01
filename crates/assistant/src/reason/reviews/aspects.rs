//! Aspects as claims: the votes on each, with a sentence of either side.

use std::collections::HashSet;

use insight::{Aspect, Kind, Lean, Mention};

use super::{Case, select, spread};
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::lexicon::everyday;
use crate::request::Side;

/// Aspects told of one side.
const MAX_TOLD: usize = 4;
/// What a sentence is worth as a quote for judging a part of the goods, for a word of the shop on them, for judging nothing, and
/// for judging at most.
const OF_PART: f32 = 1.0;
const OF_WORD: f32 = 0.4;
const OF_SILENCE: f32 = -0.7;
const MAX_JUDGED: f32 = 3.0;
/// Sentences of one review that are quoted at most.
const MAX_OF_REVIEW: usize = 2;
/// Reviews quoted where no aspect can be counted.
const MAX_QUOTED: usize = 2;

/// An aspect with its votes, ready to be told.
pub(super) struct Voted<'a> {
    pub(super) aspect: &'a Aspect,
    pub(super) praise: usize,
    pub(super) fault: usize,
    pub(super) mixed: usize,
}

/// All aspects that somebody judges, most votes first.
pub(super) fn voted<'a>(case: &Case<'a>) -> Vec<Voted<'a>> {
    let judged =
        case.insight.aspects.iter().filter(|aspect| aspect.kind != Kind::Whole && aspect.judged() > 0);
    let mut voted: Vec<Voted<'_>> = judged.map(Voted::new).collect();
    voted.sort_by(|a, b| b.judged().cmp(&a.judged()).then_with(|| a.aspect.name.cmp(&b.aspect.name)));
    voted
}

impl<'a> Voted<'a> {
    fn new(aspect: &'a Aspect) -> Self {
        let [praise, fault, mixed] = [Lean::Praise, Lean::Fault, Lean::Mixed].map(|lean| aspect.count(lean));
        Self { aspect, praise, fault, mixed }
    }

    /// Reviewers who judge it.
    pub(super) fn judged(&self) -> usize {
        self.praise + self.fault + self.mixed
    }

    /// Which way most of them lean.
    pub(super) fn polarity(&self) -> Polarity {
        match (self.praise, self.fault) {
            (praise, fault) if praise > fault => Polarity::Positive,
            (praise, fault) if praise < fault => Polarity::Negative,
            _ => Polarity::Mixed,
        }
    }

    /// The row that says it best on one side.
    pub(super) fn quote(&self, case: &Case<'_>, is_praise: bool) -> Option<usize> {
        let mentions = self.aspect.voices.iter().flat_map(|voice| &voice.mentions);
        let own = mentions.filter(|mention| mention.polarity != 0.0 && (mention.polarity > 0.0) == is_praise);
        let quotable = own.filter(|mention| select::is_quotable(&case.gathered.rows[mention.sentence]));
        quotable
            .max_by(|a, b| plainness(case, a).total_cmp(&plainness(case, b)))
            .map(|mention| mention.sentence)
    }

    /// One sentence of each reviewer who judges it: the one that says it most strongly.
    fn rows(&self) -> Vec<usize> {
        let judging = self.aspect.voices.iter().filter(|voice| voice.lean != Lean::Silent);
        let strongest = |mentions: &[Mention]| {
            mentions
                .iter()
                .max_by(|a, b| a.polarity.abs().total_cmp(&b.polarity.abs()))
                .map(|own| own.sentence)
        };
        judging.filter_map(|voice| strongest(&voice.mentions)).collect()
    }

    /// The claim, with sentences of the larger side first, or of the side that is asked for.
    pub(super) fn claim(&self, case: &Case<'_>, quotes: &[usize]) -> (Claim, Vec<usize>) {
        // Who calls it flimsy faults it, and agrees that it is flimsy.
        let turned = self.aspect.kind != Kind::Part && self.aspect.is_fault;
        let (agree, disagree) = if turned { (self.fault, self.praise) } else { (self.praise, self.fault) };
        let mut rows = self.rows();
        rows.extend(quotes.iter().filter(|quote| !rows.contains(quote)).copied().collect::<Vec<_>>());
        let predicate = Predicate::Aspect {
            name: case.gathered.name(self.aspect),
            kind: self.aspect.kind,
            agree: agree as u32,
            disagree: disagree as u32,
            mixed: self.mixed as u32,
            quotes: quotes.iter().map(|row| case.gathered.rows[*row].quote.clone()).collect(),
        };
        (case.counted(predicate, self.polarity(), &rows), rows)
    }

    /// The rows to quote: of the side that leads, then of the other.
    pub(super) fn quotes(&self, case: &Case<'_>, leads_praise: bool) -> Vec<usize> {
        let leading = self.quote(case, leads_praise);
        let other = self.quote(case, !leads_praise).filter(|row| Some(*row) != leading);
        leading.into_iter().chain(other).collect()
    }
}

/// How well a sentence stands for a side: strong, and neither long nor clipped.
fn plainness(case: &Case<'_>, mention: &Mention) -> f32 {
    mention.polarity.abs().min(2.0) - length_off(case, mention.sentence)
}

/// How far a sentence is from a length that reads well.
fn length_off(case: &Case<'_>, row: usize) -> f32 {
    let words = case.gathered.rows[row].quote.split_whitespace().count() as f32;
    (words - 10.0).abs() / 12.0
}

/// What is said of what was asked.
pub(super) fn on_topic(answer: &mut Answer, case: &Case<'_>) {
    let topic = &case.asked.topic;
    let is_meant = |aspect: &Aspect| {
        topic.iter().any(|stem| {
            let is_other = |own: &String| everyday::of(stem).iter().any(|(other, _)| other == own);
            aspect.stems.iter().any(|own| own == stem || is_other(own))
        })
    };
    for voted in voted(case).iter().filter(|voted| is_meant(voted.aspect)).take(MAX_TOLD) {
        tell(answer, case, voted);
    }
}

/// What is praised, or what is complained of.
pub(super) fn of_side(answer: &mut Answer, case: &Case<'_>) {
    let wants_praise = case.asked.side == Side::Praise;
    let count = |voted: &Voted<'_>| if wants_praise { voted.praise } else { voted.fault } + voted.mixed;
    let mut voted = voted(case);
    voted.retain(|voted| count(voted) > 0);
    voted.sort_by_key(|voted| std::cmp::Reverse(count(voted)));
    let is_many = case.passes.iter().filter(|passes| **passes).count() > 2 * MAX_TOLD;
    if is_many && voted.iter().any(|voted| count(voted) > 1) {
        voted.retain(|voted| count(voted) > 1);
    }
    spread::state(answer, case);
    for voted in voted.iter().take(MAX_TOLD) {
        tell(answer, case, voted);
    }
    let told = voted.len().min(MAX_TOLD);
    quote_ends(answer, case, wants_praise, MAX_QUOTED.min(MAX_TOLD - told));
}

fn tell(answer: &mut Answer, case: &Case<'_>, voted: &Voted<'_>) {
    let leads_praise = match case.asked.side {
        Side::Praise => true,
        Side::Fault => false,
        Side::Both => voted.praise >= voted.fault,
    };
    let (claim, rows) = voted.claim(case, &voted.quotes(case, leads_praise));
    case.state(answer, claim, &rows);
}

/// Quotes from the reviews with the most or the fewest stars.
pub(super) fn quote_ends(answer: &mut Answer, case: &Case<'_>, wants_praise: bool, most: usize) {
    let is_told = |answer: &Answer, row: usize| {
        let quote = &case.gathered.rows[row].quote;
        answer.claims.iter().any(
            |claim| matches!(&claim.predicate, Predicate::Aspect { quotes, .. } if quotes.contains(quote)),
        )
    };
    let rows: Vec<usize> =
        ends(case, wants_praise).into_iter().filter(|row| !is_told(answer, *row)).collect();
    for row in rows.into_iter().take(most) {
        let claim = quoted(case, row, wants_praise);
        case.state(answer, claim, &[row]);
    }
}

/// The sentences that judge a part of the goods.
fn parts(case: &Case<'_>) -> impl Iterator<Item = usize> {
    let parts = case.insight.aspects.iter().filter(|aspect| aspect.kind == Kind::Part);
    let mentions = parts.flat_map(|aspect| aspect.voices.iter().flat_map(|voice| &voice.mentions));
    mentions.filter(|mention| mention.polarity != 0.0).map(|mention| mention.sentence)
}

/// Sentences of the reviews that clearly praise or clearly fault, by their stars: the best of each, then the second of each.
pub(super) fn ends(case: &Case<'_>, wants_praise: bool) -> Vec<usize> {
    let mut reviews: Vec<(usize, f32)> =
        case.stars().filter(|(_, stars)| if wants_praise { *stars >= 4.0 } else { *stars <= 2.0 }).collect();
    reviews.sort_by(|a, b| if wants_praise { b.1.total_cmp(&a.1) } else { a.1.total_cmp(&b.1) });
    let sign = if wants_praise { 1.0 } else { -1.0 };
    let told: HashSet<usize> = parts(case).collect();
    // What judges a part of the goods says more than what judges, and that more than anything else.
    let worth = |row: &usize| {
        let judged = sign * case.insight.judged[*row];
        let silent = if judged == 0.0 { OF_SILENCE } else { 0.0 };
        let of_part = match told.contains(row) {
            true => OF_PART,
            false if case.insight.describes[*row] => OF_WORD,
            false => 0.0,
        };
        judged.min(MAX_JUDGED) - length_off(case, *row) + silent + of_part
    };
    let own = |review: usize| {
        let rows = case.gathered.reviews[review].rows.clone();
        let leaning = rows.filter(|row| sign * case.insight.judged[*row] >= 0.0);
        let mut rows: Vec<usize> =
            leaning.filter(|row| select::is_quotable(&case.gathered.rows[*row])).collect();
        rows.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
        rows.into_iter().take(MAX_OF_REVIEW).enumerate()
    };
    let mut rows: Vec<(usize, usize)> = reviews.into_iter().flat_map(|(review, _)| own(review)).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| worth(&b.1).total_cmp(&worth(&a.1))).then(a.1.cmp(&b.1)));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A sentence in a reviewer's own words.
pub(super) fn quoted(case: &Case<'_>, row: usize, is_praise: bool) -> Claim {
    let own = &case.gathered.rows[row];
    Claim {
        subject: case.subject.cloned(),
        predicate: Predicate::quoting(own),
        polarity: if is_praise { Polarity::Positive } else { Polarity::Negative },
        support: Support::Stated,
        evidence: vec![own.id.clone()],
        confidence: 0.6,
    }
}
