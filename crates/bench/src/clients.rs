//! Clients that send the same queries one after another, some at once.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eval::metric::{mean, percentile};

use crate::Measured;
use crate::catalog::Catalog;
use crate::queries::{GeneratedQuery, Shape};

/// Searches that each client sends: the 99th percentile then rests on twenty or more.
const SEARCHES: usize = 2_000;
/// A slow engine is not asked for longer than this, once each query was sent.
const PATIENCE: Duration = Duration::from_secs(30);

/// What one search came to: the time until the last byte of the reply, and the source ids of its hits.
pub struct Searched {
    /// Until the reply was there.
    pub time: Duration,
    /// Ten at most.
    pub found: Vec<String>,
}

/// Sends each query once: the engine is warm after it. The NDCG@10 of each, in their order.
async fn score<S, F>(catalog: Catalog, queries: &[GeneratedQuery], search: &S) -> anyhow::Result<Vec<f64>>
where
    S: Fn(GeneratedQuery) -> F,
    F: Future<Output = anyhow::Result<Searched>>,
{
    let mut gains = Vec::new();
    for query in queries {
        gains.push(query.ndcg(catalog, &search(query.clone()).await?.found));
    }
    Ok(gains)
}

fn of_shapes(queries: &[GeneratedQuery], gains: &[f64]) -> Vec<(Shape, f64)> {
    let of = |shape| queries.iter().zip(gains).filter(move |(query, _)| query.shape == shape);
    Shape::ALL.map(|shape| (shape, mean(of(shape).map(|(_, gain)| *gain)))).to_vec()
}

/// Measures a warm engine with one client, and with two at once.
pub async fn measure<S, F>(
    engine: &str,
    catalog: Catalog,
    queries: &Arc<Vec<GeneratedQuery>>,
    search: S,
) -> anyhow::Result<Vec<Measured>>
where
    S: Fn(GeneratedQuery) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = anyhow::Result<Searched>> + Send + 'static,
{
    let gains = score(catalog, queries, &search).await?;
    let ndcg_of_shapes = of_shapes(queries, &gains);
    let ndcg = mean(gains);
    let mut measured = Vec::new();
    for clients in [1, 2] {
        let started = Instant::now();
        let running: Vec<_> = (0..clients)
            .map(|client| tokio::spawn(rounds(client, Arc::clone(queries), search.clone())))
            .collect();
        let mut times = Vec::new();
        for client in running {
            times.extend(client.await??);
        }
        measured.push(Measured {
            engine: engine.to_owned(),
            clients,
            latency: [percentile(&times, 0.5), percentile(&times, 0.99)],
            throughput: times.len() as f64 / started.elapsed().as_secs_f64(),
            ndcg,
            ndcg_of_shapes: ndcg_of_shapes.clone(),
        });
    }
    Ok(measured)
}

async fn rounds<S, F>(
    client: usize,
    queries: Arc<Vec<GeneratedQuery>>,
    search: S,
) -> anyhow::Result<Vec<Duration>>
where
    S: Fn(GeneratedQuery) -> F,
    F: Future<Output = anyhow::Result<Searched>>,
{
    let started = Instant::now();
    let mut times = Vec::new();
    for round in 0..SEARCHES.div_ceil(queries.len().max(1)) {
        if started.elapsed() > PATIENCE {
            break;
        }
        for place in 0..queries.len() {
            // Clients do not ask for the same at the same time.
            let query = &queries[(place + client * 37 + round) % queries.len()];
            times.push(search(query.clone()).await?.time);
        }
    }
    Ok(times)
}
