//! `russet orders list`.

use clap::Args;
use serde_json::json;

use super::Office;
use crate::output::{self, Style, counted};

/// Show the orders that were placed last
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// How many
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
    limit: u32,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(office: &Office, arguments: &Arguments) -> anyhow::Result<()> {
    let orders = office.books().latest_orders(arguments.limit).await?;
    for order in &orders {
        let placed = order.placed_at.map(|at| at.to_string());
        if arguments.json {
            let object = json!({ "id": order.id, "status": order.status, "placed_at": placed });
            output::json(&object)?;
            continue;
        }
        let placed = placed.unwrap_or_default();
        output::text(&format!("{}  {:<14}  {placed}\n", order.id, order.status))?;
    }
    if !arguments.json {
        let count = counted(orders.len() as u64, "order");
        output::text(&format!("{}\n", Style::of_output().faint(&count)))?;
    }
    Ok(())
}
