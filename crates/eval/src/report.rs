//! Tables for people and JSON for programs.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

use crate::suite::Failure;
use crate::suite::comparisons::ComparisonScores;
use crate::suite::decisions::DecisionScores;
use crate::suite::phrasing::{PhrasingScores, Told};
use crate::suite::questions::QuestionScores;
use crate::suite::searches::SearchScores;
use crate::suite::suitability::SuitabilityScores;

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
    /// The scores of comparisons, where they were run.
    pub comparisons: Option<ComparisonScores>,
    /// The scores of decisions, where they were run.
    pub decisions: Option<DecisionScores>,
    /// The scores of questions on what suits, where they were run.
    pub suitability: Option<SuitabilityScores>,
    /// How a model tells what templates tell, where that was run.
    pub phrasing: Option<PhrasingScores>,
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
            "\n| questions | mode | model | count | accuracy | evidence precision | supported | abstention precision | recall | F1 | shown beside silence | p50 ms | p99 ms |\n\
             |---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
        );
    }
    for (run, scores) in runs.iter().filter_map(|run| Some((run, run.questions.as_ref()?))) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} ({} answerable) | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.2} | {:.1} | {:.1} |",
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
            scores.shown,
            milliseconds(scores.latency[0]),
            milliseconds(scores.latency[1])
        );
    }
    push_sets(&mut text, runs);
    push_suitability(&mut text, runs);
    push_phrasing(&mut text, runs);
    text
}

/// Comparisons and decisions.
fn push_sets(text: &mut String, runs: &[Run]) {
    if runs.iter().any(|run| run.comparisons.is_some()) {
        text.push_str(
            "\n| comparisons | mode | count | products right | cells | stated right | not stated right | own evidence | ahead right | p50 ms | p99 ms |\n\
             |---|---|---|---|---|---|---|---|---|---|---|\n",
        );
    }
    for (run, scores) in runs.iter().filter_map(|run| Some((run, run.comparisons.as_ref()?))) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.3} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.1} | {:.1} |",
            run.store,
            run.mode,
            scores.count,
            scores.sets,
            scores.cells,
            scores.stated,
            scores.not_stated,
            scores.evidence,
            scores.ahead,
            milliseconds(scores.latency[0]),
            milliseconds(scores.latency[1])
        );
    }
    if runs.iter().any(|run| run.decisions.is_some()) {
        text.push_str(
            "\n| decisions | mode | count | picks right | undominated | sensitivity lines | that hold | p50 ms | p99 ms |\n\
             |---|---|---|---|---|---|---|---|---|\n",
        );
    }
    for (run, scores) in runs.iter().filter_map(|run| Some((run, run.decisions.as_ref()?))) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.3} | {:.3} | {} | {:.3} | {:.1} | {:.1} |",
            run.store,
            run.mode,
            scores.count,
            scores.picks,
            scores.undominated,
            scores.lines,
            scores.sensitivity,
            milliseconds(scores.latency[0]),
            milliseconds(scores.latency[1])
        );
    }
}

/// What suits.
fn push_suitability(text: &mut String, runs: &[Run]) {
    if runs.iter().any(|run| run.suitability.is_some()) {
        text.push_str(
            "\n| suitability | mode | count | accuracy | verdicts | right | needs named | goods right | steps supported | p50 ms | p99 ms |\n\
             |---|---|---|---|---|---|---|---|---|---|---|\n",
        );
    }
    for (run, scores) in runs.iter().filter_map(|run| Some((run, run.suitability.as_ref()?))) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.3} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.1} | {:.1} |",
            run.store,
            run.mode,
            scores.count,
            scores.accuracy,
            scores.judged,
            scores.verdicts,
            scores.needs,
            scores.goods,
            scores.supported,
            milliseconds(scores.latency[0]),
            milliseconds(scores.latency[1])
        );
    }
}

/// Templates and a model beside each other.
fn push_phrasing(text: &mut String, runs: &[Run]) {
    if runs.iter().any(|run| run.phrasing.is_some()) {
        text.push_str(
            "\n| phrasing | mode | told by | answers | sentences | faithful | claims told | words | reading ease | p50 s | p99 s | late |\n\
             |---|---|---|---|---|---|---|---|---|---|---|---|\n",
        );
    }
    for (run, scores) in runs.iter().filter_map(|run| Some((run, run.phrasing.as_ref()?))) {
        let Told { words, reading_ease } = scores.templates;
        let _ = writeln!(
            text,
            "| {} | {} | templates | {} | – | 1.000 | 1.000 | {words:.1} | {reading_ease:.0} | 0.0 | 0.0 | – |",
            run.store, run.mode, scores.count
        );
        let Told { words, reading_ease } = scores.model;
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {:.3} | {:.3} | {words:.1} | {reading_ease:.0} | {:.1} | {:.1} | {} |",
            run.store,
            run.mode,
            run.model,
            scores.count,
            scores.sentences,
            scores.faithful,
            scores.complete,
            scores.latency[0].as_secs_f64(),
            scores.latency[1].as_secs_f64(),
            scores.late
        );
    }
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
    if let Some(scores) = &run.comparisons {
        text.push_str("Comparisons:\n");
        push_failures(&mut text, &scores.failures);
    }
    if let Some(scores) = &run.decisions {
        text.push_str("Decisions:\n");
        push_failures(&mut text, &scores.failures);
    }
    if let Some(scores) = &run.suitability {
        text.push_str("Suitability:\n");
        push_failures(&mut text, &scores.failures);
    }
    if let Some(scores) = &run.phrasing {
        text.push_str("Sentences of the model that did not stand:\n");
        push_failures(&mut text, &scores.rejected);
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
            "shown_beside_silence": scores.shown,
            "rejected_sentences": scores.rejected,
            "latency_ms": latency(scores.latency),
        })),
        "comparisons": run.comparisons.as_ref().map(|scores| json!({
            "count": scores.count,
            "products": scores.sets,
            "cells": scores.cells,
            "stated": scores.stated,
            "not_stated": scores.not_stated,
            "own_evidence": scores.evidence,
            "ahead": scores.ahead,
            "latency_ms": latency(scores.latency),
        })),
        "decisions": run.decisions.as_ref().map(|scores| json!({
            "count": scores.count,
            "picks": scores.picks,
            "undominated": scores.undominated,
            "sensitivity_lines": scores.lines,
            "sensitivity_holds": scores.sensitivity,
            "latency_ms": latency(scores.latency),
        })),
        "suitability": run.suitability.as_ref().map(|scores| json!({
            "count": scores.count,
            "accuracy": scores.accuracy,
            "verdicts": scores.judged,
            "verdicts_right": scores.verdicts,
            "needs_named": scores.needs,
            "goods_right": scores.goods,
            "steps_supported": scores.supported,
            "latency_ms": latency(scores.latency),
        })),
        "phrasing": run.phrasing.as_ref().map(|scores| json!({
            "count": scores.count,
            "sentences": scores.sentences,
            "faithful": scores.faithful,
            "claims_told": scores.complete,
            "late": scores.late,
            "templates": { "words": scores.templates.words, "reading_ease": scores.templates.reading_ease },
            "by_model": { "words": scores.model.words, "reading_ease": scores.model.reading_ease },
            "latency_ms": latency(scores.latency),
        })),
    })
}

/// Milliseconds with their fraction.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
