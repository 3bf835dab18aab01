//! Reviews that a feed takes back. They are kept in a table that lives as long as the import, like those that it has seen,
//! so that a feed of any length needs no memory for them.

use sqlx::{AnyConnection, Executor, Row};

use super::Import;
use crate::statement::Insert;
use crate::{Engine, StoreError};

const INSERT: Insert = Insert { into: "withdrawn (id)", columns: 1, conflict: "ON CONFLICT (id) DO NOTHING" };

/// The condition that a review is taken back.
const IS_WITHDRAWN: &str = "id IN (SELECT id FROM withdrawn)";

/// Makes the table.
pub(super) async fn create(engine: Engine, connection: &mut AnyConnection) -> Result<(), StoreError> {
    let table = match engine {
        Engine::Sqlite => "CREATE TEMP TABLE withdrawn (id TEXT PRIMARY KEY) WITHOUT ROWID",
        Engine::Postgres => "CREATE TEMP TABLE withdrawn (id TEXT COLLATE \"C\" PRIMARY KEY) ON COMMIT DROP",
    };
    connection.execute(table).await?;
    Ok(())
}

/// Removes the table.
pub(super) async fn drop(connection: &mut AnyConnection) -> Result<(), StoreError> {
    connection.execute("DROP TABLE withdrawn").await?;
    Ok(())
}

impl Import {
    /// Writes down the ids that wait.
    pub(super) async fn write_withdrawn(&mut self) -> Result<(), StoreError> {
        let ids = std::mem::take(&mut self.withdrawn);
        INSERT.run(self.engine, &mut self.transaction, ids, |statement, id| statement.bind(id)).await?;
        Ok(())
    }

    /// Removes what is taken back, and says how many reviews of the catalog before the import that were. What came and went
    /// within the import was never there.
    pub(super) async fn remove_withdrawn(&mut self) -> Result<u64, StoreError> {
        self.write_withdrawn().await?;
        let is_new = "SELECT 1 FROM touched WHERE touched.id = review.id AND touched.before IS NULL";
        let count = format!("SELECT COUNT(*) FROM review WHERE {IS_WITHDRAWN} AND NOT EXISTS ({is_new})");
        let row = sqlx::query(sqlx::AssertSqlSafe(count)).fetch_one(&mut *self.transaction).await?;
        self.remove_entries("review", IS_WITHDRAWN).await?;
        self.delete(&format!("touched WHERE {IS_WITHDRAWN}")).await?;
        Ok(row.try_get::<i64, _>(0)?.cast_unsigned())
    }
}
