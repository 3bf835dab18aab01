//! Tries of guests to be known by the number of an order and what else they say. A try counts before it is looked at, so that many at
//! once are not more than are allowed.

use checkout::{GuestId, Key, OrderId};
use jiff::Timestamp;
use sqlx::Row;

use super::{Books, names};
use crate::StoreError;

/// One try.
#[derive(Clone, Copy, Debug)]
pub struct Guess<'a> {
    /// Who tries.
    pub guest: &'a GuestId,
    /// The order that it counts for; `None` where it counts for the guest alone.
    pub order: Option<&'a OrderId>,
    /// Whether all details of an order were said and not one of them. Both are counted apart.
    pub is_whole: bool,
}

/// How many tries there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guesses {
    /// Of this guest, on any order.
    pub by_guest: u32,
    /// Of anybody on this order, of the same sort.
    pub on_order: u32,
}

impl Books {
    /// Takes one try under the key of its call; how many there are with it since a time. Older ones are forgotten.
    pub async fn take_guess(
        &self,
        key: &Key,
        guess: Guess<'_>,
        (now, since): (Timestamp, Timestamp),
    ) -> Result<Guesses, StoreError> {
        sqlx::query("DELETE FROM books_guess WHERE at < $1")
            .bind(names::micros(since))
            .execute(&self.writer)
            .await?;
        let (guest, is_whole) = (guess.guest.to_string(), i64::from(guess.is_whole));
        let order = guess.order.map(ToString::to_string).unwrap_or_default();
        let sql = "INSERT INTO books_guess (id, order_id, guest, at, is_whole) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (id) DO NOTHING";
        sqlx::query(sql)
            .bind(key.to_string())
            .bind(order.clone())
            .bind(guest.clone())
            .bind(names::micros(now))
            .bind(is_whole)
            .execute(&self.writer)
            .await?;
        // Each try is committed before it is counted, so that of those that come at once the last to come sees all of them.
        let by_guest = sqlx::query("SELECT COUNT(*) FROM books_guess WHERE guest = $1").bind(guest);
        let by_guest = names::count(by_guest.fetch_one(&self.writer).await?.try_get(0)?);
        let sql = "SELECT COUNT(*) FROM books_guess WHERE order_id = $1 AND order_id <> '' AND is_whole = $2";
        let on_order = sqlx::query(sql).bind(order).bind(is_whole);
        let on_order = names::count(on_order.fetch_one(&self.writer).await?.try_get(0)?);
        Ok(Guesses { by_guest, on_order })
    }

    /// Takes a try back: it was right, or was not looked at.
    pub async fn forget_guess(&self, key: &Key) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM books_guess WHERE id = $1").bind(key.to_string());
        delete.execute(&self.writer).await?;
        Ok(())
    }
}
