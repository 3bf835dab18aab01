//! `russet sessions tail`.

use std::time::Duration;

use agent::Seq;
use clap::Args;
use store::Runtime;

use super::{find, words};
use crate::output;

/// How often the journal is looked at.
const PACE: Duration = Duration::from_millis(200);

/// Follow a session, whichever node works on it
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The session, or the beginning of its name
    #[arg(value_name = "ID")]
    session: String,

    /// Begin after the entry at this place [default: ten entries before the end]
    #[arg(long, value_name = "PLACE")]
    after: Option<u64>,

    /// End when everything that there is now was shown
    #[arg(long)]
    once: bool,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(runtime: &Runtime, arguments: Arguments) -> anyhow::Result<()> {
    let row = find(runtime, &arguments.session).await?;
    let mut after = Seq(arguments.after.unwrap_or(row.last.0.saturating_sub(10)));
    loop {
        let entries = runtime.entries(&row.session, after).await?;
        if let Some(last) = entries.last() {
            after = last.seq;
            let contents = runtime.load(&row.session).await?.contents;
            for entry in &entries {
                match arguments.json {
                    true => output::json(&words::object(entry, &contents)?)?,
                    false => output::text(&format!("{}\n", words::line(entry, &contents)))?,
                }
            }
        }
        if arguments.once {
            return Ok(());
        }
        tokio::time::sleep(PACE).await;
    }
}
