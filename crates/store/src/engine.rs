//! The two database engines and where they differ.

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, AnyPool, Connection, Executor, Row};
use url::Url;

use crate::StoreError;

/// How many connections read at the same time.
const MAX_READERS: u32 = 8;
/// What the importing connection of SQLite keeps in memory, in KiB; the rest waits in the write-ahead log.
const IMPORT_CACHE_KIB: u32 = 96 * 1024;
/// What every other connection of SQLite keeps in memory, in KiB.
const READER_CACHE_KIB: u32 = 8 * 1024;
/// After which time without an import its connection is closed, and its cache with it.
const IMPORTER_RESTS: Duration = Duration::from_secs(20);
/// What is left of SQLite's write-ahead log after an import, in bytes.
const WAL_BYTES: u32 = 64 * 1024 * 1024;

/// Which database holds the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file, in write-ahead mode: readers go on while an import runs.
    Sqlite,
    /// A server.
    Postgres,
}

/// The connections of a store.
#[derive(Clone, Debug)]
pub(crate) struct Pools {
    /// Those that read, and write the caches.
    pub(crate) readers: AnyPool,
    /// The one that imports. SQLite has a single writer anyway, so a pool of one makes others wait their turn.
    pub(crate) importers: AnyPool,
}

impl Engine {
    /// The engine of a URL, by its scheme.
    pub(crate) fn of(url: &str) -> Result<Self, StoreError> {
        match url.split(':').next() {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(StoreError::BadUrl {
                location: location(url),
                hint: "it starts with sqlite: or postgres://",
            }),
        }
    }

    /// The name that people know it by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// Connects, waiting no longer than this for a turn.
    pub(crate) async fn connect(self, url: &str, patience: Duration) -> Result<Pools, StoreError> {
        sqlx::any::install_default_drivers();
        let failed = |error| StoreError::connecting(&location(url), error);
        if !is_memory(url) {
            // A pool tries again until its patience ends; a single connection says at once what is wrong.
            let mut probe = AnyConnection::connect(url).await.map_err(failed)?;
            sqlx::query(self.probe()).fetch_optional(&mut probe).await.map_err(failed)?;
            probe.close().await.map_err(failed)?;
        }
        match self {
            Self::Postgres => {
                let pool = postgres_pool(patience).max_connections(MAX_READERS);
                let readers = pool.connect(url).await.map_err(failed)?;
                Ok(Pools { importers: readers.clone(), readers })
            }
            Self::Sqlite if is_memory(url) => {
                // A database in memory lives in its connection, so there is one, and it is never closed.
                let pool = sqlite_pool(patience, READER_CACHE_KIB)
                    .max_connections(1)
                    .min_connections(1)
                    .idle_timeout(None)
                    .max_lifetime(None);
                let readers = pool.connect(url).await.map_err(failed)?;
                Ok(Pools { importers: readers.clone(), readers })
            }
            Self::Sqlite => {
                let importers =
                    sqlite_pool(patience, IMPORT_CACHE_KIB).max_connections(1).idle_timeout(IMPORTER_RESTS);
                let readers = sqlite_pool(patience, READER_CACHE_KIB).max_connections(MAX_READERS);
                Ok(Pools {
                    importers: importers.connect(url).await.map_err(failed)?,
                    readers: readers.connect(url).await.map_err(failed)?,
                })
            }
        }
    }

    /// A question that only a working database answers.
    fn probe(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT name FROM sqlite_master LIMIT 1",
            Self::Postgres => "SELECT 1",
        }
    }

    /// The statement that begins an import.
    pub(crate) fn begin_import(self) -> &'static str {
        match self {
            // The write lock is taken at once, so that an import that must wait waits before it has done any work.
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// The statement that begins reading one state.
    pub(crate) fn begin_snapshot(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Waits until no other import runs. SQLite has waited in [`Engine::begin_import`].
    pub(crate) async fn lock_imports(
        self,
        connection: &mut AnyConnection,
        patience: Duration,
    ) -> sqlx::Result<()> {
        if self == Self::Postgres {
            let wait = format!("SET LOCAL lock_timeout = {}", patience.as_millis().max(1));
            connection.execute(sqlx::AssertSqlSafe(wait)).await?;
            connection.execute("SELECT pg_advisory_xact_lock(7310793)").await?;
            connection.execute("SET LOCAL lock_timeout = 0").await?;
        }
        Ok(())
    }

    /// Writes the place of one parameter. SQLite searches its list of names for every numbered one, which costs more
    /// than the insert itself when there are hundreds.
    pub(crate) fn push_parameter(self, sql: &mut String, number: usize) {
        match self {
            Self::Sqlite => sql.push('?'),
            Self::Postgres => {
                sql.push('$');
                sql.push_str(&number.to_string());
            }
        }
    }
}

/// A URL as it may be shown: without password.
pub(crate) fn location(url: &str) -> String {
    match Url::parse(url) {
        Ok(mut url) => {
            if url.password().is_some() && url.set_password(Some("…")).is_err() {
                return format!("{}:", url.scheme());
            }
            if url.scheme() != "sqlite" {
                url.set_query(None);
            }
            url.to_string().replace("%E2%80%A6", "…")
        }
        Err(_) => "the given URL".to_owned(),
    }
}

pub(crate) fn is_memory(url: &str) -> bool {
    url.contains(":memory:") || url.contains("mode=memory")
}

/// Whether no transaction is open: the first statement of one begins with it. It has to be sent as it stands, since statements that are
/// prepared begin anew when they are run.
const IS_IDLE: &str = "SELECT now() = statement_timestamp()";

/// Connections to a server. One whose `BEGIN` nobody waited for is closed: sqlx does not know that a transaction is open there, and
/// what is written next would be in it and never be committed.
pub(crate) fn postgres_pool(patience: Duration) -> AnyPoolOptions {
    AnyPoolOptions::new().acquire_timeout(patience).after_release(|connection, _| {
        Box::pin(async move { connection.fetch_one(sqlx::raw_sql(IS_IDLE)).await?.try_get::<bool, _>(0) })
    })
}

fn sqlite_pool(patience: Duration, cache_kib: u32) -> AnyPoolOptions {
    let settings = format!(
        "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; \
         PRAGMA journal_size_limit = {WAL_BYTES}; PRAGMA cache_size = -{cache_kib}; \
         PRAGMA temp.cache_size = -{READER_CACHE_KIB};",
        patience.as_millis()
    );
    AnyPoolOptions::new().acquire_timeout(patience).after_connect(move |connection, _| {
        let settings = settings.clone();
        Box::pin(async move { connection.execute(sqlx::AssertSqlSafe(settings)).await.map(|_| ()) })
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::postgres_pool;

    #[tokio::test]
    async fn a_connection_is_kept_unless_a_transaction_is_open() -> anyhow::Result<()> {
        sqlx::any::install_default_drivers();
        let url = testkit::Postgres::shared()?.create_database().await?;
        let pool = postgres_pool(Duration::from_secs(10)).max_connections(1).connect(&url).await?;
        let server = || async {
            let mut connection = pool.acquire().await?;
            sqlx::query_scalar::<_, i32>("SELECT pg_backend_pid()").fetch_one(&mut *connection).await
        };
        let first = server().await?;
        let transaction = pool.begin().await?;
        drop(transaction);
        assert_eq!(server().await?, first, "an end that sqlx knows of is kept");
        sqlx::query("BEGIN").execute(&mut *pool.acquire().await?).await?;
        assert_ne!(server().await?, first, "what is open is closed");
        Ok(())
    }
}
