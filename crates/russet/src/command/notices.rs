//! `russet notices`: what shoppers should hear of while they are away, and what became of it.

use std::sync::Arc;

use clap::{Args, Subcommand};
use conversation::Notices;
use wire::Notice;

use super::sessions;
use crate::config::Config;
use crate::output::{self, tame};
use crate::{desk, engine};

/// List price alerts that went off, standing orders that bought, and what the shop said to what it looked at.
///
/// A conversation tells its shopper by itself, once; this is for everybody who is not talking just now. With notice_url and
/// notice_secret in the settings `russet serve` posts each of these, signed, until it is taken; without, a program reads the list,
/// mails, and says so.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet notices list                                     what waits, how often it was tried, and what stood in the way
  russet notices list --delivered                         what was delivered, newest first
  russet notices list --json | while read -r notice; do …; done
  russet notices sent alr_5f0c…                           it was mailed, and is not listed any more")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Show what nobody has taken yet, oldest first
    List {
        /// Show what was delivered instead
        #[arg(long)]
        delivered: bool,

        /// How many
        #[arg(long, short = 'n', value_name = "N", default_value_t = 100)]
        limit: u32,

        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Note that something was mailed
    Sent {
        /// Which
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
}

/// Does it.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let store = engine::open_store(&config).await?;
    let books = desk::open_books(&config, store).await?;
    let runtime = sessions::open(&config).await.ok();
    let notices = Notices::new(books, Arc::new(desk::rules(&config)?), runtime);
    match arguments.action {
        Action::List { delivered: false, limit, json } => list(notices.waiting(limit).await?, json),
        Action::List { delivered: true, limit, json } => list(notices.delivered(limit).await?, json),
        Action::Sent { ids } => Ok(notices.sent(ids).await?),
    }
}

fn list(notices: Vec<Notice>, as_json: bool) -> anyhow::Result<()> {
    for notice in notices {
        match as_json {
            true => output::json(&notice)?,
            false => output::text(&tame(&line(&notice)))?,
        }
    }
    Ok(())
}

fn line(notice: &Notice) -> String {
    let status = notice.status.clone().unwrap_or_default();
    let row: [&str; 6] =
        [&notice.id, &notice.at, notice.kind.as_str(), &notice.email, &status, &notice.title];
    let row: Vec<&str> = row.into_iter().filter(|part| !part.is_empty()).collect();
    let mut text = format!("{}\n", row.join("  "));
    if let Some(delivery) = &notice.delivery {
        let how = match (&delivery.delivered_at, &delivery.next_at) {
            (Some(at), _) => format!("delivered at {at}"),
            (None, Some(at)) => format!("next try at {at}"),
            (None, None) => "not tried any more".to_owned(),
        };
        let fault = if delivery.fault.is_empty() { String::new() } else { format!(": {}", delivery.fault) };
        text.push_str(&format!("    tried {} times, {how}{fault}\n", delivery.attempts));
    }
    text
}
