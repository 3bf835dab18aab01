//! `russet orders show`.

use checkout::Owner;
use checkout::query::{Query, View};
use clap::Args;

use super::{Office, order_id};
use crate::output::{self, tame};

/// Show one order with its items, parcels, returns and history
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The order's number
    #[arg(value_name = "NUMBER")]
    order: String,

    /// Print one JSON object, as `orders` of docs/schema/ask-reply.json describes it
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(office: &Office, arguments: &Arguments) -> anyhow::Result<()> {
    let view = office.view(&Query::Order(order_id(&arguments.order)?)).await?;
    let View::Order(order, returns) = view else { return Ok(()) };
    let facts = conversation::order_facts(&order, &returns);
    if arguments.json {
        return output::json(&facts);
    }
    let mut text = format!("Order {}: {}, {}\n", facts.id, order.status.words(), facts.total);
    for (line, known) in facts.lines.iter().zip(&order.lines) {
        let options = if line.options.is_empty() { String::new() } else { format!(" ({})", line.options) };
        let to_leave = match order.to_leave(known) {
            0 => String::new(),
            pieces => format!("  {pieces} to leave"),
        };
        text.push_str(&format!(
            "  {} × {}{options}  {}  {}{to_leave}\n",
            line.quantity, line.title, line.total, line.source_id
        ));
    }
    text.push_str(&match &order.owner {
        Owner::Shopper(id) => format!("  of the account {id}\n"),
        Owner::Guest(_) => "  of a guest\n".to_owned(),
    });
    text.push_str(&format!("  to {}, {}, {}\n", order.contact.name, order.contact.email, facts.address));
    for parcel in &facts.parcels {
        text.push_str(&format!("  parcel {} {}\n", parcel.carrier, parcel.tracking));
    }
    for known in &facts.returns {
        text.push_str(&format!("  {} {}: {}\n", known.kind, known.id, known.status));
    }
    for entry in &order.history {
        let event = serde_json::to_value(entry.event)?;
        text.push_str(&format!("  {}  {}\n", entry.at, event.as_str().unwrap_or_default()));
    }
    output::text(&tame(&text))
}
