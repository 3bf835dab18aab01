//! `russet orders`: what was ordered, and what the shop says of it.

mod deliver;
mod list;
mod receive;
mod ship;
mod show;

use anyhow::Context;
use checkout::order::OrderCommand;
use checkout::query::{Query, View};
use checkout::{Actor, Command, Confirmation, Key, OrderId, Policy, Request, StaffId, Summary};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use store::Books;

use crate::config::Config;
use crate::desk;
use crate::engine;
use crate::failure::with_hint;
use crate::output;

/// Who works at the command line, as the ledger names them.
const STAFF: &str = "command-line";

/// List and show orders; note that parcels have left, arrived, or come back.
///
/// This is the view of whoever runs the shop: it asks nobody for a proof. Shoppers ask in a conversation.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet orders list
  russet orders list --json | jq -r 'select(.status == \"paid\") | .id'
  russet orders show 516547267464
  russet orders ship 516547267464 --carrier UPS --tracking 1Z999
  russet orders deliver 516547267464
  russet orders receive ret_5f0c… --restock               goods of a return are back: its money moves

Orders are kept in books.db in the data folder, or in the database of --database-url.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    List(list::Arguments),
    Show(show::Arguments),
    Ship(ship::Arguments),
    Deliver(deliver::Arguments),
    Receive(receive::Arguments),
}

/// The books with the rules that they are kept by, and who works with them.
pub(super) struct Office {
    books: Books,
    policy: Policy,
    actor: Actor,
}

/// Does it.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let office = Office::open(&config).await?;
    match arguments.action {
        Action::List(arguments) => list::run(&office, &arguments).await,
        Action::Show(arguments) => show::run(&office, &arguments).await,
        Action::Ship(arguments) => ship::run(&office, arguments).await,
        Action::Deliver(arguments) => deliver::run(&office, &arguments).await,
        Action::Receive(arguments) => receive::run(&office, &arguments).await,
    }
}

impl Office {
    /// Opens the books of these settings.
    pub(super) async fn open(config: &Config) -> anyhow::Result<Self> {
        let store = engine::open_store(config).await?;
        let actor = Actor::Staff(StaffId::parse(STAFF).context("a name")?);
        let policy = desk::rules(config)?;
        Ok(Self { books: desk::open_books(config, store).await?, policy, actor })
    }

    pub(super) fn books(&self) -> &Books {
        &self.books
    }

    /// What the shop may see of this: everything.
    pub(super) async fn view(&self, query: &Query) -> anyhow::Result<View> {
        Ok(self.books.answer(&self.policy, &self.actor, Timestamp::now(), query).await?)
    }

    /// Does what somebody of the shop has written out, and says what that was.
    pub(super) async fn act(&self, command: Command) -> anyhow::Result<Summary> {
        let key = Key::parse(&sessions::new_id("cli")).context("a key")?;
        let (actor, at) = (self.actor.clone(), Timestamp::now());
        let mut request = Request { key, actor, at, command, confirmation: None };
        let summary = self.books.preview(&self.policy, &request).await?;
        request.confirmation = Some(Confirmation { digest: summary.digest.clone() });
        self.books.carry_out(&self.policy, &request).await?;
        Ok(summary)
    }

    async fn act_on(&self, order: &str, command: OrderCommand) -> anyhow::Result<()> {
        let summary = self.act(Command::Order { order: order_id(order)?, command }).await?;
        output::text(&format!("{}\n", summary.lines.join("\n")))
    }
}

fn order_id(text: &str) -> anyhow::Result<OrderId> {
    OrderId::parse(text.trim_start_matches('#'))
        .ok_or_else(|| with_hint("that is no order's number", "list them with `russet orders list`"))
}
