//! `russet approvals unsettled` and `settle`: calls of which nobody could say what became of them.

use anyhow::Context;
use clap::{Args, ValueEnum};
use conversation::{Desk, ReviewId, Staff, Unsettleable};
use wire::{BooksSay, SettledAs, Unsettled, UnsettledStatus};

use super::DIGITS;
use crate::failure::with_hint;
use crate::output::{self, tame};

/// Say what became of a call whose answer was lost for good
#[derive(Args, Debug)]
pub(super) struct Settle {
    /// Its id
    #[arg(value_name = "ID")]
    id: String,

    /// What became of it
    #[arg(long = "as", value_enum)]
    verdict: Verdict,

    /// Who says so, as it stands in the journal
    #[arg(long, value_name = "NAME")]
    by: String,

    /// What the shopper is told of it, where the books do not know
    #[arg(long, value_name = "TEXT", default_value = "")]
    result: String,

    /// The digest of the text that was read, or its beginning [default: that of the text as it is]
    #[arg(long, value_name = "DIGEST")]
    seen: Option<String>,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Verdict {
    /// It was done
    Happened,
    /// It was not done and will not be
    NotHappened,
    /// It was taken back by hand, whether or not it was done
    TakenBack,
    /// The tool that takes it back is to do so
    TakeBack,
}

impl Verdict {
    fn wire(self) -> SettledAs {
        match self {
            Self::Happened => SettledAs::Happened,
            Self::NotHappened => SettledAs::NotHappened,
            Self::TakenBack => SettledAs::TakenBack,
            Self::TakeBack => SettledAs::TakeBack,
        }
    }
}

/// Lists what has to be looked into.
pub(super) async fn list(desk: &Desk, limit: u32, as_json: bool) -> anyhow::Result<()> {
    let calls = desk.unsettled(limit).await?;
    if calls.is_empty() && !as_json {
        output::note("It is known of every call what became of it.");
    }
    for call in calls {
        show(&call, as_json)?;
    }
    Ok(())
}

/// Settles one.
pub(super) async fn settle(desk: &Desk, said: Settle) -> anyhow::Result<()> {
    let unknown = || {
        with_hint(
            format!("there is no call {} of which nobody knew what became of it", said.id),
            "list them with `russet approvals unsettled`",
        )
    };
    let id = ReviewId::parse(&said.id).ok_or_else(unknown)?;
    let by = Staff::named(&said.by).context("the name behind --by is blank")?;
    let call = desk.unsettled_call(&id).await?.ok_or_else(unknown)?;
    let seen = said.seen.clone().unwrap_or(call.digest);
    let settled = desk.settle(&id, by, (&seen, said.verdict.wire(), &said.result)).await?;
    match settled.ok_or_else(unknown)? {
        Ok(call) => show(&call, said.json),
        Err(Unsettleable::Outdated) => Err(with_hint(
            "the text is another one, or it is known by now what became of the call",
            "look with `russet approvals unsettled`",
        )),
        Err(Unsettleable::NoWayBack) => Err(with_hint(
            "no tool takes this call back",
            "take it back by hand, and say so with --as taken-back",
        )),
    }
}

fn show(call: &Unsettled, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return output::json(call);
    }
    let status = match call.status {
        UnsettledStatus::Unknown => "unknown",
        UnsettledStatus::Happened => "happened",
        UnsettledStatus::NotHappened => "not happened",
        UnsettledStatus::BeingTakenBack => "being taken back",
        UnsettledStatus::TakenBack => "taken back",
    };
    let books = match call.books {
        BooksSay::Done => "the books have it",
        BooksSay::NotSeen => "the books have not seen it",
        BooksSay::Nothing => "the books cannot be asked",
    };
    let digest: String = call.digest.chars().take(DIGITS).collect();
    let mut text = format!("{}  since {}  {}  {status}; {books}\n", call.id, call.since, call.tool);
    text.push_str(&format!("    {}\n    digest {digest}\n", call.text.replace('\n', " ")));
    if let Some(settled) = &call.settled {
        text.push_str(&format!("    by {} at {}\n", settled.by, settled.at));
    }
    if !call.outcome.is_empty() {
        text.push_str(&format!("    {}\n", call.outcome));
    }
    output::text(&tame(&text))
}
