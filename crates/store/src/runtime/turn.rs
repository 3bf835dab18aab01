//! Whose turn it is to write. SQLite has one writer, and whoever finds it busy sleeps for a millisecond or more before asking again;
//! here the next one is called as soon as the last has ended.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool};
use tokio::sync::{Mutex, MutexGuard, OwnedMutexGuard};

use crate::StoreError;

/// The turns of one file. Cheap to clone; clones are one line of those who wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns(Arc<Mutex<()>>);

impl Turns {
    /// Waits for a turn on a thread that is no worker of Tokio.
    pub(super) fn wait(&self) -> MutexGuard<'_, ()> {
        self.0.blocking_lock()
    }
}

/// Connections that write, by turns where there are any: with SQLite in a file.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    pool: AnyPool,
    turns: Option<Turns>,
}

impl Writer {
    pub(super) fn new(pool: AnyPool, turns: Option<Turns>) -> Self {
        Self { pool, turns }
    }

    /// A connection, for as long as it is held.
    pub(super) async fn acquire(&self) -> Result<Turn, StoreError> {
        let held = self.turn().await;
        Ok(Turn { connection: self.pool.acquire().await?, _held: held })
    }

    /// A turn for somebody who has a connection.
    pub(super) async fn turn(&self) -> Option<OwnedMutexGuard<()>> {
        match &self.turns {
            Some(Turns(line)) => Some(Arc::clone(line).lock_owned().await),
            None => None,
        }
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// A connection while it is its turn.
pub(super) struct Turn {
    connection: PoolConnection<Any>,
    _held: Option<OwnedMutexGuard<()>>,
}

impl Deref for Turn {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.connection
    }
}

impl DerefMut for Turn {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }
}
