//! What belongs to somebody.

use checkout::{Order, OrderId, Owner};

use super::load::{doc, with_ids};
use super::{Books, names};
use crate::StoreError;

/// Orders that are read of one owner, at most.
const MAX_ORDERS: i64 = 100;

impl Books {
    /// The orders of an owner, newest first, at most a hundred. Whoever asks has made sure who they are.
    pub async fn orders_of(&self, owner: &Owner) -> Result<Vec<Order>, StoreError> {
        let sql = "SELECT id, doc FROM books_order WHERE owner = $1 ORDER BY placed_at DESC NULLS LAST, id LIMIT $2";
        let rows =
            sqlx::query(sql).bind(names::owner(owner)).bind(MAX_ORDERS).fetch_all(&self.readers).await?;
        let rows = rows.iter().map(doc).collect::<Result<Vec<_>, _>>()?;
        Ok(with_ids(rows, OrderId::parse)?.into_iter().map(|(_, order)| order).collect())
    }
}
