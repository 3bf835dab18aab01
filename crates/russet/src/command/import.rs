//! `russet import`: feeds, reviews, pages and pictures into the catalog.

use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, builder::PossibleValuesParser};
use commerce::{Currency, Dimension, Unit};
use indicatif::{ProgressBar, ProgressStyle};
use ingest::Format;
use store::{ImportMode, Store};
use wire::{Counts, ImportReport, Severity};

use crate::config::Config;
use crate::engine::{self, Engine};
use crate::failure::{Reported, UsageError};
use crate::import::{self, Pictures, Plan, inputs};
use crate::output::{self, Style, counted, grouped, tame};

/// Diagnostics that are printed for people; `--json` gives more.
const SHOWN: usize = 20;

/// Bring feeds, reviews, pages and pictures into the catalog.
///
/// The format of a file is found by its content: Google Merchant product data (XML or TSV), Google product reviews,
/// product CSV of Shopify, WooCommerce and Magento 2, HTML pages, and Russet's own JSONL; plain, gzip or zip. A wrong
/// row is reported and left out, the rest goes in. All paths together are one import: it is in the catalog whole, or
/// not at all.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet import merchant.xml reviews.xml pages/       three sources, one import
  russet import export.csv --currency EUR             a feed whose prices name no currency
  russet import feed.xml --replace --strict           the feed is the whole truth, and must be flawless
  russet import feed.xml --dry-run --json | jq .      what is wrong with a feed, for programs")]
pub(crate) struct Arguments {
    /// Files and folders; folders are read with all folders below them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Format of all files, where the content does not tell
    #[arg(long, default_value = "auto", value_parser = formats())]
    format: String,

    /// Currency of prices that name none, as an ISO 4217 code
    #[arg(long, value_name = "CODE", value_parser = currency)]
    currency: Option<Currency>,

    /// Unit of weights whose table names none, such as kg or lb (Magento exports never name it)
    #[arg(long, value_name = "UNIT", value_parser = weight_unit)]
    weight_unit: Option<Unit>,

    /// Store view of a Magento export to show, instead of what it says for all store views
    #[arg(long, value_name = "CODE")]
    store_view: Option<String>,

    /// The feeds are the whole truth: remove what they do not name
    #[arg(long)]
    replace: bool,

    /// Change nothing if any row would be left out
    #[arg(long)]
    strict: bool,

    /// Read everything, report what is wrong and what would change, change nothing
    #[arg(long)]
    dry_run: bool,

    /// Folder of pictures; one is found by the end of the path that the feed gives
    #[arg(long, value_name = "DIR")]
    images: Option<PathBuf>,

    /// Download pictures that the feed gives as URLs, instead of linking to them
    #[arg(long)]
    fetch_images: bool,

    /// Let --fetch-images reach private networks
    #[arg(long, requires = "fetch_images")]
    allow_private_network: bool,

    /// Print one JSON object, described by docs/schema/import-report.json
    #[arg(long)]
    json: bool,
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(std::iter::once("auto").chain(Format::ALL.iter().map(|format| format.as_str())))
}

fn currency(code: &str) -> Result<Currency, String> {
    Currency::parse(code).ok_or_else(|| "it is no ISO 4217 currency code, such as USD".to_owned())
}

fn weight_unit(name: &str) -> Result<Unit, String> {
    let unit = Unit::parse(name).filter(|unit| unit.dimension() == Dimension::Mass);
    unit.ok_or_else(|| "it is no unit of weight, such as kg, g, lb or oz".to_owned())
}

/// Reads the feeds and reports.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let started = Instant::now();
    let plan = plan(&config, &arguments)?;
    if plan.inputs.is_empty() {
        return Err(UsageError("no feed or page was found in these folders".to_owned()).into());
    }
    // Nothing is left of a dry run where there was nothing: it goes by an empty catalog of its own.
    let aside = (arguments.dry_run && !config.has_catalog()).then(tempfile::tempdir).transpose()?;
    let store = match &aside {
        Some(folder) => {
            engine::open_store(&Config { data: folder.path().to_owned(), ..config.clone() }).await?
        }
        None => engine::open_store(&config).await?,
    };
    let mut report = tokio::select! {
        report = import::run(&store, plan) => report?,
        _ = tokio::signal::ctrl_c() => anyhow::bail!("interrupted; the catalog is as it was before"),
    };
    report.timings_ms.total = started.elapsed().as_secs_f64() * 1000.0;
    match arguments.json {
        true => output::json(&report)?,
        false => output::text(&describe(&report, Style::of_output()))?,
    }
    if report.is_committed {
        tokio::select! {
            () = index(&config, store) => {}
            _ = tokio::signal::ctrl_c() => output::note("The catalog is in; the index follows with the next command."),
        }
    }
    conclude(&arguments, &report)
}

/// Brings the index up to the catalog, words first, so that the next question need not wait. The import is done
/// already: what fails here is done by the next command, or by the server that runs.
async fn index(config: &Config, store: Store) {
    let indexed = async {
        let engine = Engine::of_store(config, store)?;
        engine.refresh().await?;
        engine.open_embedder(config).await?;
        let bar = ProgressBar::new(0);
        let style =
            ProgressStyle::with_template("{bar:24} {pos} of {len} products are searched by meaning too");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let drawn = bar.clone();
        let progress = move |done, total| {
            drawn.set_length(total);
            drawn.set_position(done);
        };
        let embedded = engine.embed(&progress).await;
        bar.finish_and_clear();
        embedded
    };
    if let Err(error) = indexed.await {
        output::note(&format!("note: the index is not up to date yet: {error:#}"));
    }
}

fn plan(config: &Config, arguments: &Arguments) -> anyhow::Result<Plan> {
    Ok(Plan {
        inputs: inputs::find(&arguments.paths)?,
        format: Format::parse(&arguments.format),
        options: ingest::Options {
            default_currency: arguments.currency,
            weight_unit: arguments.weight_unit,
            store_view: arguments.store_view.clone(),
            ..ingest::Options::default()
        },
        mode: if arguments.replace { ImportMode::Replace } else { ImportMode::Merge },
        is_strict: arguments.strict,
        is_dry_run: arguments.dry_run,
        pictures: Pictures {
            folder: config.images(),
            local: arguments.images.clone(),
            is_fetching: arguments.fetch_images,
            is_private_allowed: arguments.allow_private_network,
        },
    })
}

/// An import that was refused, or that had nothing to take, has failed; the report has said why.
fn conclude(arguments: &Arguments, report: &ImportReport) -> anyhow::Result<()> {
    let is_refused = !report.is_committed && !arguments.dry_run;
    let is_flawed = arguments.strict && report.errors > 0;
    if is_refused || is_flawed { Err(Reported.into()) } else { Ok(()) }
}

/// The report for people.
pub(crate) fn describe(report: &ImportReport, style: Style) -> String {
    let mut text = String::new();
    let records: u64 = report.files.iter().map(|file| file.records).sum();
    let seconds = report.timings_ms.total / 1000.0;
    let pace = grouped((records as f64 / seconds.max(0.001)) as u64);
    let title = format!("{} from {}", counted(records, "record"), counted(report.files.len() as u64, "file"));
    text.push_str(&format!(
        "{} {}\n",
        style.strong(&title),
        style.faint(&format!("in {seconds:.1} s, {pace} a second"))
    ));
    for file in &report.files {
        let format = if file.format.is_empty() { "unknown format" } else { &file.format };
        let detail = format!("{format}, {}", counted(file.records, "record"));
        text.push_str(&format!("  {}  {}\n", tame(&file.path), style.faint(&detail)));
    }
    text.push('\n');
    if !report.is_committed {
        text.push_str("The catalog was not changed.\n");
    }
    let has_counts = kinds(report).iter().any(|(_, counts)| *counts != Counts::default());
    if report.is_committed || report.variants > 0 || has_counts {
        push_counts(&mut text, report);
    }
    push_diagnostics(&mut text, report, style);
    text
}

/// What became of each kind of record.
fn kinds(report: &ImportReport) -> [(&'static str, Counts); 4] {
    [
        ("products", report.products),
        ("reviews", report.reviews),
        ("questions", report.questions),
        ("documents", report.documents),
    ]
}

fn push_counts(text: &mut String, report: &ImportReport) {
    for (name, counts) in kinds(report).into_iter().filter(|(_, counts)| *counts != Counts::default()) {
        text.push_str(&format!("{name:<10} {}\n", changes(counts)));
    }
    text.push_str(&format!("{:<10} {} in the catalog\n", "variants", grouped(report.variants)));
    if report.images > 0 {
        text.push_str(&format!("{:<10} {} taken over\n", "pictures", grouped(report.images)));
    }
    if report.withdrawn_reviews > 0 {
        let withdrawn = counted(report.withdrawn_reviews, "review");
        text.push_str(&format!(
            "{withdrawn} taken back by the feeds; what the catalog had of them is removed\n"
        ));
    }
    if report.orphans > 0 {
        let orphans = grouped(report.orphans);
        text.push_str(&format!(
            "{orphans} of the reviews and questions are of products that the catalog does not have; kept until it does\n"
        ));
    }
}

fn changes(counts: Counts) -> String {
    let parts = [
        (counts.added, "added"),
        (counts.changed, "changed"),
        (counts.removed, "removed"),
        (counts.unchanged, "unchanged"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, word)| format!("{} {word}", grouped(count))).collect::<Vec<_>>().join(", ")
}

fn push_diagnostics(text: &mut String, report: &ImportReport, style: Style) {
    // Where nothing was read at all, a note says why.
    let tells_notes = report.files.iter().all(|file| file.records == 0);
    let notes = if tells_notes { report.notes } else { 0 };
    let found = report.errors + report.warnings + notes;
    if found == 0 {
        return;
    }
    let mut title = format!("{}, {}", counted(report.errors, "error"), counted(report.warnings, "warning"));
    if notes > 0 {
        title.push_str(&format!(", {}", counted(notes, "note")));
    }
    text.push_str(&format!("\n{}\n", style.strong(&title)));
    let is_told = |severity: Severity| severity != Severity::Note || tells_notes;
    let worth_reading: Vec<_> =
        report.diagnostics.iter().filter(|diagnostic| is_told(diagnostic.severity)).collect();
    for diagnostic in worth_reading.iter().take(SHOWN) {
        let line = diagnostic.line.map(|line| format!(":{line}")).unwrap_or_default();
        let record = diagnostic.record.as_ref().map(|record| format!("[{record}] ")).unwrap_or_default();
        let field = diagnostic.field.as_ref().map(|field| format!("{field}: ")).unwrap_or_default();
        let word = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let message = format!("{}{line}: {word}: {record}{field}{}", diagnostic.file, diagnostic.reason);
        text.push_str(&format!("  {}\n    {}\n", tame(&message), style.faint(&tame(&diagnostic.hint))));
    }
    let left = found.saturating_sub(worth_reading.len().min(SHOWN) as u64);
    if left > 0 {
        text.push_str(&format!("  and {} more; --json lists them\n", grouped(left)));
    }
}
