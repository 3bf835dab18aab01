//! Opening a store.

use std::time::Duration;

use sqlx::{Any, Row, Transaction};

use crate::engine::{Pools, location};
use crate::{Engine, StoreError, schema};

/// The truth of one shop. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) engine: Engine,
    pub(crate) pools: Pools,
    pub(crate) options: Options,
    location: String,
    identity: String,
}

/// What may be set when a store is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long to wait for a connection, or for another import to finish, before saying [`StoreError::Busy`].
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { patience: Duration::from_secs(10) }
    }
}

impl Store {
    /// Opens a store and brings its schema up to date. The URL is `sqlite:PATH?mode=rwc`, `sqlite::memory:` (where
    /// readers wait for imports) or `postgres://user:password@host/database`.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, Options::default()).await
    }

    /// Opens a store with these options.
    pub async fn open_with(url: &str, options: Options) -> Result<Self, StoreError> {
        let engine = Engine::of(url)?;
        let location = location(url);
        let pools = engine.connect(url, options.patience).await?;
        schema::migrate(engine, &pools.importers, &location).await?;
        let identity = sqlx::query("SELECT id FROM identity").fetch_one(&pools.readers).await?.try_get(0)?;
        Ok(Self { engine, pools, options, location, identity })
    }

    /// What tells this store from every other, wherever it is moved.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// The engine that holds the truth.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The URL without its password.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// Closes all connections, after what they are doing.
    pub async fn close(&self) {
        self.pools.readers.close().await;
        self.pools.importers.close().await;
    }

    /// A transaction in which all reads see one state.
    pub(crate) async fn snapshot(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.pools.readers.begin_with(self.engine.begin_snapshot()).await?)
    }
}
