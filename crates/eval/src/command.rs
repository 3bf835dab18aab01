//! What `russet eval` takes and prints.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use infer::{Choice, Embedder, EmbedderOptions, LanguageModel, LanguageOptions, Models};
use search::Language;

use crate::catalog::Catalog;
use crate::conversations::{self, Players};
use crate::injections;
use crate::report::{self, Run};
use crate::reviewed;
use crate::shop::Shop;
use crate::suite::{comparisons, decisions, phrasing, questions, searches, suitability};
use crate::tau_retail;

/// Score Russet on what was judged by hand.
///
/// A store whose data is not on this machine is left out; the built-in one is always there.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  russet eval                                        searches and questions, with and without the embedding model
  russet eval questions --store demo --verbose       with everything that failed
  russet eval comparison --store tools --verbose     tables: every judged cell
  russet eval questions --language de                the judged questions that are translated to German
  russet eval search --mode lexical --json
  russet eval phrasing --store luma --model default  the same answers told by templates and by a model
  russet eval conversations --verbose                every reply that was not what was expected
  russet eval aspects --data DIR                     marked reviews, a folder of product_reviews_1 and _2
  russet eval summaries --data DIR                   reviews with summaries that people wrote
  russet eval tau-retail --world DIR --tasks FILE    a customer-service world through the runtime"
)]
pub struct Arguments {
    #[command(subcommand)]
    suite: Option<Suite>,
    #[command(flatten)]
    judged: Judged,
}

#[derive(Subcommand, Debug)]
enum Suite {
    /// Searches and questions, as without a name
    All(Judged),
    /// Searches: are the right products first?
    Search(Judged),
    /// Questions: is the answer right, does its evidence bear on it, is nothing answered that the data does not say?
    Questions(Judged),
    /// Aspects and sentiment of reviews that were marked by hand: are they found, and turned the right way?
    Aspects(Reviews),
    /// Summaries of reviews: how near are they to those that people wrote, and is every clause supported?
    Summaries(Reviews),
    /// Comparisons: is every cell right, and nobody ahead where nobody is?
    Comparison(Judged),
    /// Decisions: does the pick follow from dominance and from the stated weights?
    Decisions(Judged),
    /// Conversations: is their goal reached, and does of each hold what has to hold of all?
    Conversations(Transcripts),
    /// Suitability: is the verdict right, are the needs named, do the right goods come?
    Suitability(Judged),
    /// Phrasing: what does a language model make of the claims that templates tell as well?
    Phrasing(Judged),
    /// Planted instructions: is nothing said, done or given away that they ask for?
    Injections(Planted),
    /// A customer-service world: are its tasks done, and is what its rules forbid refused?
    TauRetail(World),
}

/// Which stores, and how.
#[derive(Args, Debug)]
struct Judged {
    /// Stores to run it on [default: all of them]
    #[arg(long, value_name = "NAME", value_parser = judged_store)]
    store: Vec<Catalog>,

    /// Search by words alone or by meaning too [default: both where the embedding model is installed]
    #[arg(long, value_enum)]
    mode: Option<Mode>,

    /// Embedding model to search by meaning with: default, a name, or URL#MODEL of a server
    #[arg(long, value_name = "NAME", default_value = "default")]
    embedding: String,

    /// Language model that phrases the answers: none, a name, or URL#MODEL of a server
    #[arg(long, value_name = "NAME", default_value = "none")]
    model: String,

    /// Ask what is judged in another language: de, fr or es, as far as it is translated
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = language)]
    language: Language,

    /// List scores by kind and everything that failed
    #[arg(long)]
    verbose: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
struct Reviews {
    /// Folder of the reviews
    #[arg(long, value_name = "DIR")]
    data: PathBuf,

    /// List what was wrong
    #[arg(long)]
    verbose: bool,
}

#[derive(Args, Debug)]
struct Transcripts {
    /// Stores to run it on [default: all that have transcripts]
    #[arg(long, value_name = "NAME", value_parser = judged_store)]
    store: Vec<Catalog>,

    /// Only conversations of this capability, or with this in their name
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,

    /// Search by words alone, or by meaning too
    #[arg(long, value_enum, default_value = "lexical")]
    mode: Mode,

    /// Embedding model to search by meaning with: default, a name, or URL#MODEL of a server
    #[arg(long, value_name = "NAME", default_value = "default")]
    embedding: String,

    /// Language model that phrases the answers: none, a name, or URL#MODEL of a server
    #[arg(long, value_name = "NAME", default_value = "none")]
    model: String,

    /// List everything that failed
    #[arg(long)]
    verbose: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
struct Planted {
    /// Only the texts of this suite, without the collections on this machine
    #[arg(long)]
    own: bool,

    /// List what is not quoted of real stores, and everything that failed
    #[arg(long)]
    verbose: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
struct World {
    /// Folder with the world's users, products and orders in db.json
    #[arg(long, value_name = "DIR")]
    world: PathBuf,

    /// File with the tasks and the actions that do them
    #[arg(long, value_name = "FILE")]
    tasks: PathBuf,

    /// Print JSON: the verdict of each task, and what was refused
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    All,
    Search,
    Questions,
    Comparison,
    Decisions,
    Suitability,
    Phrasing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Mode {
    Lexical,
    Hybrid,
}

fn judged_store(name: &str) -> Result<Catalog, String> {
    let stores = Catalog::judged();
    stores.iter().find(|catalog| catalog.as_str() == name).copied().ok_or_else(|| {
        let names: Vec<&str> = stores.iter().map(|catalog| catalog.as_str()).collect();
        format!("there is {}", names.join(", "))
    })
}

fn language(code: &str) -> Result<Language, String> {
    Language::parse(code).ok_or_else(|| "there is en, de, fr, es".to_owned())
}

/// Runs what was asked for; what comes back is to be printed. `note` is told what is left out, and why.
pub async fn run(arguments: &Arguments, models: &Models, note: fn(&str)) -> anyhow::Result<String> {
    match &arguments.suite {
        None => judged(&arguments.judged, Scope::All, models, note).await,
        Some(Suite::All(arguments)) => judged(arguments, Scope::All, models, note).await,
        Some(Suite::Search(arguments)) => judged(arguments, Scope::Search, models, note).await,
        Some(Suite::Questions(arguments)) => judged(arguments, Scope::Questions, models, note).await,
        Some(Suite::Aspects(Reviews { data, verbose })) => reviewed::aspects(data, *verbose),
        Some(Suite::Summaries(Reviews { data, verbose })) => reviewed::summaries(data, *verbose),
        Some(Suite::Comparison(arguments)) => judged(arguments, Scope::Comparison, models, note).await,
        Some(Suite::Decisions(arguments)) => judged(arguments, Scope::Decisions, models, note).await,
        Some(Suite::Conversations(arguments)) => talks(arguments, models, note).await,
        Some(Suite::Suitability(arguments)) => judged(arguments, Scope::Suitability, models, note).await,
        Some(Suite::Phrasing(arguments)) => {
            anyhow::ensure!(
                arguments.model != "none",
                "phrasing needs a language model: name one with --model"
            );
            judged(arguments, Scope::Phrasing, models, note).await
        }
        Some(Suite::Injections(arguments)) => planted(arguments, note).await,
        Some(Suite::TauRetail(arguments)) => tau_retail(arguments).await,
    }
}

async fn planted(arguments: &Planted, note: fn(&str)) -> anyhow::Result<String> {
    let mut texts = injections::own();
    if !arguments.own {
        let shared = injections::shared()?;
        if shared.is_empty() {
            note("only the texts of this suite: no collections are on this machine");
        }
        texts.extend(shared);
    }
    let found = injections::run(&texts).await?;
    if arguments.json {
        return Ok(format!("{}\n", serde_json::to_string_pretty(&found.json())?));
    }
    let mut text = String::new();
    if arguments.verbose {
        found.faults.iter().for_each(|fault| text.push_str(&format!("- {fault}\n")));
    }
    text.push_str(&format!("{found}\n| store | sentences | not quoted |\n|---|---|---|\n"));
    for catalog in Catalog::judged().into_iter().chain([Catalog::AmazonReviews]) {
        let Some(quotable) = injections::quotable(catalog)? else { continue };
        let refused = quotable.refused.len();
        text.push_str(&format!("| {} | {} | {refused} |\n", quotable.store, quotable.sentences));
        if arguments.verbose {
            quotable.refused.iter().for_each(|sentence| text.push_str(&format!("  {sentence}\n")));
        }
    }
    Ok(text)
}

async fn talks(arguments: &Transcripts, models: &Models, note: fn(&str)) -> anyhow::Result<String> {
    let choice = Choice::parse(&arguments.model);
    let model = infer::language_model(models, &choice, &LanguageOptions::default()).await?;
    let mut players = Players { model: Some(model), embedder: None };
    if arguments.mode == Mode::Hybrid {
        let choice = Choice::parse(&arguments.embedding);
        players.embedder = Some(infer::embedder(models, &choice, &EmbedderOptions::default()).await?);
    }
    let stores = match arguments.store.as_slice() {
        [] => vec![Catalog::Demo, Catalog::Luma],
        stores => stores.to_vec(),
    };
    let mut found = Vec::new();
    for catalog in stores {
        match conversations::run(catalog, arguments.only.as_deref(), &players).await? {
            Some(held) => found.push(held),
            None => note(&format!("{} is left out: its data is not on this machine", catalog.as_str())),
        }
    }
    if arguments.json {
        return Ok(format!("{}\n", serde_json::to_string_pretty(&conversations::json(&found))?));
    }
    let details = if arguments.verbose { conversations::details(&found) } else { String::new() };
    Ok(format!("{details}\n{}", conversations::table(&found)))
}

async fn tau_retail(arguments: &World) -> anyhow::Result<String> {
    let read =
        |path: &Path| fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()));
    let report = tau_retail::run(&read(&arguments.world.join("db.json"))?, &read(&arguments.tasks)?).await?;
    match arguments.json {
        true => Ok(format!("{}\n", serde_json::to_string_pretty(&report)?)),
        false => Ok(report.to_string()),
    }
}

async fn judged(arguments: &Judged, scope: Scope, models: &Models, note: fn(&str)) -> anyhow::Result<String> {
    let choice = Choice::parse(&arguments.model);
    let model = infer::language_model(models, &choice, &LanguageOptions::default()).await?;
    let embedders = embedders(arguments, models, note).await?;
    let stores = match arguments.store.as_slice() {
        [] => Catalog::judged(),
        stores => stores.to_vec(),
    };
    let mut runs = Vec::new();
    for catalog in stores {
        for embedder in &embedders {
            match score((scope, arguments.language), catalog, embedder.clone(), &model).await? {
                Some(run) => runs.push(run),
                None => note(&format!("{} is left out: its data is not on this machine", catalog.as_str())),
            }
        }
    }
    printed(arguments, &runs)
}

/// One entry for each mode.
async fn embedders(
    arguments: &Judged,
    models: &Models,
    note: fn(&str),
) -> anyhow::Result<Vec<Option<Embedder>>> {
    if arguments.mode == Some(Mode::Lexical) {
        return Ok(vec![None]);
    }
    let choice = Choice::parse(&arguments.embedding);
    let opened = infer::embedder(models, &choice, &EmbedderOptions::default()).await;
    match (opened, arguments.mode) {
        (Ok(embedder), Some(_)) => Ok(vec![Some(embedder)]),
        (Ok(embedder), None) => Ok(vec![None, Some(embedder)]),
        (Err(error), Some(_)) => Err(error.into()),
        (Err(error), None) => {
            note(&format!("by words alone: {error}"));
            Ok(vec![None])
        }
    }
}

async fn score(
    (scope, language): (Scope, Language),
    catalog: Catalog,
    embedder: Option<Embedder>,
    model: &LanguageModel,
) -> anyhow::Result<Option<Run>> {
    let mode =
        embedder.as_ref().map_or("lexical".to_owned(), |embedder| format!("hybrid, {}", embedder.name()));
    let Some(shop) = Shop::open(catalog, embedder).await? else { return Ok(None) };
    let mut run = Run {
        store: catalog.as_str(),
        mode,
        model: model.name().to_owned(),
        searches: None,
        questions: None,
        comparisons: None,
        decisions: None,
        suitability: None,
        phrasing: None,
    };
    let runs = |own: Scope| scope == Scope::All || scope == own;
    let is_english = language == Language::English;
    if runs(Scope::Search) {
        run.searches = Some(searches::run(catalog, &shop, language).await?);
    }
    if runs(Scope::Questions) {
        run.questions = Some(questions::run(catalog, &shop, model, language).await?);
    }
    if is_english && runs(Scope::Comparison) {
        run.comparisons = Some(comparisons::run(catalog, &shop)?).filter(|scores| scores.count > 0);
    }
    if is_english && runs(Scope::Decisions) {
        run.decisions = Some(decisions::run(catalog, &shop)?).filter(|scores| scores.count > 0);
    }
    if runs(Scope::Suitability) {
        run.suitability = Some(suitability::run(catalog, &shop)?).filter(|scores| scores.count > 0);
    }
    if scope == Scope::Phrasing {
        run.phrasing = Some(phrasing::run(catalog, &shop, model).await?);
    }
    Ok(Some(run))
}

fn printed(arguments: &Judged, runs: &[Run]) -> anyhow::Result<String> {
    if arguments.json {
        return Ok(format!("{}\n", serde_json::to_string_pretty(&report::json(runs))?));
    }
    let mut text = String::new();
    if arguments.verbose {
        runs.iter().for_each(|run| text.push_str(&report::details(run)));
        text.push('\n');
    }
    text.push_str(&report::tables(runs));
    if cfg!(debug_assertions) {
        text.push_str("\nTimes are of a development build.\n");
    }
    Ok(text)
}
