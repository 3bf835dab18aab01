//! Benchmarks on generated catalogs, beside a peer that gets the same documents and queries in the same run, and of the
//! runtime of sessions.

pub mod catalog;
pub mod clients;
pub mod machine;
pub mod queries;
pub mod questions;
pub mod report;
pub mod reviews;
pub mod runtime;
pub mod russet;
pub mod size;
pub mod typesense;

use std::time::Duration;

/// What one engine did with the queries.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The engine, with how it was called.
    pub engine: String,
    /// How many clients asked at once.
    pub clients: usize,
    /// Median and 99th percentile of the time of one search.
    pub latency: [Duration; 2],
    /// Searches a second by all clients together.
    pub throughput: f64,
    /// Mean NDCG@10 against the generator's own truth.
    pub ndcg: f64,
    /// The same of each shape of queries.
    pub ndcg_of_shapes: Vec<(queries::Shape, f64)>,
}
