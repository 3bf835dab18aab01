//! `russet orders deliver`.

use checkout::order::OrderCommand;
use clap::Args;

use super::Office;

/// Note that an order has arrived
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The order's number
    #[arg(value_name = "NUMBER")]
    order: String,
}

pub(super) async fn run(office: &Office, arguments: &Arguments) -> anyhow::Result<()> {
    office.act_on(&arguments.order, OrderCommand::Deliver).await
}
