//! `russet sessions list`.

use agent::{OwnerId, SessionId};
use clap::Args;
use serde::Serialize;
use store::{Runtime, SessionRow};

use super::words::time;
use crate::output::{self, Style, counted, tame};

/// Show which sessions there are
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Only those of this shopper
    #[arg(long, value_name = "ID")]
    owner: Option<String>,

    /// Only those whose names follow this one
    #[arg(long, value_name = "ID")]
    after: Option<String>,

    /// How many
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: u32,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// A session as programs read it.
#[derive(Serialize)]
pub(super) struct Listed {
    session: String,
    owner: String,
    entries: u64,
    epoch: u64,
    holder: String,
    lease_until: Option<String>,
    due: Option<String>,
}

impl Listed {
    pub(super) fn of(row: &SessionRow) -> Self {
        Self {
            session: row.session.to_string(),
            owner: row.owner.to_string(),
            entries: row.last.0,
            epoch: row.epoch.0,
            holder: row.holder.to_string(),
            lease_until: row.lease_until.map(time),
            due: row.due.map(time),
        }
    }
}

pub(super) async fn run(runtime: &Runtime, arguments: Arguments) -> anyhow::Result<()> {
    let (owner, after) = (arguments.owner.map(OwnerId::new), arguments.after.map(SessionId::new));
    let rows = runtime.sessions(owner.as_ref(), after.as_ref(), arguments.limit).await?;
    let style = Style::of_output();
    for row in &rows {
        if arguments.json {
            output::json(&Listed::of(row))?;
            continue;
        }
        let due = row.due.map(|due| format!(", due {}", time(due))).unwrap_or_default();
        let line = format!("{}  {}  {} entries{due}\n", row.session, tame(row.owner.as_str()), row.last);
        output::text(&line)?;
    }
    if !arguments.json {
        let sessions = counted(rows.len() as u64, "session");
        output::text(&format!("{}\n", style.faint(&sessions)))?;
    }
    Ok(())
}
