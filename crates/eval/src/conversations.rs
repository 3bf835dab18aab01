//! Golden conversations: transcripts that say what a good assistant replies, held at the desk of a shop, and what has to hold
//! of every one of them.

mod check;
mod expect;
mod held;
mod report;
mod stage;
mod transcript;

pub use check::{Check, Values};
pub use expect::contains;
pub(crate) use held::say;
pub use report::{Conversations, Outcome, details, json, table};
pub use stage::{Players, Stage};
pub use transcript::{Transcript, Turn, parse, read};

use crate::catalog::Catalog;
use crate::shop;

/// Holds all transcripts of a store whose capability or name holds `filter`; `None` where its data is not here.
pub async fn run(
    catalog: Catalog,
    filter: Option<&str>,
    players: &Players,
) -> anyhow::Result<Option<Conversations>> {
    let mut transcripts = read(catalog)?;
    transcripts.retain(|own| filter.is_none_or(|part| own.capability == part || own.name.contains(part)));
    let Some(records) = shop::records(catalog)? else { return Ok(None) };
    let values = Values::of(&records);
    let stage = Stage::with(records, players).await?;
    let mut outcomes = Vec::new();
    for transcript in &transcripts {
        outcomes.push(one(&stage, &values, transcript).await?);
    }
    stage.close().await;
    Ok(Some(Conversations { store: catalog.as_str(), outcomes }))
}

async fn one(stage: &Stage, values: &Values, transcript: &Transcript) -> anyhow::Result<Outcome> {
    let held = held::hold(stage, transcript).await?;
    let mut outcome = Outcome::of(transcript);
    for turn in &held.turns {
        let mistakes = turn.turn.expected.iter().filter_map(|own| expect::mistake(own, &turn.reply));
        outcome.take(&turn.turn.text, &turn.reply, mistakes.collect());
    }
    for check in Check::ALL {
        let faults = check.faults(stage, values, &held).await?;
        outcome.faults.extend(faults.into_iter().map(|fault| (check, fault)));
    }
    Ok(outcome)
}
