//! `russet orders ship`.

use checkout::order::OrderCommand;
use clap::Args;

use super::Office;

/// Note that everything that is left of an order has gone out
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
}

pub(super) async fn run(office: &Office, arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { order, carrier, tracking } = arguments;
    office.act_on(&order, OrderCommand::Ship { items: Vec::new(), carrier, tracking }).await
}
