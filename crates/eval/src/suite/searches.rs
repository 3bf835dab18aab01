//! Judged searches.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use assistant::Ask;
use commerce::Locale;
use search::{Language, understand};

use super::Failure;
use crate::catalog::Catalog;
use crate::judged::{self, JudgedSearch};
use crate::metric::{mean, ndcg, percentile, recall, reciprocal_rank, share};
use crate::shop::Shop;

/// How many hits are looked at.
const DEPTH: usize = 10;
/// A search below this is listed as failed.
const FINE: f64 = 0.7;

/// The scores of a store's searches.
#[derive(Clone, Debug, Default)]
pub struct SearchScores {
    /// How many there are.
    pub count: usize,
    /// Mean normalised discounted cumulative gain of the first ten hits.
    pub ndcg: f64,
    /// Mean share of right products among the first ten, of as many as could stand there.
    pub recall: f64,
    /// Mean of one over the rank of the first right product.
    pub mrr: f64,
    /// Share of searches that found nothing.
    pub zero_results: f64,
    /// Median and 99th percentile of the time of one search.
    pub latency: [Duration; 2],
    /// Mean gain by kind of search, with how many there are.
    pub kinds: BTreeMap<String, (f64, usize)>,
    /// Those that are not fine, worst first.
    pub failures: Vec<Failure>,
}

/// One search with what it found.
struct Outcome {
    search: JudgedSearch,
    found: Vec<String>,
    titles: Vec<String>,
    reading: String,
    ndcg: f64,
    time: Duration,
}

/// Runs all searches of a store that there are in a language.
pub async fn run(catalog: Catalog, shop: &Shop, language: Language) -> anyhow::Result<SearchScores> {
    let mut outcomes = Vec::new();
    // A store that is judged in its own language has no translations.
    let own = if language == Language::English { catalog.language() } else { language };
    for search in judged::searches_in(catalog, language)? {
        outcomes.push(one(shop, own, search).await?);
    }
    Ok(scores(&outcomes, shop))
}

async fn one(shop: &Shop, language: Language, search: JudgedSearch) -> anyhow::Result<Outcome> {
    let ask = Ask { text: search.query.clone(), locale: Locale::parse(language.code()), ..Ask::default() };
    let vector = shop.vector(&ask).await?;
    let started = Instant::now();
    let text = assistant::for_search(&shop.view, &ask)?;
    let understood = understand(&shop.view.vocabulary, &text);
    let query = understood.query(DEPTH);
    // As the program does: where nothing is left of the words, their meaning is all in the constraints.
    let vector = vector.filter(|_| !query.text.is_empty());
    let hits = shop.view.index.at(Shop::now()).search(&query, vector.as_deref())?;
    let time = started.elapsed();
    let found: Vec<String> = hits.hits.iter().map(|hit| hit.source_id.clone()).collect();
    let gain = ndcg(&found, &search.relevant, DEPTH);
    let titles = hits.hits.iter().map(|hit| hit.title.clone()).collect();
    let relaxed = if hits.relaxed.is_empty() { "" } else { " (relaxed)" };
    let reading =
        format!("text {:?}, {} constraints{relaxed}", understood.text, understood.constraints.len());
    Ok(Outcome { search, found, titles, reading, ndcg: gain, time })
}

fn scores(outcomes: &[Outcome], shop: &Shop) -> SearchScores {
    let times: Vec<Duration> = outcomes.iter().map(|outcome| outcome.time).collect();
    let empty = outcomes.iter().filter(|outcome| outcome.found.is_empty()).count();
    let mut kinds: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for outcome in outcomes {
        kinds.entry(outcome.search.kind.clone()).or_default().push(outcome.ndcg);
    }
    let mut failed: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.ndcg < FINE).collect();
    failed.sort_by(|a, b| a.ndcg.total_cmp(&b.ndcg));
    SearchScores {
        count: outcomes.len(),
        ndcg: mean(outcomes.iter().map(|outcome| outcome.ndcg)),
        recall: mean(outcomes.iter().map(|outcome| recall(&outcome.found, &outcome.search.relevant, DEPTH))),
        mrr: mean(outcomes.iter().map(|outcome| reciprocal_rank(&outcome.found, &outcome.search.relevant))),
        zero_results: share(empty, outcomes.len()),
        latency: [percentile(&times, 0.5), percentile(&times, 0.99)],
        kinds: kinds.into_iter().map(|(kind, all)| (kind, (mean(all.iter().copied()), all.len()))).collect(),
        failures: failed.into_iter().map(|outcome| failure(outcome, shop)).collect(),
    }
}

fn failure(outcome: &Outcome, shop: &Shop) -> Failure {
    let Outcome { search, found, titles, .. } = outcome;
    let title = |id: &String| {
        let product = shop.view.index.find(id).ok().flatten();
        let product = product.and_then(|id| shop.view.index.product(&id).ok().flatten());
        product.map_or_else(|| id.clone(), |product| product.title)
    };
    let mut missed: Vec<(&String, &u32)> =
        search.relevant.iter().filter(|(id, _)| !found.contains(id)).collect();
    missed.sort_by(|a, b| b.1.cmp(a.1));
    let missed: Vec<String> =
        missed.iter().take(DEPTH).map(|(id, gain)| format!("{gain} {}", title(id))).collect();
    let got = found.iter().zip(titles).map(|(id, title)| {
        let gain = search.relevant.get(id).copied().unwrap_or(0);
        format!("{gain} {title}")
    });
    Failure {
        what: format!(
            "{:?} ({}), NDCG {:.2}, read as {}",
            search.query, search.kind, outcome.ndcg, outcome.reading
        ),
        expected: format!("missed: {}", missed.join(" | ")),
        got: format!("got: {}", got.collect::<Vec<_>>().join(" | ")),
    }
}
