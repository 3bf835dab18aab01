//! Connections for sessions: what is committed must survive a power cut.

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Executor};

use crate::{Engine, StoreError, engine};

/// How many connections read, and hold leases with PostgreSQL.
const MAX_READERS: u32 = 8;

/// One that writes and several that read; with SQLite in memory one for everything.
pub(super) async fn connect(
    engine: Engine,
    url: &str,
    patience: Duration,
) -> Result<(AnyPool, AnyPool), StoreError> {
    sqlx::any::install_default_drivers();
    let failed = |error| StoreError::connecting(&engine::location(url), error);
    let writer = options(engine, patience).max_connections(1).connect(url).await.map_err(failed)?;
    if engine::is_memory(url) {
        return Ok((writer.clone(), writer));
    }
    let readers =
        options(engine, patience).max_connections(MAX_READERS).connect(url).await.map_err(failed)?;
    Ok((writer, readers))
}

fn options(engine: Engine, patience: Duration) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().acquire_timeout(patience);
    match engine {
        Engine::Postgres => options,
        Engine::Sqlite => {
            let settings = format!(
                "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                 PRAGMA secure_delete = ON;",
                patience.as_millis()
            );
            options.min_connections(1).idle_timeout(None).max_lifetime(None).after_connect(
                move |connection, _| {
                    let settings = settings.clone();
                    Box::pin(
                        async move { connection.execute(sqlx::AssertSqlSafe(settings)).await.map(|_| ()) },
                    )
                },
            )
        }
    }
}
