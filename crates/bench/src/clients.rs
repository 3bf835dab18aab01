//! Clients that send the same queries one after another, some at once.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::Measured;
use crate::queries::GeneratedQuery;
use eval::metric::{mean, percentile};

/// Searches that each client sends at least, after one round through all queries that warms up and is scored: the 99th
/// percentile then rests on twenty or more.
const MIN_SEARCHES: usize = 2_000;

/// Measures an engine: `search` gives the source ids of ten hits.
pub async fn measure<S, F>(
    engine: &str,
    clients: usize,
    seed: u64,
    queries: &Arc<Vec<GeneratedQuery>>,
    search: S,
) -> anyhow::Result<Measured>
where
    S: Fn(GeneratedQuery) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = anyhow::Result<Vec<String>>> + Send + 'static,
{
    let mut gains = Vec::new();
    for query in queries.iter() {
        gains.push(query.ndcg(seed, &search(query.clone()).await?));
    }
    let started = Instant::now();
    let running: Vec<_> = (0..clients)
        .map(|client| tokio::spawn(rounds(client, Arc::clone(queries), search.clone())))
        .collect();
    let mut times = Vec::new();
    for client in running {
        times.extend(client.await??);
    }
    Ok(Measured {
        engine: engine.to_owned(),
        clients,
        latency: [percentile(&times, 0.5), percentile(&times, 0.99)],
        throughput: times.len() as f64 / started.elapsed().as_secs_f64(),
        ndcg: mean(gains),
    })
}

async fn rounds<S, F>(
    client: usize,
    queries: Arc<Vec<GeneratedQuery>>,
    search: S,
) -> anyhow::Result<Vec<Duration>>
where
    S: Fn(GeneratedQuery) -> F,
    F: Future<Output = anyhow::Result<Vec<String>>>,
{
    let mut times = Vec::new();
    for round in 0..MIN_SEARCHES.div_ceil(queries.len().max(1)) {
        for place in 0..queries.len() {
            // Clients do not ask for the same at the same time.
            let query = &queries[(place + client * 37 + round) % queries.len()];
            let started = Instant::now();
            search(query.clone()).await?;
            times.push(started.elapsed());
        }
    }
    Ok(times)
}
