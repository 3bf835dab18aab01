//! `russet stock`: how many pieces can be sold.

use checkout::query::{Query, View};
use checkout::stock::StockCommand;
use checkout::{Command, Item};
use clap::{Args, Subcommand};
use serde_json::json;

use super::orders::Office;
use crate::config::Config;
use crate::failure::with_hint;
use crate::output::{self, tame};

/// Show how many pieces of a product can be sold, and set a count.
///
/// A number of the feed counts when it is one that the feed has not given before. What has no number is not counted: whether the
/// feed calls it available decides.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet stock show TENT-2                 all variants of a product, by its id in the feed
  russet stock show TENT-2-RED --json
  russet stock set TENT-2-RED 12           twelve are in the house")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Show what is free to sell
    Show {
        /// Id of a product or a variant in the feed
        #[arg(value_name = "SOURCE_ID")]
        source_id: String,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Set how many pieces of a variant are in the house
    Set {
        /// Id of the variant in the feed
        #[arg(value_name = "SOURCE_ID")]
        source_id: String,
        /// How many
        #[arg(value_name = "PIECES")]
        pieces: u32,
    },
}

/// Does it.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let office = Office::open(&config).await?;
    match arguments.action {
        Action::Show { source_id, json } => show(&office, &source_id, json).await,
        Action::Set { source_id, pieces } => {
            let (item, _) = the_one(&office, &source_id).await?;
            let (variant, name, is_sold) = (item.variant.clone(), item.name(), item.is_available);
            let command = StockCommand::Count { variant, on_hand: pieces };
            let summary = office.act(Command::Stock(command)).await?;
            output::text(&format!("{}\n", summary.lines.join("\n")))?;
            if !is_sold && pieces > 0 {
                output::note(&tame(&format!(
                    "The feed says that {name} cannot be had, so none is sold until it says something else.\n"
                )));
            }
            Ok(())
        }
    }
}

async fn show(office: &Office, source_id: &str, is_json: bool) -> anyhow::Result<()> {
    for (item, free) in items(office, source_id).await? {
        if is_json {
            let object = json!({
                "source_id": item.sku, "title": item.title, "options": item.options,
                "free": free, "available": item.is_available,
            });
            output::json(&object)?;
            continue;
        }
        let pieces = match free {
            // Whether something is for sale is the feed's word, and how many there are is the count's.
            Some(free) if !item.is_available => {
                format!("{free} counted, none for sale: the feed says sold out")
            }
            Some(free) => format!("{free} free"),
            None if !item.is_available => "none for sale: the feed says sold out".to_owned(),
            None => "not counted".to_owned(),
        };
        output::text(&tame(&format!("{}  {}  {pieces}\n", item.sku, item.name())))?;
    }
    Ok(())
}

/// The variants of a product, or the one of this id.
async fn items(office: &Office, source_id: &str) -> anyhow::Result<Vec<(Item, Option<u32>)>> {
    let unknown =
        || with_hint(format!("the catalog has nothing of the id {source_id}"), "`russet search` prints ids");
    let product = office.books().catalog().find_product(source_id).await?.ok_or_else(unknown)?;
    let View::Items(items) = office.view(&Query::Product(product)).await? else { return Err(unknown()) };
    let is_variant = items.iter().any(|(item, _)| item.sku == source_id);
    Ok(items.into_iter().filter(|(item, _)| !is_variant || item.sku == source_id).collect())
}

async fn the_one(office: &Office, source_id: &str) -> anyhow::Result<(Item, Option<u32>)> {
    let mut items = items(office, source_id).await?;
    match items.len() {
        1 => Ok(items.remove(0)),
        _ => Err(with_hint(
            format!("{source_id} has several variants"),
            "name one of those that `russet stock show` prints",
        )),
    }
}
