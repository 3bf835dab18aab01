//! `eval`: runs the judged searches and questions and prints the scores.

#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]
#![expect(clippy::print_stderr, reason = "a command line tool reports on standard error")]

use clap::{Parser, ValueEnum};
use eval::catalog::Catalog;
use eval::report::{self, Run};
use eval::shop::Shop;
use eval::suite::{questions, searches};
use infer::{Choice, Embedder, EmbedderOptions, LanguageModel, LanguageOptions, Models};

/// Scores searches and answers on stores that were judged by hand.
#[derive(Parser)]
struct Arguments {
    /// What to run
    #[arg(value_enum, default_value = "all")]
    suite: Suite,

    /// Stores to run it on: luma, department, demo [default: all of them]
    #[arg(long, value_name = "NAME", value_parser = judged_store)]
    store: Vec<Catalog>,

    /// Search by words alone or by meaning too [default: both where the embedding model is installed]
    #[arg(long, value_enum)]
    mode: Option<Mode>,

    /// Language model that phrases the answers: none, a name, or URL#MODEL of a server
    #[arg(long, value_name = "NAME", default_value = "none")]
    model: String,

    /// Folder of the models [default: the platform's]
    #[arg(long, value_name = "FOLDER")]
    models: Option<std::path::PathBuf>,

    /// List scores by kind and everything that failed
    #[arg(long)]
    verbose: bool,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Suite {
    Search,
    Questions,
    All,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Mode {
    Lexical,
    Hybrid,
}

fn judged_store(name: &str) -> Result<Catalog, String> {
    let found = Catalog::parse(name).filter(|catalog| Catalog::JUDGED.contains(catalog));
    found.ok_or_else(|| "one of luma, department and demo is expected".to_owned())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let models = models(&arguments)?;
    let model =
        infer::language_model(&models, &Choice::parse(&arguments.model), &LanguageOptions::default()).await?;
    let embedders = embedders(&arguments, &models).await?;
    let stores = match arguments.store.as_slice() {
        [] => Catalog::JUDGED.to_vec(),
        stores => stores.to_vec(),
    };
    let mut runs = Vec::new();
    for catalog in stores {
        for embedder in &embedders {
            match run(&arguments, catalog, embedder.clone(), &model).await? {
                Some(run) => runs.push(run),
                None => eprintln!("{} is left out: its data is not on this machine", catalog.as_str()),
            }
        }
    }
    print(&arguments, &runs)
}

fn models(arguments: &Arguments) -> anyhow::Result<Models> {
    let folder = arguments.models.clone().or_else(Models::default_folder);
    Ok(Models::new(folder.ok_or_else(|| anyhow::anyhow!("there is no folder of models; give --models"))?))
}

/// One entry for each mode.
async fn embedders(arguments: &Arguments, models: &Models) -> anyhow::Result<Vec<Option<Embedder>>> {
    if arguments.mode == Some(Mode::Lexical) {
        return Ok(vec![None]);
    }
    let opened = infer::embedder(models, &Choice::Default, &EmbedderOptions::default()).await;
    match (opened, arguments.mode) {
        (Ok(embedder), Some(_)) => Ok(vec![Some(embedder)]),
        (Ok(embedder), None) => Ok(vec![None, Some(embedder)]),
        (Err(error), Some(_)) => Err(error.into()),
        (Err(error), None) => {
            eprintln!("by words alone: {error}");
            Ok(vec![None])
        }
    }
}

async fn run(
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

fn print(arguments: &Arguments, runs: &[Run]) -> anyhow::Result<()> {
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report::json(runs))?);
        return Ok(());
    }
    if arguments.verbose {
        runs.iter().for_each(|run| print!("{}", report::details(run)));
        println!();
    }
    print!("{}", report::tables(runs));
    if cfg!(debug_assertions) {
        println!("\nTimes are of a development build.");
    }
    Ok(())
}
