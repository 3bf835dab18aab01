//! `russet notices`: what shoppers should hear of, for whoever mails them.

use checkout::alert::AlertStatus;
use checkout::mandate::MandateStatus;
use checkout::query::{Query, View};
use checkout::{Owner, ShopperId};
use clap::{Args, Subcommand};
use commerce::VariantId;
use conversation::{ReviewId, reviewed};
use serde_json::{Value, json};
use store::{News, Notice};

use super::orders::Office;
use super::sessions;
use crate::config::Config;
use crate::output::{self, tame};

/// List price alerts that went off, standing orders that bought, and what the shop said to what it looked at, for a program that
/// mails shoppers.
///
/// A conversation tells its shopper by itself, once; this is for everybody who is not talking just now.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet notices list --json | while read -r notice; do …; done
  russet notices sent alr_5f0c…                           it was mailed, and is not listed any more")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Show what was not mailed yet, oldest first
    List {
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
    let office = Office::open(&config).await?;
    match arguments.action {
        Action::List { limit, json } => {
            list(&office, limit, json).await?;
            list_reviewed(&config, &office, limit, json).await
        }
        Action::Sent { ids } => sent(&config, &office, ids).await,
    }
}

async fn list(office: &Office, limit: u32, as_json: bool) -> anyhow::Result<()> {
    for notice in office.books().notices(limit).await? {
        let object = facts(office, &notice).await?;
        match as_json {
            true => output::json(&object)?,
            false => {
                let text = |name: &str| object[name].as_str().unwrap_or_default().to_owned();
                let row = [text("id"), text("at"), text("kind"), text("email"), text("title")];
                output::text(&tame(&format!("{}\n", row.join("  "))))?;
            }
        }
    }
    Ok(())
}

/// What came of calls that somebody of the shop was asked about.
async fn list_reviewed(config: &Config, office: &Office, limit: u32, as_json: bool) -> anyhow::Result<()> {
    let Ok(runtime) = sessions::open(config).await else { return Ok(()) };
    for review in reviewed(&runtime, limit).await? {
        let shopper = review.shopper.as_deref().and_then(ShopperId::parse);
        let email = match &shopper {
            Some(id) => email(office, id).await?,
            None => String::new(),
        };
        let at = review.answers.last().map(|answer| answer.at.clone()).unwrap_or_default();
        let title = review.text.lines().next().unwrap_or_default();
        let object = json!({
            "id": review.id, "at": at, "shopper": review.shopper, "email": email, "kind": "looked_at",
            "title": title, "status": review.status, "outcome": review.outcome,
        });
        match as_json {
            true => output::json(&object)?,
            false => {
                let row = [&review.id, &at, "looked_at", &email, &review.status, title];
                output::text(&tame(&format!("{}\n", row.join("  "))))?;
            }
        }
    }
    Ok(())
}

/// Notes that these were mailed; those of a conversation bear its name.
async fn sent(config: &Config, office: &Office, ids: Vec<String>) -> anyhow::Result<()> {
    let (reviews, notices): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| ReviewId::parse(id).is_some());
    office.books().notices_sent(&notices).await?;
    if reviews.is_empty() {
        return Ok(());
    }
    let runtime = sessions::open(config).await?;
    for id in reviews.iter().filter_map(|id| ReviewId::parse(id)) {
        runtime.review_sent(&id.session, id.key).await?;
    }
    Ok(())
}

async fn facts(office: &Office, notice: &Notice) -> anyhow::Result<Value> {
    let (shopper, email) = match &notice.owner {
        Owner::Shopper(id) => (Some(id.to_string()), email(office, id).await?),
        Owner::Guest(_) => (None, String::new()),
    };
    let mut object =
        json!({ "id": notice.id, "at": notice.at.to_string(), "shopper": shopper, "email": email });
    match &notice.news {
        News::Alert(alert) => {
            object["kind"] = json!("price_reached");
            object["title"] = json!(title(office, &alert.variant).await?);
            object["at_or_below"] = json!(alert.at_or_below);
            if let AlertStatus::Fired { price, .. } = alert.status {
                object["price"] = json!(price);
            }
        }
        News::Mandate(mandate) => {
            object["kind"] = json!("standing_order_bought");
            object["title"] = json!(title(office, &mandate.terms.variant).await?);
            object["quantity"] = json!(mandate.terms.quantity);
            match &mandate.status {
                MandateStatus::Acted { order } => object["order"] = json!(order),
                _ => object["kind"] = json!("standing_order_over"),
            }
        }
    }
    Ok(object)
}

async fn title(office: &Office, variant: &VariantId) -> anyhow::Result<String> {
    let items = office.view(&Query::Item(variant.clone())).await;
    Ok(match items {
        Ok(View::Items(items)) => items.first().map(|(item, _)| item.name()).unwrap_or_default(),
        _ => String::new(),
    })
}

async fn email(office: &Office, id: &ShopperId) -> anyhow::Result<String> {
    Ok(match office.view(&Query::Profile(id.clone())).await {
        Ok(View::Profile(shopper, _)) => shopper.email,
        _ => String::new(),
    })
}
