//! `eval`: `russet eval` without the rest of Russet, so that a change in a reasoner is scored after a short build.

#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]
#![expect(clippy::print_stderr, reason = "a command line tool reports on standard error")]

use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use eval::command::{self, Arguments};
use infer::Models;

#[derive(Parser)]
struct Cli {
    /// Folder of the models [default: the platform's]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,

    #[command(flatten)]
    arguments: Arguments,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let folder = cli.models.or_else(Models::default_folder);
    let models = Models::new(folder.context("there is no folder of models; give --models")?);
    print!("{}", command::run(&cli.arguments, &models, |text| eprintln!("{text}")).await?);
    Ok(())
}
