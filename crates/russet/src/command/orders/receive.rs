//! `russet orders receive`.

use checkout::returns::ReturnCommand;
use checkout::{Command, ReturnId};
use clap::Args;

use super::Office;
use crate::failure::with_hint;
use crate::output;

/// Note that the goods of a return or exchange are back
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The return's number
    #[arg(value_name = "RETURN")]
    id: String,

    /// They can be sold again
    #[arg(long)]
    restock: bool,
}

pub(super) async fn run(office: &Office, arguments: &Arguments) -> anyhow::Result<()> {
    let id = ReturnId::parse(&arguments.id).ok_or_else(|| {
        with_hint("that is no return's number", "`russet orders show` names the returns of an order")
    })?;
    let command = ReturnCommand::Receive { restock: arguments.restock };
    let summary = office.act(Command::Return { id, command }).await?;
    output::text(&format!("{}\n", summary.lines.join("\n")))
}
