//! What a language model makes of the claims that templates tell as well: the same answers, told both ways.

use std::time::{Duration, Instant};

use assistant::{Ask, MAX_TOKENS, Reply, Verified};
use commerce::Locale;
use infer::{Constraint, LanguageModel, Request};
use search::Language;

use super::Failure;
use crate::catalog::Catalog;
use crate::judged;
use crate::metric::{mean, percentile, reading_ease, share};
use crate::shop::Shop;

/// How long a model may take for one answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// How answers are told by templates and by a model.
#[derive(Clone, Debug, Default)]
pub struct PhrasingScores {
    /// Answers that a model may phrase: those with few claims that need no order of their own.
    pub count: usize,
    /// Sentences that the model wrote.
    pub sentences: usize,
    /// Share of them that say nothing beyond their claims; the others are replaced.
    pub faithful: f64,
    /// Share of the claims that these sentences tell; templates tell the rest.
    pub complete: f64,
    /// Answers that the model did not give in its time.
    pub late: usize,
    /// By templates.
    pub templates: Told,
    /// By the model, mended.
    pub model: Told,
    /// Median and 99th percentile of the time that the model adds.
    pub latency: [Duration; 2],
    /// Sentences that did not stand, beside what the templates say.
    pub rejected: Vec<Failure>,
}

/// How answers read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    /// Words of an answer, in the mean.
    pub words: f64,
    /// Flesch's reading ease, in the mean.
    pub reading_ease: f64,
}

/// One answer, told both ways.
struct Outcome {
    question: String,
    claims: usize,
    told: usize,
    stood: usize,
    templates: String,
    model: String,
    written: String,
    rejected: usize,
    time: Duration,
}

/// Phrases the answers to all judged questions and searches of a store.
pub async fn run(catalog: Catalog, shop: &Shop, model: &LanguageModel) -> anyhow::Result<PhrasingScores> {
    let mut asks: Vec<Ask> = Vec::new();
    for question in judged::questions_in(catalog, Language::English)? {
        let product = question.product.filter(|_| question.page);
        asks.push(Ask { text: question.question, product, ..Ask::default() });
    }
    for search in judged::searches_in(catalog, Language::English)? {
        asks.push(Ask { text: search.query, ..Ask::default() });
    }
    let (mut outcomes, mut late) = (Vec::new(), 0);
    for ask in asks {
        let mut ask = Ask { locale: Locale::parse(catalog.language().code()), now: Shop::now(), ..ask };
        ask.vector = shop.vector(&ask).await?;
        let reply = assistant::ask(&shop.view, &ask)?;
        match one(&ask, &reply, model).await {
            Some(Ok(outcome)) => outcomes.push(outcome),
            Some(Err(infer::InferError::TimedOut { .. })) => late += 1,
            Some(Err(error)) => return Err(error.into()),
            None => {}
        }
    }
    Ok(PhrasingScores { late, ..scores(&outcomes) })
}

/// `None` where templates are as good.
async fn one(ask: &Ask, reply: &Reply, model: &LanguageModel) -> Option<Result<Outcome, infer::InferError>> {
    let phrasing = reply.phrasing()?;
    let request = Request::new(&phrasing.prompt)
        .system(&phrasing.system)
        .max_tokens(MAX_TOKENS)
        .constraint(Constraint::JsonSchema(phrasing.schema.clone()))
        .time_limit(PATIENCE);
    let started = Instant::now();
    let completion = match model.generate(request).await {
        Ok(generation) => generation.whole().await,
        Err(error) => Err(error),
    };
    let time = started.elapsed();
    Some(completion.map(|completion| {
        let verified = reply.verify(&phrasing, &completion.text);
        let Verified { clauses, stood, rejected, told } = &verified;
        Outcome {
            question: ask.text.clone(),
            claims: reply.answer.claims.len(),
            told: *told,
            stood: *stood,
            templates: reply.text(),
            model: assistant::text(clauses),
            written: completion.text,
            rejected: *rejected,
            time,
        }
    }))
}

fn scores(outcomes: &[Outcome]) -> PhrasingScores {
    let sum = |of: &dyn Fn(&Outcome) -> usize| outcomes.iter().map(of).sum::<usize>();
    let rejected = sum(&|outcome| outcome.rejected);
    let stood = sum(&|outcome| outcome.stood);
    let told = |of: &dyn Fn(&Outcome) -> &String| Told {
        words: mean(outcomes.iter().map(|outcome| of(outcome).split_whitespace().count() as f64)),
        reading_ease: mean(outcomes.iter().filter_map(|outcome| reading_ease(of(outcome)))),
    };
    let times: Vec<Duration> = outcomes.iter().map(|outcome| outcome.time).collect();
    PhrasingScores {
        count: outcomes.len(),
        sentences: stood + rejected,
        faithful: share(stood, stood + rejected),
        complete: share(sum(&|outcome| outcome.told), sum(&|outcome| outcome.claims)),
        late: 0,
        templates: told(&|outcome| &outcome.templates),
        model: told(&|outcome| &outcome.model),
        latency: [percentile(&times, 0.5), percentile(&times, 0.99)],
        rejected: outcomes.iter().filter(|outcome| outcome.rejected > 0).map(failure).collect(),
    }
}

fn failure(outcome: &Outcome) -> Failure {
    Failure {
        what: format!("{:?}: {} sentences did not stand", outcome.question, outcome.rejected),
        expected: format!("by templates: {}", outcome.templates),
        got: format!("written: {}", outcome.written),
    }
}
