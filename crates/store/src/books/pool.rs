//! Connections for the books: what is committed must survive a power cut.

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Executor};

use crate::{Engine, StoreError, engine};

/// How many connections work at the same time.
const MAX_CONNECTIONS: u32 = 8;

/// Those that write and those that read. SQLite has a single writer anyway, so that others wait their turn in order; with
/// SQLite in memory there is one connection for everything.
pub(super) async fn connect(
    engine: Engine,
    url: &str,
    patience: Duration,
) -> Result<(AnyPool, AnyPool), StoreError> {
    sqlx::any::install_default_drivers();
    let failed = |error| StoreError::connecting(&engine::location(url), error);
    let options = || AnyPoolOptions::new().acquire_timeout(patience);
    if engine == Engine::Postgres {
        let pool = options().max_connections(MAX_CONNECTIONS).connect(url).await.map_err(failed)?;
        return Ok((pool.clone(), pool));
    }
    let writer = lasting(options().max_connections(1), patience).connect(url).await.map_err(failed)?;
    if engine::is_memory(url) {
        return Ok((writer.clone(), writer));
    }
    let readers = lasting(options().max_connections(MAX_CONNECTIONS), patience);
    Ok((writer, readers.connect(url).await.map_err(failed)?))
}

fn lasting(options: AnyPoolOptions, patience: Duration) -> AnyPoolOptions {
    let settings = format!(
        "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
        patience.as_millis()
    );
    options.min_connections(1).idle_timeout(None).max_lifetime(None).after_connect(move |connection, _| {
        let settings = settings.clone();
        Box::pin(async move { connection.execute(sqlx::AssertSqlSafe(settings)).await.map(|_| ()) })
    })
}
