//! How much the catalog holds.

use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use sqlx::Row;

use crate::{Store, StoreError};

/// How many of each kind are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogCounts {
    /// Products.
    pub products: u64,
    /// Variants of all products.
    pub variants: u64,
    /// Reviews, with those whose product is unknown.
    pub reviews: u64,
    /// Questions, with those whose product is unknown.
    pub questions: u64,
    /// Pages, guides and policies.
    pub documents: u64,
    /// Reviews and questions whose product is unknown; they are kept until it arrives.
    pub orphans: u64,
}

impl Store {
    /// How many of each kind are stored now.
    pub async fn counts(&self) -> Result<CatalogCounts, StoreError> {
        let mut snapshot = self.snapshot().await?;
        read(&mut snapshot).await
    }
}

/// The counts that this connection sees.
pub(crate) async fn read(connection: &mut AnyConnection) -> Result<CatalogCounts, StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM product), (SELECT COUNT(*) FROM variant), (SELECT COUNT(*) FROM review), \
         (SELECT COUNT(*) FROM question), (SELECT COUNT(*) FROM document), \
         (SELECT COUNT(*) FROM review WHERE product_key IS NULL) \
         + (SELECT COUNT(*) FROM question WHERE product_key IS NULL)",
    )
    .fetch_one(connection)
    .await?;
    let count = |place: usize| row.try_get::<i64, _>(place).map(i64::cast_unsigned);
    Ok(CatalogCounts {
        products: count(0)?,
        variants: count(1)?,
        reviews: count(2)?,
        questions: count(3)?,
        documents: count(4)?,
        orphans: count(5)?,
    })
}
