//! `russet orders ship`.

use checkout::Order;
use checkout::order::{OrderCommand, Pick};
use checkout::query::{Query, View};
use clap::Args;

use super::{Office, order_id};
use crate::failure::with_hint;

/// Note that a parcel of an order has gone out: everything that is left, or the pieces that are named
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The order's number
    #[arg(value_name = "NUMBER")]
    order: String,

    /// Who carries it
    #[arg(long, value_name = "NAME", default_value = "")]
    carrier: String,

    /// The parcel's tracking number
    #[arg(long, value_name = "NUMBER")]
    tracking: String,

    /// What is in it, by the id of the feed, with the number of pieces where it is more than one: MUG-BLUE=2 [default: all that has
    /// not left]
    #[arg(long = "item", value_name = "SOURCE_ID[=PIECES]")]
    items: Vec<String>,
}

pub(super) async fn run(office: &Office, arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { order, carrier, tracking, items } = arguments;
    let mut picks = Vec::new();
    if !items.is_empty() {
        let View::Order(known, _) = office.view(&Query::Order(order_id(&order)?)).await? else {
            return Ok(());
        };
        for item in &items {
            picks.push(pick(&known, item)?);
        }
    }
    office.act_on(&order, OrderCommand::Ship { items: picks, carrier, tracking }).await
}

/// Pieces of an order as they are written on the command line.
fn pick(order: &Order, item: &str) -> anyhow::Result<Pick> {
    let (id, pieces) = item.rsplit_once('=').unwrap_or((item, "1"));
    let line = order.lines.iter().find(|line| line.item.sku == id);
    let hint = "`russet orders show NUMBER` prints the ids of its items; write ID=PIECES for more than one";
    let line = line.ok_or_else(|| with_hint(format!("order {} has no item {id}", order.id), hint))?;
    let quantity =
        pieces.parse().map_err(|_| with_hint(format!("\"{pieces}\" is no number of pieces"), hint))?;
    Ok(Pick { variant: line.item.variant.clone(), quantity })
}
