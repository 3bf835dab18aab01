//! A table that lives as long as the import and remembers every record that it has seen: how the record stood before,
//! and how it stands now. So an import of any size needs no memory for it.

use sqlx::AnyConnection;
use sqlx::{Executor, Row};

use super::ImportSummary;
use crate::doc::Fingerprint;
use crate::statement::Insert;
use crate::{Engine, StoreError};

const INSERT: Insert = Insert {
    into: "touched (id, kind, before, after)",
    columns: 4,
    conflict: "ON CONFLICT (id) DO UPDATE SET after = excluded.after",
};

/// What a touched record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Product = 0,
    Review = 1,
    Question = 2,
    Document = 3,
}

/// One record that the import has seen.
pub(super) struct Touch {
    pub(super) id: String,
    /// `None` for a record that was not there.
    pub(super) before: Option<Fingerprint>,
    pub(super) after: Fingerprint,
}

/// Makes the table, and the point that an import without changes goes back to.
pub(super) async fn create(engine: Engine, connection: &mut AnyConnection) -> Result<(), StoreError> {
    connection.execute("SAVEPOINT import").await?;
    let table = match engine {
        Engine::Sqlite => {
            "CREATE TEMP TABLE touched (id TEXT PRIMARY KEY, kind INTEGER NOT NULL, before BLOB, after BLOB NOT NULL) \
             WITHOUT ROWID"
        }
        Engine::Postgres => {
            "CREATE TEMP TABLE touched (id TEXT COLLATE \"C\" PRIMARY KEY, kind BIGINT NOT NULL, before BYTEA, \
             after BYTEA NOT NULL) ON COMMIT DROP"
        }
    };
    connection.execute(table).await?;
    if engine == Engine::Postgres {
        // Plans are kept from the time when the tables were empty; those that read whole tables grow with the import.
        for way in ["seqscan", "hashjoin", "mergejoin"] {
            connection.execute(sqlx::AssertSqlSafe(format!("SET LOCAL enable_{way} = off"))).await?;
        }
    }
    Ok(())
}

/// Lets the engine plan for what is now in the tables.
pub(super) async fn prepare_reading(
    engine: Engine,
    connection: &mut AnyConnection,
) -> Result<(), StoreError> {
    if engine == Engine::Postgres {
        for way in ["seqscan", "hashjoin", "mergejoin"] {
            connection.execute(sqlx::AssertSqlSafe(format!("SET LOCAL enable_{way} = on"))).await?;
        }
        connection
            .execute(
                "ANALYZE touched, product, product_name, product_reference, review, question, document, \
                 document_product",
            )
            .await?;
    }
    Ok(())
}

/// Notes that records were seen.
pub(super) async fn insert(
    engine: Engine,
    connection: &mut AnyConnection,
    kind: Kind,
    touches: Vec<Touch>,
) -> Result<(), StoreError> {
    INSERT
        .run(engine, connection, touches, |statement, touch| {
            statement
                .bind(touch.id)
                .bind(kind as i64)
                .bind(touch.before.map(Vec::from))
                .bind(Vec::from(touch.after))
        })
        .await?;
    Ok(())
}

/// Counts what was added, changed, and left alone.
pub(super) async fn count(
    connection: &mut AnyConnection,
    summary: &mut ImportSummary,
) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT kind, CAST(SUM(CASE WHEN before IS NULL THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN before <> after THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN before = after THEN 1 ELSE 0 END) AS BIGINT) FROM touched GROUP BY kind",
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        let counts = match row.try_get::<i64, _>(0)? {
            0 => &mut summary.products,
            1 => &mut summary.reviews,
            2 => &mut summary.questions,
            _ => &mut summary.documents,
        };
        counts.added = row.try_get::<i64, _>(1)?.cast_unsigned();
        counts.changed = row.try_get::<i64, _>(2)?.cast_unsigned();
        counts.unchanged = row.try_get::<i64, _>(3)?.cast_unsigned();
    }
    Ok(())
}

/// Removes the table.
pub(super) async fn drop(connection: &mut AnyConnection) -> Result<(), StoreError> {
    connection.execute("DROP TABLE touched").await?;
    Ok(())
}
