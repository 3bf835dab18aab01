//! Tables for people and JSON for programs.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

use crate::suite::Failure;
use crate::suite::questions::QuestionScores;
use crate::suite::searches::SearchScores;

/// One run of both suites or one of them on a store.
pub struct Run {
    /// The store.
    pub store: &'static str,
    /// `lexical`, or `hybrid` with the embedding model's name.
    pub mode: String,
    /// The language model.
    pub model: String,
    /// The scores of searches, where they were run.
    pub searches: Option<SearchScores>,
    /// The scores of questions, where they were run.
    pub questions: Option<QuestionScores>,
}

/// The runs as Markdown tables.
pub fn tables(runs: &[Run]) -> String {
    let mut text = String::new();
    if runs.iter().any(|run| run.searches.is_some()) {
        text.push_str(
            "| searches | mode | count | NDCG@10 | recall@10 | MRR | none found | p50 ms | p99 ms |\n\
             |---|---|---|---|---|---|---|---|---|\n",
        );
    }
    for (run, scores) in runs.iter().filter_map(|run| Some((run, run.searches.as_ref()?))) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.3} | {:.3} | {:.3} | {:.1} % | {:.1} | {:.1} |",
            run.store,
            run.mode,
            scores.count,
            scores.ndcg,
            scores.recall,
            scores.mrr,
            scores.zero_results * 100.0,
            milliseconds(scores.latency[0]),
            milliseconds(scores.latency[1])
        );
    }
    if runs.iter().any(|run| run.questions.is_some()) {
        text.push_str(
            "\n| questions | mode | model | count | accuracy | evidence precision | supported | abstention precision | recall | F1 | p50 ms | p99 ms |\n\
             |---|---|---|---|---|---|---|---|---|---|---|---|\n",
        );
    }
    for (run, scores) in runs.iter().filter_map(|run| Some((run, run.questions.as_ref()?))) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} ({} answerable) | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.1} | {:.1} |",
            run.store,
            run.mode,
            run.model,
            scores.count,
            scores.answerable,
            scores.accuracy,
            scores.evidence_precision,
            scores.supported,
            scores.abstention_precision,
            scores.abstention_recall,
            scores.abstention_f1(),
            milliseconds(scores.latency[0]),
            milliseconds(scores.latency[1])
        );
    }
    text
}

/// The scores by kind, and what failed.
pub fn details(run: &Run) -> String {
    let mut text = format!("\n## {}, {}\n", run.store, run.mode);
    if let Some(scores) = &run.searches {
        let _ = writeln!(text, "NDCG@10 by kind: {}", kinds(scores.kinds.iter()));
        push_failures(&mut text, &scores.failures);
    }
    if let Some(scores) = &run.questions {
        let _ = writeln!(text, "Right answers by kind: {}", kinds(scores.kinds.iter()));
        push_failures(&mut text, &scores.failures);
    }
    text
}

fn kinds<'a>(kinds: impl Iterator<Item = (&'a String, &'a (f64, usize))>) -> String {
    kinds.map(|(kind, (score, count))| format!("{kind} {score:.2} of {count}")).collect::<Vec<_>>().join(", ")
}

fn push_failures(text: &mut String, failures: &[Failure]) {
    for failure in failures {
        let _ = writeln!(text, "- {}\n  {}\n  {}", failure.what, failure.expected, failure.got);
    }
}

/// The runs for programs.
pub fn json(runs: &[Run]) -> Value {
    json!(runs.iter().map(run_json).collect::<Vec<_>>())
}

fn run_json(run: &Run) -> Value {
    let latency = |[p50, p99]: [Duration; 2]| json!({"p50": milliseconds(p50), "p99": milliseconds(p99)});
    json!({
        "store": run.store,
        "mode": run.mode,
        "model": run.model,
        "searches": run.searches.as_ref().map(|scores| json!({
            "count": scores.count,
            "ndcg_at_10": scores.ndcg,
            "recall_at_10": scores.recall,
            "mrr": scores.mrr,
            "zero_result_rate": scores.zero_results,
            "latency_ms": latency(scores.latency),
        })),
        "questions": run.questions.as_ref().map(|scores| json!({
            "count": scores.count,
            "answerable": scores.answerable,
            "accuracy": scores.accuracy,
            "evidence_precision": scores.evidence_precision,
            "supported": scores.supported,
            "abstention": {
                "precision": scores.abstention_precision,
                "recall": scores.abstention_recall,
                "f1": scores.abstention_f1(),
            },
            "rejected_sentences": scores.rejected,
            "latency_ms": latency(scores.latency),
        })),
    })
}

/// Milliseconds with their fraction.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
