//! What was measured, as Markdown.

use std::time::Duration;

use eval::metric::percentile;
use eval::report::milliseconds;

use crate::Measured;
use crate::russet::Imported;

const MEGABYTE: f64 = 1_048_576.0;

/// Megabytes of so many bytes.
pub fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / MEGABYTE
}

/// An import over the command line.
pub fn import(imported: &Imported) -> String {
    let Imported { rows, import, index, peak_bytes } = imported;
    let rate = |time: Duration| *rows as f64 / time.as_secs_f64().max(0.001);
    format!(
        "- import: {rows} rows in {:.1} s, {:.0} rows/s; the index follows in {:.1} s, {:.0} rows/s with it; peak \
         memory {:.0} MB",
        import.as_secs_f64(),
        rate(*import),
        index.as_secs_f64(),
        rate(*import + *index),
        megabytes(*peak_bytes)
    )
}

/// Median and 99th percentile of some times.
pub fn times(what: &str, times: &[Duration]) -> String {
    format!(
        "- {what}: p50 {:.2} ms, p99 {:.2} ms of {}",
        milliseconds(percentile(times, 0.5)),
        milliseconds(percentile(times, 0.99)),
        times.len()
    )
}

/// The table of searches.
pub fn searches(measured: &[Measured]) -> String {
    let mut table =
        "| engine | clients | p50 ms | p99 ms | searches/s | NDCG@10 |\n|---|---|---|---|---|---|".to_owned();
    for one in measured {
        table.push_str(&format!(
            "\n| {} | {} | {:.2} | {:.2} | {:.0} | {:.3} |",
            one.engine,
            one.clients,
            milliseconds(one.latency[0]),
            milliseconds(one.latency[1]),
            one.throughput,
            one.ndcg
        ));
    }
    table
}
