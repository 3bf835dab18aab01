//! `russet policy`: the shop's rules: what is wrong with them, where the pages say otherwise, and discounts of other systems.

pub(super) mod check;
mod import;

use clap::{Args, Subcommand};

use crate::config::Config;
use crate::output;
use crate::policy;

/// Check the shop's rules, compare them with its pages, take over price rules of Magento.
///
/// The rules stand in policy.toml in the data folder, or in the file of --policy; without one the documented example holds.
/// Price rules that were imported stand beside it, in price-rules.toml.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet policy show > my-policy.toml           a file to begin with: every key has its comment
  russet policy check                           all faults, and where pages and policy differ
  russet policy import price-rules.csv          cart price rules and coupons of Magento 2")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Print the policy as its file holds it; price rules that were imported stay in price-rules.toml
    Show,
    Check(check::Arguments),
    Import(import::Arguments),
}

/// Does it.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    match arguments.action {
        Action::Show => show(&config),
        Action::Check(arguments) => check::run(&config, arguments).await,
        Action::Import(arguments) => import::run(&config, arguments).await,
    }
}

fn show(config: &Config) -> anyhow::Result<()> {
    let shown = policy::shown(config)?;
    if shown.was_empty {
        output::note(
            "policy.toml is empty, so this is the built-in example; a shell empties the file of `>` first.",
        );
    }
    if let Some(file) = &shown.imported {
        output::note(&format!("Price rules that were imported hold besides: {}.", file.display()));
    }
    output::text(&shown.text)
}
