//! `russet approvals`: what shoppers want and somebody of the shop looks at before it is done, or after nobody knew whether it was.

mod unsettled;

use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Subcommand};
use conversation::{Desk, ReviewId, Staff};
use serde_json::Value;
use wire::Review;

use crate::config::Config;
use crate::desk;
use crate::engine::{self, Engine};
use crate::failure::with_hint;
use crate::output::{self, tame};

/// Digits of a digest that people write.
const DIGITS: usize = 12;

/// List, show, approve, refuse or change what shoppers have said yes to and the policy sends to the staff.
///
/// Which calls these are stands under [review] in the policy. Each waits for days if it has to, whatever is restarted; after its
/// time nothing is done. Who said yes or no to which text, and when, stands in the journal of the conversation. The shopper hears
/// that it waits, and with the next message what came of it; `russet notices` lists that for whoever mails them.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet approvals list
  russet approvals show ses_5f0c….12
  russet approvals approve ses_5f0c….12 --by bo
  russet approvals approve ses_5f0c….12 --by bo --seen 9a31c2…    only if the text is still that one
  russet approvals refuse ses_5f0c….12 --by bo
  russet approvals edit ses_5f0c….12 '{\"order\": …}' --by bo        the shopper is asked about the new text
  russet approvals unsettled                                      calls that nobody knows the end of
  russet approvals settle ses_5f0c….12 --as not-happened --by bo   the shopper is told with their next message

Programs do the same at /api/staff/approvals and /api/staff/unsettled, with a token of `russet token NAME --staff`.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Show what waits, what runs out first before the rest
    List {
        /// How many
        #[arg(long, short = 'n', value_name = "N", default_value_t = 100)]
        limit: u32,

        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Show one, with who said what to it
    Show {
        #[command(flatten)]
        which: Which,
    },
    /// Have it done
    Approve(Answer),
    /// Have nothing done
    Refuse(Answer),
    /// Show calls whose answer was lost for good, the oldest first: somebody has to look into them
    Unsettled {
        /// How many
        #[arg(long, short = 'n', value_name = "N", default_value_t = 100)]
        limit: u32,

        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    Settle(unsettled::Settle),
    /// Have something else done, after the shopper has said yes to that
    Edit {
        #[command(flatten)]
        answer: Answer,

        /// What the tool is given instead: JSON, as `show --json` has it under `input`
        #[arg(value_name = "INPUT")]
        input: String,
    },
}

#[derive(Args, Debug)]
struct Which {
    /// Its id
    #[arg(value_name = "ID")]
    id: String,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
struct Answer {
    #[command(flatten)]
    which: Which,

    /// Who answers, as it stands in the journal
    #[arg(long, value_name = "NAME")]
    by: String,

    /// The digest of the text that was read, or its beginning [default: that of the text as it is]
    #[arg(long, value_name = "DIGEST")]
    seen: Option<String>,
}

/// Does it.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let store = engine::open_store(&config).await?;
    let engine = Arc::new(Engine::of_store(&config, store)?);
    let (desk, _) = desk::open(&config, &engine, "").await?;
    let done = act(&desk, arguments.action).await;
    desk.close().await;
    done
}

async fn act(desk: &Desk, action: Action) -> anyhow::Result<()> {
    match action {
        Action::List { limit, json } => list(desk, limit, json).await,
        Action::Show { which } => {
            let (_, review) = find(desk, &which.id).await?;
            show(&review, which.json)
        }
        Action::Approve(answer) => verdict(desk, answer, true).await,
        Action::Refuse(answer) => verdict(desk, answer, false).await,
        Action::Unsettled { limit, json } => unsettled::list(desk, limit, json).await,
        Action::Settle(said) => unsettled::settle(desk, said).await,
        Action::Edit { answer, input } => {
            let input: Value = serde_json::from_str(&input).context("the input is no JSON")?;
            let (id, by, seen) = prepare(desk, &answer).await?;
            let edited = desk.edit_review(&id, by, (&seen, input)).await?;
            show(&edited.ok_or_else(outdated)?, answer.which.json)
        }
    }
}

async fn list(desk: &Desk, limit: u32, as_json: bool) -> anyhow::Result<()> {
    let reviews = desk.reviews(limit).await?;
    if reviews.is_empty() && !as_json {
        output::note("Nothing waits.");
    }
    for review in reviews {
        if as_json {
            output::json(&review)?;
            continue;
        }
        let text = review.text.replace('\n', " ");
        output::text(&tame(&format!(
            "{}  until {}  {}\n    {text}\n",
            review.id, review.expires_at, review.tool
        )))?;
    }
    Ok(())
}

async fn verdict(desk: &Desk, answer: Answer, is_granted: bool) -> anyhow::Result<()> {
    let (id, by, seen) = prepare(desk, &answer).await?;
    let answered = desk.answer_review(&id, by, (&seen, is_granted)).await?;
    show(&answered.ok_or_else(outdated)?, answer.which.json)
}

/// Which call, who, and the digest of the text that they have seen.
async fn prepare(desk: &Desk, answer: &Answer) -> anyhow::Result<(ReviewId, Staff, String)> {
    let (id, review) = find(desk, &answer.which.id).await?;
    let by = Staff::named(&answer.by).context("the name behind --by is blank")?;
    Ok((id, by, answer.seen.clone().unwrap_or(review.digest)))
}

async fn find(desk: &Desk, id: &str) -> anyhow::Result<(ReviewId, Review)> {
    let unknown =
        || with_hint(format!("there is no call {id} that waits"), "list them with `russet approvals list`");
    let id = ReviewId::parse(id).ok_or_else(unknown)?;
    let review = desk.review(&id).await?.ok_or_else(unknown)?;
    Ok((id, review))
}

fn outdated() -> anyhow::Error {
    with_hint(
        "the text is another one by now, or nothing waits any more",
        "look with `russet approvals show ID`",
    )
}

fn show(review: &Review, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return output::json(review);
    }
    let mut text = format!("{}  {}  {}\n{}\n", review.id, review.tool, review.status, review.text);
    for answer in &review.answers {
        let said = if answer.is_yes { "yes" } else { "no" };
        text.push_str(&format!("{said} by {} at {}\n", answer.by, answer.at));
    }
    if !review.outcome.is_empty() {
        text.push_str(&format!("{}\n", review.outcome));
    }
    if review.status == "waiting" {
        let digest: String = review.digest.chars().take(DIGITS).collect();
        text.push_str(&format!("digest {digest}  until {}\n", review.expires_at));
    }
    output::text(&tame(&text))
}
