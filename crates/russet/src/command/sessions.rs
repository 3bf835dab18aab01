//! `russet sessions`: what agents said and did, from their journals.

mod export;
mod list;
mod replay;
mod show;
mod tail;
mod words;

use std::time::Duration;

use agent::SessionId;
use clap::{Args, Subcommand};
use store::{Runtime, SessionRow};

use crate::config::Config;
use crate::failure::with_hint;

/// How long a command waits for its turn at the store.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the names of sessions begin with.
const PREFIX: &str = "ses_";

/// List, show, replay, follow and export the journals of conversations.
///
/// A journal says what happened and what was decided, in one order, and replays to the same state on any machine. What people
/// said stands beside it and can be erased; it shows as [erased] then, and the journal still replays.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet sessions list
  russet sessions show ses_5f…                   what was said and done, turn by turn
  russet sessions show ses_5f… --prompts         each prompt of a language model as it was, and what came back
  russet sessions show ses_5f… --trace --json    spans with the names of OpenTelemetry for generative AI
  russet sessions replay ses_5f…                 state and digest, compared with what is stored
  russet sessions tail ses_5f…                   what is said and done from now on
  russet sessions export > sessions.jsonl        every entry and every word, one JSON object a line

Sessions are kept in sessions.db in the data folder, or in the database of --database-url.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    List(list::Arguments),
    Show(show::Arguments),
    Replay(replay::Arguments),
    Tail(tail::Arguments),
    Export(export::Arguments),
}

/// Does it.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let runtime = open(&config).await?;
    match arguments.action {
        Action::List(arguments) => list::run(&runtime, arguments).await,
        Action::Show(arguments) => show::run(&config, &runtime, arguments).await,
        Action::Replay(arguments) => replay::run(&runtime, arguments).await,
        Action::Tail(arguments) => tail::run(&runtime, arguments).await,
        Action::Export(arguments) => export::run(&runtime, arguments).await,
    }
}

/// Opens the sessions of these settings; nothing is made where there are none.
pub(super) async fn open(config: &Config) -> anyhow::Result<Runtime> {
    if config.database_url.is_empty() && !config.data.join("sessions.db").exists() {
        return Err(with_hint(
            format!("there are no sessions in {}", config.data.display()),
            "name another data folder with --data, or a database with --database-url",
        ));
    }
    Ok(Runtime::open(&config.sessions_url(), PATIENCE).await?)
}

/// What is known of the session that was named. The beginning of a name is enough where it is the only one.
async fn find(runtime: &Runtime, named: &str) -> anyhow::Result<SessionRow> {
    // A handle of a client has the owner's secret behind the name.
    let named = named.split('.').next().unwrap_or_default();
    let named = if named.starts_with(PREFIX) { named.to_owned() } else { format!("{PREFIX}{named}") };
    let named = named.as_str();
    if let Some(row) = runtime.session(&SessionId::new(named)).await? {
        return Ok(row);
    }
    let unknown =
        || with_hint(format!("there is no session {named}"), "list them with `russet sessions list`");
    // The names that follow begin with it, if any does.
    let following = runtime.sessions(None, Some(&SessionId::new(named)), 2).await?;
    let mut matching = following.into_iter().filter(|row| row.session.as_str().starts_with(named));
    match (matching.next(), matching.next()) {
        (Some(row), None) if named.len() > PREFIX.len() => Ok(row),
        (Some(_), Some(_)) => {
            Err(with_hint(format!("several sessions begin with {named}"), "write more of the name"))
        }
        _ => Err(unknown()),
    }
}
