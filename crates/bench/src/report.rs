//! What was measured, as Markdown.

use std::time::Duration;

use eval::metric::percentile;
use eval::report::milliseconds;

use crate::Measured;
use crate::queries::Shape;
use crate::questions::Asked;
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

/// The table of NDCG@10 by the shape of queries, a row for an engine.
pub fn shapes(measured: &[Measured]) -> String {
    let names = Shape::ALL.map(Shape::name).join(" | ");
    let mut table = format!("| NDCG@10 | {names} |\n|---{}|", "|---".repeat(Shape::ALL.len()));
    for one in measured.iter().filter(|one| one.clients == 1) {
        let scores = one.ndcg_of_shapes.iter().map(|(_, ndcg)| format!("{ndcg:.3}")).collect::<Vec<_>>();
        table.push_str(&format!("\n| {} | {} |", one.engine, scores.join(" | ")));
    }
    table
}

/// The table of answers, a row for a capability.
pub fn answers(asked: &[Asked]) -> String {
    let mut table =
        "| capability | questions | first part p50 ms | p99 ms | whole answer p50 ms | p99 ms |\n\
                     |---|---|---|---|---|---|"
            .to_owned();
    for one in asked {
        let of = |times: &[Duration], part| milliseconds(percentile(times, part));
        let (first, whole) = (&one.first, &one.whole);
        table.push_str(&format!(
            "\n| {} | {} | {:.1} | {:.1} | {:.1} | {:.1} |",
            one.capability,
            first.len(),
            of(first, 0.5),
            of(first, 0.99),
            of(whole, 0.5),
            of(whole, 0.99)
        ));
    }
    table
}
