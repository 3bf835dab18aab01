//! The schema steps, embedded, one folder for each engine.

use std::time::Duration;

use sqlx::AnyPool;
use sqlx::migrate::{MigrateError, Migrator};

use crate::{Engine, StoreError};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// A step that another process is at fails here; this long it is waited for before it is tried again,
const PATIENCE: Duration = Duration::from_millis(50);
/// and so often while the other one gets no further.
const MOST_WAITS: u32 = 20;
/// The same for what has taken no step yet, and may be no database at all.
const MOST_WAITS_OF_NEW: u32 = 5;

/// Brings the database to this program's schema. Several processes may do so at once: PostgreSQL has a lock for it; with SQLite, where
/// each step is a transaction of its own, whoever comes second to a step finds it done on the next try.
///
/// # Errors
///
/// Where a step fails and nobody else takes it, or the database is of a newer program.
pub(crate) async fn migrate(engine: Engine, pool: &AnyPool, location: &str) -> Result<(), StoreError> {
    let steps = match engine {
        Engine::Sqlite => &SQLITE,
        Engine::Postgres => &POSTGRES,
    };
    let known = steps.iter().map(|step| step.version).max().unwrap_or(0);
    let (mut done, mut waits) = (taken(pool).await, 0);
    loop {
        let Err(error) = steps.run(pool).await else { return Ok(()) };
        let is_of_step = matches!(error, MigrateError::Execute(_) | MigrateError::ExecuteMigration(..));
        let now = taken(pool).await;
        waits = if now > done { 0 } else { waits + 1 };
        done = now;
        let most = if done == 0 { MOST_WAITS_OF_NEW } else { MOST_WAITS };
        if engine == Engine::Postgres || !is_of_step || waits > most {
            return Err(StoreError::migrating(location, known, error));
        }
        tokio::time::sleep(PATIENCE).await;
    }
}

/// How many steps the database has taken; 0 where that cannot be read.
async fn taken(pool: &AnyPool) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM _sqlx_migrations").fetch_one(pool).await.unwrap_or(0)
}
