//! The russet command: a shop's feeds go in, a question is asked, an answer with its evidence comes out.

mod command;
mod config;
mod cost;
mod desk;
mod engine;
mod failure;
mod import;
mod output;
mod policy;
mod secret;
mod waiting;

use std::process::ExitCode;

use clap::Parser;

use crate::command::Cli;

fn main() -> ExitCode {
    waiting::settle_environment();
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failure::report(&error.into()),
    };
    let done = runtime.block_on(command::run(cli));
    // A model or a reader thread that is still at work must not keep a command that has failed from ending.
    runtime.shutdown_background();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::report(&error),
    }
}
