//! What changed since a generation, for everything that is derived from the catalog.

use commerce::ProductId;
use sqlx::AnyConnection;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::{Store, StoreError};

/// What to bring up to date after a generation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The generation that this leads to.
    pub generation: i64,
    /// Products that are new, or whose listing changed, by id.
    pub products: Vec<ProductId>,
    /// Products that are gone, by id.
    pub removed: Vec<ProductId>,
    /// Whether any document changed, came or went.
    pub has_document_changes: bool,
    /// Whether it is no longer known what was removed since then, so that everything has to be made anew.
    pub is_forgotten: bool,
}

/// How many generations of removals are kept for what is brought up to date more rarely.
const KEPT_GENERATIONS: i64 = 16;

impl Store {
    /// A number that rises with every import that changed something; 0 for an empty store.
    pub async fn generation(&self) -> Result<i64, StoreError> {
        let mut connection = self.pools.readers.acquire().await?;
        read_state(&mut connection, "generation").await
    }

    /// What changed after this generation. More may be named than has changed, never less.
    pub async fn changes_since(&self, generation: i64) -> Result<Changes, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let now = read_state(&mut snapshot, "generation").await?;
        if now <= generation {
            return Ok(Changes { generation: now, ..Changes::default() });
        }
        let products = sqlx::query("SELECT id FROM product WHERE generation > $1 ORDER BY id")
            .bind(generation)
            .fetch_all(&mut *snapshot)
            .await?;
        let removed = sqlx::query(
            "SELECT DISTINCT product_id FROM removal WHERE generation > $1 \
             AND NOT EXISTS (SELECT 1 FROM product WHERE product.id = removal.product_id) ORDER BY product_id",
        )
        .bind(generation)
        .fetch_all(&mut *snapshot)
        .await?;
        Ok(Changes {
            generation: now,
            products: product_ids(&products)?,
            removed: product_ids(&removed)?,
            has_document_changes: read_state(&mut snapshot, "documents_generation").await? > generation,
            is_forgotten: generation < read_state(&mut snapshot, "forgotten_generation").await?,
        })
    }

    /// Forgets what was removed long before this generation, up to which something derived has been brought.
    pub async fn forget_removals(&self, generation: i64) -> Result<(), StoreError> {
        let last = generation - KEPT_GENERATIONS;
        let mut transaction = self.pools.importers.begin_with(self.engine.begin_import()).await?;
        self.engine.lock_imports(&mut transaction, self.options.patience).await?;
        if last <= read_state(&mut transaction, "forgotten_generation").await? {
            return Ok(());
        }
        sqlx::query("DELETE FROM removal WHERE generation <= $1")
            .bind(last)
            .execute(&mut *transaction)
            .await?;
        write_state(&mut transaction, "forgotten_generation", last).await?;
        Ok(transaction.commit().await?)
    }
}

/// The ids in the first column.
pub(crate) fn product_ids(rows: &[AnyRow]) -> Result<Vec<ProductId>, StoreError> {
    rows.iter().map(|row| product_id(row.try_get(0)?)).collect()
}

/// A stored product id.
pub(crate) fn product_id(text: String) -> Result<ProductId, StoreError> {
    ProductId::parse(&text).ok_or_else(|| StoreError::corrupt("product id", text))
}

/// One number of the catalog's state.
pub(crate) async fn read_state(connection: &mut AnyConnection, name: &str) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT value FROM state WHERE name = $1")
        .bind(name.to_owned())
        .fetch_optional(connection)
        .await?
        .ok_or_else(|| StoreError::corrupt("state", name))?;
    Ok(row.try_get(0)?)
}

/// Sets one number of the catalog's state.
pub(crate) async fn write_state(
    connection: &mut AnyConnection,
    name: &str,
    value: i64,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE state SET value = $1 WHERE name = $2")
        .bind(value)
        .bind(name.to_owned())
        .execute(connection)
        .await?;
    Ok(())
}
