//! What `russet eval` takes and prints.

use clap::{Args, ValueEnum};
use infer::{Choice, Embedder, EmbedderOptions, LanguageModel, LanguageOptions, Models};

use crate::catalog::Catalog;
use crate::report::{self, Run};
use crate::shop::Shop;
use crate::suite::{questions, searches};

/// Score searches and answers on stores that were judged by hand.
///
/// A store whose data is not on this machine is left out; the built-in one is always there.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet eval                                        both suites, with and without the embedding model
  russet eval questions --store demo --verbose       with everything that failed
  russet eval search --mode lexical --json")]
pub struct Arguments {
    /// What to run
    #[arg(value_enum, default_value = "all")]
    suite: Suite,

    /// Stores to run it on [default: all of them]
    #[arg(long, value_name = "NAME", value_parser = judged_store)]
    store: Vec<Catalog>,

    /// Search by words alone or by meaning too [default: both where the embedding model is installed]
    #[arg(long, value_enum)]
    mode: Option<Mode>,

    /// Language model that phrases the answers: none, a name, or URL#MODEL of a server
    #[arg(long, value_name = "NAME", default_value = "none")]
    model: String,

    /// List scores by kind and everything that failed
    #[arg(long)]
    verbose: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Suite {
    Search,
    Questions,
    All,
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

/// Runs what was asked for; what comes back is to be printed. `note` is told what is left out, and why.
pub async fn run(arguments: &Arguments, models: &Models, note: fn(&str)) -> anyhow::Result<String> {
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
            match score(arguments, catalog, embedder.clone(), &model).await? {
                Some(run) => runs.push(run),
                None => note(&format!("{} is left out: its data is not on this machine", catalog.as_str())),
            }
        }
    }
    printed(arguments, &runs)
}

/// One entry for each mode.
async fn embedders(
    arguments: &Arguments,
    models: &Models,
    note: fn(&str),
) -> anyhow::Result<Vec<Option<Embedder>>> {
    if arguments.mode == Some(Mode::Lexical) {
        return Ok(vec![None]);
    }
    let opened = infer::embedder(models, &Choice::Default, &EmbedderOptions::default()).await;
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
    arguments: &Arguments,
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
    };
    if arguments.suite != Suite::Questions {
        run.searches = Some(searches::run(catalog, &shop).await?);
    }
    if arguments.suite != Suite::Search {
        run.questions = Some(questions::run(catalog, &shop, model).await?);
    }
    Ok(Some(run))
}

fn printed(arguments: &Arguments, runs: &[Run]) -> anyhow::Result<String> {
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
