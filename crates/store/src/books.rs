//! Carts, orders, money and stock, as [`checkout`] decides them.
//!
//! **Invariant**: a request is carried out in one transaction, which loads what it touches, keeps everybody else from it,
//! decides, and writes what changed with a line of the ledger and what the payment provider is to be asked; or nothing of it
//! is written. With SQLite requests share transactions, each behind a savepoint of its own. The records are what the ledger's changes give.

mod attempt;
mod carry_out;
mod catalog;
mod delivery;
mod error;
mod expire;
mod group;
mod guess;
mod ledger;
mod load;
mod lock;
mod names;
mod notice;
mod of_owner;
mod payment;
mod put;
mod read;
mod save;
mod stock;
mod watch;

pub use delivery::Delivery;
pub use error::BooksError;
pub use expire::Expired;
pub use guess::{Guess, Guesses};
pub use ledger::{Fate, LedgerLine};
pub use notice::{News, Notice};
pub use payment::PaymentTask;
pub use read::OrderRow;
pub use watch::Watched;

use std::time::Duration;

use sqlx::AnyPool;
use tokio::sync::mpsc;

use crate::durable::{self, Writing};
use crate::{Engine, Store, StoreError, engine, schema};

/// The books of one shop. Cheap to clone; clones share their connections.
///
/// With SQLite this is a file of its own: an import holds the catalog's file for as long as it runs, and no checkout waits
/// for that. With PostgreSQL it may be the same database.
#[derive(Clone, Debug)]
pub struct Books {
    engine: Engine,
    writer: AnyPool,
    readers: AnyPool,
    catalog: Store,
    /// With SQLite, requests that share commits; with PostgreSQL each has a connection of its own.
    waiting: Option<mpsc::Sender<group::Waiting>>,
}

impl Books {
    /// Opens the books at a URL like that of [`Store::open`], and brings the schema up to date. What is for sale, and for
    /// how much, is read from the catalog.
    pub async fn open(url: &str, catalog: Store, patience: Duration) -> Result<Self, StoreError> {
        let engine = Engine::of(url)?;
        let (writer, readers) = durable::connect(engine, url, patience, Writing::SideBySide).await?;
        schema::migrate(engine, &writer, &engine::location(url)).await?;
        let waiting = (engine == Engine::Sqlite).then(|| group::begin(writer.clone()));
        Ok(Self { engine, writer, readers, catalog, waiting })
    }

    /// The catalog that these books sell from.
    pub fn catalog(&self) -> &Store {
        &self.catalog
    }

    /// Closes all connections, after what they are doing.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
