//! The command line: what can be said, and who does it.

mod approvals;
mod ask;
mod demo;
mod doctor;
mod eval;
mod import;
mod memory;
mod models;
mod notices;
mod orders;
mod policy;
mod search;
mod serve;
mod sessions;
mod stock;
mod table;
mod token;

use std::io::IsTerminal;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::{Common, Config};

/// The shopping assistant that answers from your own catalog, and shows where every answer stands.
#[derive(Parser, Debug)]
#[command(
    version,
    max_term_width = 100,
    after_help = "\
Begin with one of these:
  russet demo                              the built-in store, ready in a browser
  russet import feed.xml reviews.xml       your own feeds
  russet ask \"Is the red tent waterproof?\"

Every setting can also stand in russet.toml (data = \"…\") or in the environment (RUSSET_DATA=…).
Flags win over the environment, the environment wins over the file."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Demo(demo::Arguments),
    Serve(serve::Arguments),
    Import(import::Arguments),
    Search(search::Arguments),
    Ask(ask::Arguments),
    Orders(orders::Arguments),
    Approvals(approvals::Arguments),
    Notices(notices::Arguments),
    Policy(policy::Arguments),
    Stock(stock::Arguments),
    Sessions(sessions::Arguments),
    Memory(memory::Arguments),
    Token(token::Arguments),
    Models(models::Arguments),
    Doctor(doctor::Arguments),
    Eval(::eval::command::Arguments),
}

/// Does what was said.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<()> {
    let config = Config::load(&cli.common)?;
    log_to_stderr(&config.log);
    match cli.command {
        Command::Demo(arguments) => demo::run(config, arguments).await,
        Command::Serve(arguments) => serve::run(config, arguments).await,
        Command::Import(arguments) => import::run(config, arguments).await,
        Command::Search(arguments) => search::run(config, arguments).await,
        Command::Ask(arguments) => ask::run(config, arguments).await,
        Command::Orders(arguments) => orders::run(config, arguments).await,
        Command::Approvals(arguments) => approvals::run(config, arguments).await,
        Command::Notices(arguments) => notices::run(config, arguments).await,
        Command::Policy(arguments) => policy::run(config, arguments).await,
        Command::Stock(arguments) => stock::run(config, arguments).await,
        Command::Sessions(arguments) => sessions::run(config, arguments).await,
        Command::Memory(arguments) => memory::run(config, arguments).await,
        Command::Token(arguments) => token::run(&config, arguments),
        Command::Models(arguments) => models::run(config, arguments).await,
        Command::Eval(arguments) => eval::run(config, arguments).await,
        Command::Doctor(arguments) => doctor::run(&config, &cli.common, arguments).await,
    }
}

fn log_to_stderr(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("warn"));
    let is_terminal = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(is_terminal)
        .with_target(false)
        .init();
}
