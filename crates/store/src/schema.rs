//! The schema steps, embedded, one folder for each engine.

use sqlx::AnyPool;
use sqlx::migrate::Migrator;

use crate::{Engine, StoreError};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Brings the database to this program's schema.
pub(crate) async fn migrate(engine: Engine, pool: &AnyPool, location: &str) -> Result<(), StoreError> {
    let steps = match engine {
        Engine::Sqlite => &SQLITE,
        Engine::Postgres => &POSTGRES,
    };
    let known = steps.iter().map(|step| step.version).max().unwrap_or(0);
    steps.run(pool).await.map_err(|error| StoreError::migrating(location, known, error))
}
