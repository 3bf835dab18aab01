//! Connections for what must survive a power cut: sessions and books.

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Executor, Row};

use crate::engine::postgres_pool;
use crate::{Engine, StoreError, engine};

/// How many connections read at the same time.
const MAX_READERS: u32 = 8;

/// How long the write-ahead log of [`Writing::Together`] gets, in pages, before a commit itself carries it over.
const MAX_LOG_PAGES: u32 = 24_000;

/// How long those who write may be kept waiting while the log is emptied, in milliseconds.
const EMPTYING_MS: i64 = 20;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// By one connection for all callers. What is deleted is overwritten on the disk. The log is carried over between the
    /// commits, by whoever commits.
    Together,
    /// With PostgreSQL by the connections that read as well, side by side.
    SideBySide,
}

/// Those that write and those that read. SQLite has a single writer anyway, so that others wait their turn in order; with
/// SQLite in memory there is one connection for everything.
pub(crate) async fn connect(
    engine: Engine,
    url: &str,
    patience: Duration,
    writing: Writing,
) -> Result<(AnyPool, AnyPool), StoreError> {
    sqlx::any::install_default_drivers();
    let failed = |error| StoreError::connecting(&engine::location(url), error);
    let options = || options(engine, patience, writing);
    if engine == Engine::Postgres && writing == Writing::SideBySide {
        let pool = options().max_connections(MAX_READERS).connect(url).await.map_err(failed)?;
        return Ok((pool.clone(), pool));
    }
    let writer = options().max_connections(1).connect(url).await.map_err(failed)?;
    if engine::is_memory(url) {
        return Ok((writer.clone(), writer));
    }
    Ok((writer, options().max_connections(MAX_READERS).connect(url).await.map_err(failed)?))
}

/// Carries SQLite's log over into its file, while others go on writing: the pages must be written and the disk waited for, which
/// no commit should do. What cannot be carried over now is carried over later.
pub(crate) async fn carry_over(readers: &AnyPool) {
    if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").fetch_all(readers).await {
        tracing::debug!(%error, "the log was not carried over");
    }
}

/// Empties SQLite's log, so that nothing of a page as it was before is left in it; whether that could be done now. Whoever writes
/// waits meanwhile, so what is much of it is carried over before.
pub(crate) async fn empty_log(readers: &AnyPool) -> bool {
    try_emptying(readers).await.unwrap_or_else(|error| {
        tracing::debug!(%error, "the log was not emptied");
        false
    })
}

async fn try_emptying(readers: &AnyPool) -> sqlx::Result<bool> {
    let mut connection = readers.acquire().await?;
    let patience = sqlx::query("PRAGMA busy_timeout").fetch_one(&mut *connection).await?;
    let patience: i64 = patience.try_get(0)?;
    let wait = |millis: i64| sqlx::AssertSqlSafe(format!("PRAGMA busy_timeout = {millis}"));
    connection.execute(wait(EMPTYING_MS)).await?;
    let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
    connection.execute(wait(patience)).await?;
    // The first column says whether somebody was in the way.
    Ok(emptied?.try_get::<i64, _>(0)? == 0)
}

fn options(engine: Engine, patience: Duration, writing: Writing) -> AnyPoolOptions {
    if engine == Engine::Postgres {
        return postgres_pool(patience);
    }
    let options = AnyPoolOptions::new().acquire_timeout(patience);
    let settings = sqlite_settings(patience, writing);
    // A connection is a thread of this process: it need not be asked whether it is still there.
    options.test_before_acquire(false).min_connections(1).idle_timeout(None).max_lifetime(None).after_connect(
        move |connection, _| {
            let settings = settings.clone();
            Box::pin(async move { connection.execute(sqlx::AssertSqlSafe(settings)).await.map(|_| ()) })
        },
    )
}

/// What a connection of SQLite is told first.
pub(crate) fn sqlite_settings(patience: Duration, writing: Writing) -> String {
    let durable = format!(
        "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
        patience.as_millis()
    );
    match writing {
        Writing::SideBySide => durable,
        Writing::Together => {
            format!("{durable} PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = {MAX_LOG_PAGES};")
        }
    }
}
