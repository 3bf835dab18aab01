//! `russet models`: which models there are, and bringing them to this machine.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use infer::{Installed, Models, Progress, PullOptions, Rank, State};
use wire::{ModelEntry, ModelList};

use crate::config::Config;
use crate::output::{self, Style, bytes};

/// List, download and check models.
///
/// Russet works without any. With an embedding model it also finds what is meant and not only what is written; with a
/// language model it phrases answers.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet models list
  russet models pull                         the default embedding model
  russet models pull NAME --from model.gguf  from a file that you have")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Show the models that the registry knows
    List {
        /// Print one JSON object, described by docs/schema/model-list.json
        #[arg(long)]
        json: bool,
    },
    /// Download models; one that was broken off goes on where it stopped
    Pull {
        /// Names of models [default: the default embedding model]
        names: Vec<String>,
        /// A file, or a folder with the files, that you have already
        #[arg(long, value_name = "PATH")]
        from: Option<PathBuf>,
    },
    /// Compare every byte of a model with the registry's sums
    Verify {
        /// Names of models [default: all that are installed]
        names: Vec<String>,
    },
}

/// Does it.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let models = Models::new(&config.models);
    match arguments.action {
        Action::List { json } => list(&models, json),
        Action::Pull { names, from } => pull(&models, names, from).await,
        Action::Verify { names } => verify(&models, names),
    }
}

fn list(models: &Models, is_json: bool) -> anyhow::Result<()> {
    let installed = models.list();
    if is_json {
        return output::json(&ModelList { models: installed.iter().map(entry).collect() });
    }
    let style = Style::of_output();
    let mut text = String::new();
    for Installed { model, state, .. } in &installed {
        let state = match state {
            State::Ready => "installed",
            State::Partial => "partly here",
            State::Missing => "not here",
        };
        let size = bytes(model.bytes());
        let head = format!("{:<28}", model.name);
        text.push_str(&format!(
            "{} {:<15} {size:>9}  {:<12} {state}\n",
            style.strong(&head),
            model.role.as_str(),
            model.licence
        ));
        text.push_str(&format!("  {}\n", style.faint(&model.about)));
    }
    output::text(&text)
}

fn entry(installed: &Installed<'_>) -> ModelEntry {
    let model = installed.model;
    ModelEntry {
        name: model.name.clone(),
        role: model.role.as_str().to_owned(),
        licence: model.licence.clone(),
        size_bytes: model.bytes(),
        is_installed: installed.state == State::Ready,
        is_default: model.rank == Rank::Default,
    }
}

async fn pull(models: &Models, names: Vec<String>, local: Option<PathBuf>) -> anyhow::Result<()> {
    let default = models.registry().default_of(infer::Role::TextEmbedding).map(|model| model.name.clone());
    let names = if names.is_empty() { default.into_iter().collect() } else { names };
    for name in names {
        pull_one(models, &name, local.clone()).await?;
    }
    Ok(())
}

/// Brings one model here, with a line that shows how far it is.
pub(crate) async fn pull_one(models: &Models, name: &str, local: Option<PathBuf>) -> anyhow::Result<()> {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:24} {bytes:>10} of {total_bytes}  {bytes_per_sec}  {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let options = PullOptions { local, ..PullOptions::default() };
    let drawn = bar.clone();
    let progress = move |event: Progress| draw(&drawn, event);
    let folder = models.pull(name, &options, &progress).await;
    bar.finish_and_clear();
    output::note(&format!("{name} is in {}", folder?.display()));
    Ok(())
}

fn draw(bar: &ProgressBar, event: Progress) {
    match event {
        Progress::Present { file } => bar.suspend(|| output::note(&format!("{file} is here already"))),
        Progress::Asking { file, source } => bar.set_message(format!("{file} from {source}")),
        Progress::Received { received, total, .. } => {
            bar.set_length(total);
            bar.set_position(received);
        }
        Progress::GaveUp { source, reason, .. } => {
            bar.suspend(|| output::note(&format!("{source}: {reason}")))
        }
        Progress::Verifying { file } => bar.set_message(format!("checking {file}")),
        Progress::Ready { file } => bar.suspend(|| output::note(&format!("{file} is right"))),
    }
}

fn verify(models: &Models, names: Vec<String>) -> anyhow::Result<()> {
    let installed = models.list().into_iter().filter(|installed| installed.state == State::Ready);
    let names = if names.is_empty() { installed.map(|i| i.model.name.clone()).collect() } else { names };
    if names.is_empty() {
        return output::text("No model is installed.\n");
    }
    for name in names {
        models.verify(&name).with_context(|| format!("{name} is not as it should be"))?;
        output::text(&format!("{name} is right\n"))?;
    }
    Ok(())
}
