//! `russet memory`: what is remembered of a shopper, seen, put right and erased by whoever runs the shop.

use anyhow::Context;
use checkout::ShopperId;
use clap::{Args, Subcommand};
use conversation::{Desk, Rememberer, Unedited};
use wire::{Fact, FactScope, FactStatus, Memory};

use crate::config::Config;
use crate::desk;
use crate::engine::Engine;
use crate::failure::{UsageError, with_hint};
use crate::output::{self, tame};

/// See, put right and erase what is remembered of a shopper.
///
/// Shoppers do this themselves, by asking ("what do you know about me?", "forget my size"), on the page, or at /api/memory. This
/// is for whoever answers their letters. Erasing takes the words as well, out of every conversation in which they stand.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet memory list --shopper ada                    all that is remembered of the shopper with this id
  russet memory list --session ses_5f… --json         of whoever holds this conversation, as one JSON object
  russet memory edit fct_81… L --shopper ada          what it should have said
  russet memory erase fct_81… --shopper ada           one thing, with the words that said it
  russet memory erase --all --shopper ada             everything

What guests told is known in their own conversation only: name it with --session.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// List what is remembered, newest first
    List {
        #[command(flatten)]
        of: Of,
    },
    /// Say what a fact should have said
    Edit {
        /// Its id, as listed
        id: String,
        /// What it says from here on
        #[arg(required = true)]
        content: Vec<String>,
        #[command(flatten)]
        of: Of,
    },
    /// Erase a fact with the words that said it
    Erase {
        /// Its id, as listed
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        id: Option<String>,
        /// Erase everything that is remembered
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        of: Of,
    },
}

#[derive(Args, Debug)]
struct Of {
    /// Id of the shopper
    #[arg(long, value_name = "ID", required_unless_present = "session")]
    shopper: Option<String>,

    /// Name of a conversation, for what its owner told
    #[arg(long, value_name = "NAME", conflicts_with = "shopper")]
    session: Option<String>,

    /// Print one JSON object, described by docs/schema/memory.json
    #[arg(long)]
    json: bool,
}

/// Does it, and lists what is remembered afterwards.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let engine = Engine::open(&config).await?;
    let (desk, _) = desk::open(&config, &engine, &format!("http://{}", config.listen)).await?;
    let done = act(&desk, arguments.action).await;
    desk.close().await;
    let (memory, is_json) = done?;
    match is_json {
        true => output::json(&memory),
        false => output::text(&listed(&memory)),
    }
}

async fn act(desk: &Desk, action: Action) -> anyhow::Result<(Memory, bool)> {
    match action {
        Action::List { of } => Ok((desk.memory(&who(desk, &of).await?).await?, of.json)),
        Action::Edit { id, content, of } => {
            let edited = desk.edit_fact(&who(desk, &of).await?, &id, &content.join(" ")).await?;
            let memory = edited.map_err(|unedited| match unedited {
                Unedited::Unknown => unknown(&id),
                Unedited::BadText { most } => UsageError(format!("a fact has 1 to {most} characters")).into(),
            })?;
            Ok((memory, of.json))
        }
        Action::Erase { id: Some(id), of, .. } => {
            let memory = desk.erase_fact(&who(desk, &of).await?, &id).await?;
            Ok((memory.ok_or_else(|| unknown(&id))?, of.json))
        }
        Action::Erase { id: None, of, .. } => Ok((desk.erase_facts(&who(desk, &of).await?).await?, of.json)),
    }
}

async fn who(desk: &Desk, of: &Of) -> anyhow::Result<Rememberer> {
    let bad = || UsageError("--shopper is 1 to 60 letters, digits, - and _".to_owned());
    let shopper = of.shopper.as_deref().map(|id| ShopperId::parse(id).ok_or_else(bad)).transpose()?;
    let known = desk.staff_rememberer(shopper, of.session.as_deref()).await?;
    known
        .context("there is no such session")
        .map_err(|error| with_hint(error.to_string(), "list them with `russet sessions list`"))
}

fn unknown(id: &str) -> anyhow::Error {
    with_hint(format!("nothing of the name {id} is remembered"), "list what is with `russet memory list`")
}

fn listed(memory: &Memory) -> String {
    if memory.facts.is_empty() {
        return "Nothing is remembered.\n".to_owned();
    }
    memory.facts.iter().map(line).collect()
}

fn line(fact: &Fact) -> String {
    let mark = match fact.status {
        FactStatus::Current => "",
        FactStatus::Superseded => " (superseded)",
        FactStatus::Expired => " (expired)",
    };
    let reach = match fact.scope {
        FactScope::Session => "this conversation",
        FactScope::Shopper => "all conversations",
        FactScope::Shop => "all shoppers",
    };
    let until = fact.expires_at.as_deref().map(|end| format!(", until {}", day(end))).unwrap_or_default();
    let sure = (fact.confidence * 100.0).round();
    format!(
        "{}  {}{mark}\n    told on {} in {}: “{}”; {reach}, {sure} % sure{until}\n",
        fact.id,
        tame(&fact.text),
        day(&fact.said_at),
        fact.session,
        tame(&fact.words)
    )
}

/// The day of a time in RFC 3339.
fn day(time: &str) -> &str {
    time.split('T').next().unwrap_or(time)
}
