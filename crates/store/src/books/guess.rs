//! Tries of guests to be known by the number of an order and what else they say. A try counts before it is looked at, so that many at
//! once are not more than are allowed.

use checkout::{GuestId, Key, OrderId};
use jiff::Timestamp;
use sqlx::Row;

use super::{Books, names};
use crate::StoreError;

impl Books {
    /// Takes one try under the key of its call; how many there are with it since a time, by anybody on this order or by this guest on
    /// any, whichever are more. Older ones are forgotten.
    pub async fn take_guess(
        &self,
        key: &Key,
        (order, guest): (&OrderId, &GuestId),
        (now, since): (Timestamp, Timestamp),
    ) -> Result<u32, StoreError> {
        sqlx::query("DELETE FROM books_guess WHERE at < $1")
            .bind(names::micros(since))
            .execute(&self.writer)
            .await?;
        let sql = "INSERT INTO books_guess (id, order_id, guest, at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (id) DO NOTHING";
        sqlx::query(sql)
            .bind(key.to_string())
            .bind(order.to_string())
            .bind(guest.to_string())
            .bind(names::micros(now))
            .execute(&self.writer)
            .await?;
        // Each try is committed before it is counted, so that of those that come at once the last to come sees all of them.
        let mut most = 0;
        for (column, name) in [("order_id", order.to_string()), ("guest", guest.to_string())] {
            let sql = format!("SELECT COUNT(*) FROM books_guess WHERE {column} = $1");
            let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(name).fetch_one(&self.writer).await?;
            most = most.max(names::count(row.try_get(0)?));
        }
        Ok(most)
    }

    /// Takes a try back: it was right, or was not looked at.
    pub async fn forget_guess(&self, key: &Key) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM books_guess WHERE id = $1").bind(key.to_string());
        delete.execute(&self.writer).await?;
        Ok(())
    }
}
