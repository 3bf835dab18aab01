//! What reviewers say of a product, of several, or of a kind of goods: counted by reviewer, with sentences of both sides.
//!
//! The reviews at hand are mined when they are asked about, at most [`gather::MAX_ROWS`] sentences of them, so that no index
//! has to be kept; the sentences of the same category teach which words are nouns and what their stars mean.

use commerce::ProductId;

use crate::claim::{Answer, Claim, Polarity, Predicate, Recommended, Support};
use crate::request::{ReviewFilter, ReviewsAsked, Side};
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

mod aspects;
mod gather;
mod select;
mod spread;
mod summary;
mod trend;

use gather::Gathered;

/// Products shown beside what is said of their kind.
const SHOWN: usize = 5;

/// What the parts of this reasoner look at.
struct Case<'a> {
    voice: Voice,
    /// The product, where it is about one.
    subject: Option<&'a ProductId>,
    asked: &'a ReviewsAsked,
    gathered: &'a Gathered,
    /// Whether each review counts.
    passes: &'a [bool],
    insight: &'a insight::Insight,
}

/// Answers the request.
pub(crate) fn reviews(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let mut answer = Answer::default();
    let Some(asked) = &request.reviews else { return Ok(silent(answer, request)) };
    if request.products.is_empty() {
        about_kind(&mut answer, snapshot, ask, asked)?;
    }
    for product in &request.products {
        let gathered = gather::of_product(snapshot, product)?;
        about(&mut answer, ask, asked, Some(&product.id), &gathered);
        if let Some(hit) = snapshot.index.hit(&product.id)? {
            answer.products.push(Recommended { hit, reason: String::new() });
        }
    }
    if answer.claims.is_empty() {
        answer.products.clear();
        return Ok(silent(answer, request));
    }
    answer.follow_ups = super::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}

/// What is said of the goods that the words name.
fn about_kind(
    answer: &mut Answer,
    snapshot: &Snapshot,
    ask: &Ask,
    asked: &ReviewsAsked,
) -> Result<(), AskError> {
    let Some(kind) = gather::of_kind(snapshot, asked)? else { return Ok(()) };
    let topic = asked.topic.iter().filter(|stem| !kind.names.contains(stem.as_str())).cloned().collect();
    let asked = ReviewsAsked { topic, ..asked.clone() };
    about(answer, ask, &asked, None, &kind.gathered);
    if !answer.claims.is_empty() {
        let hits = kind.hits.into_iter().take(SHOWN);
        answer.products.extend(hits.map(|hit| Recommended { hit, reason: String::new() }));
    }
    Ok(())
}

/// Mines what was gathered and states what was asked for.
fn about(
    answer: &mut Answer,
    ask: &Ask,
    asked: &ReviewsAsked,
    subject: Option<&ProductId>,
    gathered: &Gathered,
) {
    let count = gathered.reviews.len().to_string();
    answer.looked_at.push(Voice::of(&ask.locale).say(Line::ReviewMany, &[&count]));
    let passes = select::passes(gathered, &asked.filter, ask.now);
    let insight = gathered.mine(&passes);
    let voice = Voice::of(&ask.locale);
    let case = Case { voice, subject, asked, gathered, passes: &passes, insight: &insight };
    let is_filtered = asked.filter != ReviewFilter::default();
    if is_filtered {
        select::state(answer, &case, &asked.filter);
    }
    match (asked.topic.is_empty(), asked.is_trend) {
        (_, true) => trend::state(answer, &case),
        (false, false) => aspects::on_topic(answer, &case),
        (true, false) if asked.side == Side::Both => summary::state(answer, &case),
        (true, false) => aspects::of_side(answer, &case),
    }
    let has_more = answer.claims.iter().any(|claim| !matches!(claim.predicate, Predicate::Selected { .. }));
    if !has_more && (is_filtered || !asked.topic.is_empty()) {
        answer.claims.clear();
        answer.evidence.clear();
        return;
    }
    summary::digest(answer, &case);
}

fn silent(mut answer: Answer, request: &Request) -> Answer {
    answer.is_abstention = true;
    answer.missing.push(request.own_words(&request.text));
    answer
}

impl Case<'_> {
    /// A claim that rests on counted rows.
    fn counted(&self, predicate: Predicate, polarity: Polarity, rows: &[usize]) -> Claim {
        Claim {
            subject: self.subject.cloned(),
            predicate,
            polarity,
            support: Support::Counted,
            evidence: rows.iter().map(|row| self.gathered.rows[*row].id.clone()).collect(),
            confidence: rows.len() as f32 / (rows.len() as f32 + 1.0),
        }
    }

    /// States a claim with its rows.
    fn state(&self, answer: &mut Answer, claim: Claim, rows: &[usize]) {
        let rows: Vec<_> = rows.iter().map(|row| &self.gathered.rows[*row]).collect();
        answer.state(claim, &rows);
    }

    /// Ratings of the reviews that count, as stars, each with its review.
    fn stars(&self) -> impl Iterator<Item = (usize, f32)> {
        let reviews = self.gathered.reviews.iter().enumerate();
        reviews
            .filter(|(number, _)| self.passes[*number])
            .filter_map(|(number, review)| Some((number, 1.0 + 4.0 * review.rating?)))
    }
}
