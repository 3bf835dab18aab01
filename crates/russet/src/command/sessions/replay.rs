//! `russet sessions replay`.

use agent::{Contents, Entry, Seq, Session, Snapshot};
use clap::Args;
use serde_json::json;
use store::Runtime;

use super::find;
use crate::failure::with_hint;
use crate::output;

/// Work a journal through from its beginning and compare the state with what is stored
///
/// Prints the digest of the state, which is the same on every machine, also after words were erased.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The session, or the beginning of its name
    #[arg(value_name = "ID")]
    session: String,

    /// Stop after the entry at this place
    #[arg(long, value_name = "PLACE")]
    to: Option<u64>,

    /// Print one JSON object with the state
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(runtime: &Runtime, arguments: Arguments) -> anyhow::Result<()> {
    let row = find(runtime, &arguments.session).await?;
    let entries = runtime.entries(&row.session, Seq(0)).await?;
    let last = Seq(arguments.to.unwrap_or(u64::MAX));
    let replayed = replay(&entries, last)?;
    let state = replayed.state();
    let is_checked = match runtime.snapshot(&row.session).await? {
        Some(snapshot) if snapshot.seq() <= state.seq => {
            compare(&entries, snapshot, &replayed)?;
            true
        }
        _ => false,
    };
    if arguments.json {
        return output::json(&json!({
            "session": row.session,
            "entries": state.seq,
            "digest": state.digest(),
            "snapshot_agrees": is_checked.then_some(true),
            "state": state,
        }));
    }
    let snapshot = if is_checked { ", as the stored snapshot has it" } else { "" };
    output::text(&format!("{}  {} entries{snapshot}\n", state.digest(), state.seq))
}

fn replay(entries: &[Entry], last: Seq) -> anyhow::Result<Session> {
    let wanted = entries.iter().filter(|entry| entry.seq <= last).cloned();
    Ok(Session::replay(wanted, Contents::default())?)
}

/// The snapshot must be the state at its place, and lead to the same state as the whole journal.
fn compare(entries: &[Entry], snapshot: Snapshot, replayed: &Session) -> anyhow::Result<()> {
    let at = snapshot.seq();
    let stored = snapshot.clone().into_state().digest();
    let own = replay(entries, at)?.state().digest();
    let tail = entries.iter().filter(|entry| entry.seq > at && entry.seq <= replayed.state().seq).cloned();
    let resumed = Session::resume(snapshot, tail, Contents::default())?;
    if stored == own && resumed.state().digest() == replayed.state().digest() {
        return Ok(());
    }
    Err(with_hint(
        format!("the snapshot at entry {at} has {stored}, the journal leads to {own}"),
        "the journal is the truth; delete the row of session_snapshot, and report this",
    ))
}
