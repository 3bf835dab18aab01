//! `russet ask`: one question, one answer with its evidence.

use std::collections::HashMap;

use anyhow::Context;
use assistant::Thread;
use checkout::ShopperId;
use clap::Args;
use commerce::{EvidenceId, Locale};
use conversation::Utterance;
use jiff::Timestamp;
use server::Question;
use tokio::sync::mpsc;
use wire::{AskReply, ErrorCode, EvidenceKind, Part};

use super::search::describe_hit;
use super::table;
use crate::config::Config;
use crate::desk;
use crate::engine::Engine;
use crate::failure::UsageError;
use crate::output::{self, Style, tame};

/// Parts that may wait for the terminal.
const MAX_WAITING: usize = 64;

/// Ask about a product, several products, or the shop.
///
/// Every sentence of the answer carries the number of what it rests on in the shop's own data; where the data does not
/// say, the answer says so.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet ask \"Is the Ridge tent waterproof?\"
  russet ask \"Does it run small?\" --product TENT-2          about the product of this id in the feed
  russet ask \"Something warm for windy weather under $80\"
  russet ask \"compare these\" --product TENT-1 --product TENT-2
  russet ask \"help me choose\" --product TENT-1 --product TENT-2 --weight price=3
  russet ask \"How long do I have to return shoes?\" --json | jq .evidence

In a conversation, things can be done as well. What cannot be taken back waits for a yes:
  russet ask --session demo \"a tent for three\"
  russet ask --session demo \"add the second one\"
  russet ask --session demo \"check out\"               asks for what is missing, then for a yes
  russet ask --session demo yes
  russet ask --session demo \"where is my order?\"")]
pub(crate) struct Arguments {
    /// The question
    #[arg(required_unless_present = "drop", value_name = "TEXT")]
    text: Vec<String>,

    /// Source id of the product that the question is about; several times for products to compare or choose between
    #[arg(long, value_name = "SOURCE_ID")]
    product: Vec<String>,

    /// How much something counts in a decision, such as price=3; several times for more
    #[arg(long, value_name = "KEY=NUMBER", value_parser = weight)]
    weight: Vec<(String, f64)>,

    /// Id of a condition of the reply before that no longer holds, such as price; with --session
    #[arg(long, value_name = "ID", requires = "session")]
    drop: Vec<String>,

    /// Language model that reads orders in a conversation, and phrases answers where the settings say phrasing = "model": a name, none, or
    /// URL#MODEL of a server [default: none]
    #[arg(long, value_name = "NAME")]
    model: Option<String>,

    /// Conversation that the message belongs to: any name; one that is new begins a conversation
    #[arg(long, value_name = "NAME")]
    session: Option<String>,

    /// Whose conversation a new one is: the id of a shopper [default: a guest]
    #[arg(long, value_name = "ID", requires = "session")]
    shopper: Option<String>,

    /// Language and units, such as en-US or en-GB [default: from LANG]
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,

    /// Print one JSON object, described by docs/schema/ask-reply.json
    #[arg(long)]
    json: bool,
}

/// Asks and prints.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let engine = Engine::open(&config).await?;
    let snapshot = engine.current().await?;
    engine.open_embedder_of(&config, &snapshot).await?;
    engine.open_model(&config, arguments.model.as_deref().unwrap_or(&config.model)).await?;
    // One product is the page that the question is asked on, several are a choice.
    let (product, products) = match arguments.product.len() {
        0 | 1 => (arguments.product.into_iter().next(), Vec::new()),
        _ => (None, arguments.product),
    };
    let question = Question {
        text: arguments.text.join(" "),
        product,
        products,
        shown: Vec::new(),
        thread: Thread::default(),
        drop: arguments.drop,
        about: Vec::new(),
        weights: arguments.weight.into_iter().collect(),
        locale: arguments.locale.or_else(system_locale).map(|tag| Locale::parse(&tag)).unwrap_or_default(),
        session: arguments.session,
    };
    if question.session.is_some() {
        return converse(&config, &engine, question, arguments.shopper, arguments.json).await;
    }
    let (parts, received) = mpsc::channel(MAX_WAITING);
    let asking = async {
        let parts = parts;
        server::ask(&engine.shop, &snapshot, engine.shop.phraser(), &question, Timestamp::now(), &parts).await
    };
    let (reply, printed) = tokio::join!(asking, print(received, arguments.json));
    let cited = printed?;
    let (reply, _) = reply.map_err(|failure| match failure.code() {
        ErrorCode::InvalidRequest => UsageError(failure.to_string()).into(),
        _ => anyhow::Error::new(failure),
    })?;
    match arguments.json {
        true => output::json(&reply),
        false => output::text(&describe_end(&reply, &cited, Style::of_output())),
    }
}

/// Says something in a conversation, and waits for the whole reply.
async fn converse(
    config: &Config,
    engine: &Engine,
    question: Question,
    shopper: Option<String>,
    is_json: bool,
) -> anyhow::Result<()> {
    let bad = |what: &str| UsageError(format!("{what} is 1 to 60 letters, digits, - and _"));
    let shopper = shopper.map(|id| ShopperId::parse(&id).ok_or_else(|| bad("--shopper"))).transpose()?;
    let (desk, _) = desk::open(config, engine, &format!("http://{}", config.listen)).await?;
    let name = question.session.unwrap_or_default();
    let seat = desk.staff_seat(&name, shopper).await?.ok_or_else(|| bad("--session"))?;
    let utterance = Utterance {
        text: question.text,
        product: question.product,
        products: question.products,
        drop: question.drop,
        weights: question.weights,
        locale: Some(question.locale.language.clone()),
        ..Utterance::default()
    };
    let mut exchange = desk.say(&seat, utterance).await?;
    let (parts, received) = mpsc::channel(MAX_WAITING);
    let hearing = async {
        let parts = parts;
        while let Some(event) = exchange.next().await? {
            // The reply is waited for even where nobody prints it.
            let _ = parts.send(event.part).await;
        }
        exchange.whole().await
    };
    let (reply, printed) = tokio::join!(hearing, print(received, is_json));
    desk.close().await;
    let (reply, cited) = (reply?.context("the reply was interrupted by another message")?, printed?);
    match is_json {
        true => output::json(&reply),
        false => output::text(&describe_end(&reply, &cited, Style::of_output())),
    }
}

/// `price=3` as a key and a weight.
fn weight(text: &str) -> Result<(String, f64), String> {
    let (key, number) = text.split_once('=').ok_or("write KEY=NUMBER, such as price=3")?;
    let number: f64 = number.parse().map_err(|_| format!("\"{number}\" is no number"))?;
    match number.is_finite() && number >= 0.0 {
        true => Ok((key.to_owned(), number)),
        false => Err("a weight is a number from 0 on".to_owned()),
    }
}

/// The language tag of the environment, such as `en-GB` of `LANG=en_GB.UTF-8`.
fn system_locale() -> Option<String> {
    let lang = std::env::var("LANG").ok()?;
    let tag = lang.split(['.', '@']).next()?.replace('_', "-");
    (tag.len() >= 2 && tag != "POSIX" && tag != "C").then_some(tag)
}

/// Prints the prose while it streams, each clause with the numbers of its evidence; what was cited, by number.
async fn print(mut parts: mpsc::Receiver<Part>, is_silent: bool) -> anyhow::Result<Vec<EvidenceId>> {
    let style = Style::of_output();
    let mut cited: Vec<EvidenceId> = Vec::new();
    while let Some(part) = parts.recv().await {
        if is_silent {
            continue;
        }
        match part {
            Part::TextDelta { delta, .. } => output::text(&tame(&delta))?,
            Part::DataCitation { data } => {
                let mut text = String::new();
                for id in data.evidence {
                    let place = cited.iter().position(|known| *known == id).unwrap_or(cited.len());
                    if place == cited.len() {
                        cited.push(id);
                    }
                    text.push_str(&format!("[{}]", place + 1));
                }
                output::text(&format!(" {}", style.faint(&text)))?;
            }
            Part::TextEnd { .. } => output::text("\n")?,
            _ => {}
        }
    }
    Ok(cited)
}

/// What stands below the prose: the evidence by number, the products, and what may be asked next.
fn describe_end(reply: &AskReply, cited: &[EvidenceId], style: Style) -> String {
    let mut text = String::new();
    let titles: HashMap<_, _> =
        reply.products.iter().map(|shown| (&shown.hit.id, shown.hit.title.as_str())).collect();
    let row = |id: &EvidenceId| reply.evidence.iter().find(|row| row.id == *id);
    if !cited.is_empty() {
        text.push('\n');
    }
    for (place, row) in cited.iter().filter_map(row).enumerate() {
        let product = row.product.as_ref().and_then(|id| titles.get(id)).copied().unwrap_or_default();
        let origin = [origin(row.kind), product, &row.context, &row.source];
        let origin: Vec<&str> = origin.into_iter().filter(|part| !part.is_empty()).collect();
        text.push_str(&format!(
            "[{}] “{}”\n    {}\n",
            place + 1,
            tame(&row.quote),
            style.faint(&tame(&origin.join(" · ")))
        ));
    }
    if let Some(table) = &reply.table {
        text.push_str(&table::text(table, style));
    }
    if let Some(pick) = &reply.pick {
        text.push_str(&table::weights(pick, style));
    }
    text.push_str(&table::steps(&reply.steps, style));
    if !reply.products.is_empty() {
        text.push('\n');
    }
    for (place, shown) in reply.products.iter().enumerate() {
        text.push_str(&describe_hit(place + 1, &shown.hit, style));
        if !shown.reason.is_empty() {
            text.push_str(&format!("     {}\n", tame(&shown.reason)));
        }
    }
    if !reply.follow_ups.is_empty() {
        text.push_str(&format!("\n{}\n", style.faint(&tame(&reply.follow_ups.join("  ·  ")))));
    }
    text
}

fn origin(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Attribute => "product details",
        EvidenceKind::Description => "description",
        EvidenceKind::Review => "review",
        EvidenceKind::Question => "question and answer",
        EvidenceKind::Policy => "shop policy",
        EvidenceKind::Page => "page of the shop",
        EvidenceKind::Offer => "price and stock",
        EvidenceKind::Reference => "reference",
    }
}
