//! The suites over reviews: what is read, and the tables that come of it, with published figures beside them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::annotated::Annotated;
use crate::suite::aspects::{self, AspectScores, Hits};
use crate::suite::summaries;

/// Aspects and sentiment on the marked reviews below a folder; `verbose` lists what was wrong and what was missed.
pub fn aspects(folder: &Path, verbose: bool) -> anyhow::Result<String> {
    let mut products = Vec::new();
    for part in ["product_reviews_1", "product_reviews_2"] {
        products.extend(annotated(&folder.join(part))?);
    }
    let scores: Vec<(AspectScores, bool)> =
        products.iter().map(|product| (aspects::score(product), product.is_development())).collect();
    let of = |wanted: bool| -> Vec<&AspectScores> {
        scores.iter().filter(|(_, is_development)| *is_development == wanted).map(|(own, _)| own).collect()
    };
    let mut text = String::from(
        "| reviews | aspects P | R | F1 | mentions P | R | F1 | with orientation P | R | F1 | orientation right |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for (title, wanted) in [("development", true), ("**held out**", false)] {
        of(wanted).into_iter().for_each(|own| text.push_str(&row(own)));
        text.push_str(&row(&aspects::total(title, &of(wanted))));
    }
    text.push_str(PUBLISHED_ASPECTS);
    for (own, _) in scores.iter().filter(|(_, is_development)| verbose && *is_development) {
        let _ = writeln!(
            text,
            "\n{}\n  wrong: {}\n  missed: {}",
            own.name,
            own.wrong.join(", "),
            own.missed.join(", ")
        );
    }
    Ok(text)
}

const PUBLISHED_ASPECTS: &str = "\nPublished on the first five products, over distinct aspects, by their authors' own judgement of what matches: \
Hu and Liu (KDD 2004) P 0.72, R 0.80, orientation of sentences right 0.84; Popescu and Etzioni (HLT/EMNLP 2005) P 0.94, R 0.77.\n";

fn row(scores: &AspectScores) -> String {
    let cells = |hits: &Hits| format!("{:.3} | {:.3} | {:.3}", hits.precision(), hits.recall(), hits.f1());
    let (all, right) = scores.judged;
    format!(
        "| {} | {} | {} | {} | {:.3} of {all} |\n",
        scores.name,
        cells(&scores.aspects),
        cells(&scores.mentions),
        cells(&scores.oriented),
        right as f64 / all.max(1) as f64
    )
}

fn annotated(folder: &Path) -> anyhow::Result<Vec<Annotated>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths: Vec<_> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt") && !path.ends_with("README.txt"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        Ok(Annotated::parse(&name, &String::from_utf8_lossy(&bytes)))
    };
    paths.iter().map(read).collect()
}

/// Summaries of the files in a folder.
pub fn summaries(folder: &Path, verbose: bool) -> anyhow::Result<String> {
    let mut text = String::from(
        "| summaries | count | ROUGE-1 | ROUGE-2 | ROUGE-L | one review: ROUGE-1 | 2 | L | clauses supported | not against the stars | 60–90 words |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut failures = String::new();
    for name in ["amazon-train.csv", "amazon-val.csv"] {
        let path = folder.join(name);
        let file = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let scores = summaries::run(&file)?;
        let rouge = |scores: [f64; 3]| scores.map(|score| format!("{score:.3}")).join(" | ");
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {:.3} of {} | {:.3} | {:.3} |",
            name.trim_end_matches(".csv"),
            scores.count,
            rouge(scores.rouge),
            rouge(scores.of_a_review),
            scores.support,
            scores.clauses,
            scores.balance,
            scores.length
        );
        scores.failures.iter().for_each(|failure| failures.push_str(&format!("\n{failure}")));
    }
    text.push_str(PUBLISHED_SUMMARIES);
    if verbose {
        text.push_str(&failures);
    }
    Ok(text)
}

const PUBLISHED_SUMMARIES: &str = "\nPublished on the test part of the same collection, which is not here, as F1: Bražinskas, Lapata and Titov (EMNLP 2020) \
ROUGE-1 0.336, ROUGE-2 0.072, ROUGE-L 0.215 for a trained generator, 0.277, 0.051 and 0.170 for LexRank, which extracts. They write prose; these summaries count and quote.\n";
