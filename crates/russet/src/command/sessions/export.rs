//! `russet sessions export`.

use std::collections::BTreeSet;

use agent::{Digest, OwnerId, Seq};
use clap::Args;
use serde_json::{Value, json};
use store::{Runtime, SessionRow};

use super::find;
use super::list::Listed;
use crate::output;

/// How many sessions are read at once.
const PAGE: u32 = 100;

/// Write journals and words as lines of JSON
///
/// For each session one line {"session": …}, one {"entry": …} for each entry as it is stored, and one {"content": …} for each
/// content that was not erased. Settings stand once, as {"settings": …}, before the first entry that names their digest.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Sessions, or the beginnings of their names [default: all]
    #[arg(value_name = "ID")]
    sessions: Vec<String>,

    /// Only those of this shopper
    #[arg(long, value_name = "ID", conflicts_with = "sessions")]
    owner: Option<String>,
}

pub(super) async fn run(runtime: &Runtime, arguments: Arguments) -> anyhow::Result<()> {
    let mut written = BTreeSet::new();
    if !arguments.sessions.is_empty() {
        for named in &arguments.sessions {
            export(runtime, &find(runtime, named).await?, &mut written).await?;
        }
        return Ok(());
    }
    let owner = arguments.owner.map(OwnerId::new);
    let mut after = None;
    loop {
        let page = runtime.sessions(owner.as_ref(), after.as_ref(), PAGE).await?;
        for row in &page {
            export(runtime, row, &mut written).await?;
        }
        match page.into_iter().next_back() {
            Some(row) => after = Some(row.session),
            None => return Ok(()),
        }
    }
}

async fn export(runtime: &Runtime, row: &SessionRow, written: &mut BTreeSet<Digest>) -> anyhow::Result<()> {
    output::json(&json!({ "session": Listed::of(row) }))?;
    for entry in runtime.entries(&row.session, Seq(0)).await? {
        if let Some(settings) = entry.settings().filter(|settings| written.insert(settings.digest())) {
            let value: Value = serde_json::from_str(&settings.to_line())?;
            output::json(&json!({ "settings": { "digest": settings.digest(), "value": value } }))?;
        }
        let entry: Value = serde_json::from_str(&entry.to_slim_line())?;
        output::json(&json!({ "entry": entry }))?;
    }
    let contents = runtime.load(&row.session).await?.contents;
    for (id, value) in contents.iter() {
        output::json(&json!({ "content": { "id": id, "value": value } }))?;
    }
    Ok(())
}
