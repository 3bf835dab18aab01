//! What time ends: goods that were held for a cart, and orders that nobody paid.

use checkout::order::OrderCommand;
use checkout::placement::PlacementCommand;
use checkout::{Actor, CartId, Command, OrderId, Policy, Request};
use jiff::Timestamp;
use sqlx::Row;

use super::{Books, BooksError, names};
use crate::StoreError;

/// What was ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expired {
    /// Carts whose goods are free again.
    pub carts: u32,
    /// Orders that were called off.
    pub orders: u32,
}

impl Books {
    /// Ends up to so many carts' holds and so many orders that have run out. What has run out counts for nothing already;
    /// this clears it away.
    pub async fn expire(&self, policy: &Policy, now: Timestamp, limit: u32) -> Result<Expired, StoreError> {
        let mut expired = Expired::default();
        let carts =
            "SELECT id, held_until FROM books_cart WHERE held_until <= $1 ORDER BY held_until LIMIT $2";
        for (id, since) in self.run_out(carts, now, limit).await? {
            let Some(cart) = CartId::parse(&id) else { continue };
            let command = Command::Placement { cart, command: PlacementCommand::Release };
            expired.carts += u32::from(self.end(policy, now, ("release", &id, since), command).await?);
        }
        let orders = "SELECT id, unpaid_since FROM books_order WHERE unpaid_since <= $1 \
                      ORDER BY unpaid_since LIMIT $2";
        let Some(latest) = policy.stock.reserve_for.before(now) else { return Ok(expired) };
        for (id, since) in self.run_out(orders, latest, limit).await? {
            let Some(order) = OrderId::parse(&id) else { continue };
            let command = Command::Order { order, command: OrderCommand::Lapse };
            expired.orders += u32::from(self.end(policy, now, ("lapse", &id, since), command).await?);
        }
        Ok(expired)
    }

    async fn run_out(
        &self,
        sql: &'static str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let query = sqlx::query(sql).bind(names::micros(now)).bind(i64::from(limit));
        let rows = query.fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    /// Whether it was ended now. Somebody may have been faster, or have changed it meanwhile.
    async fn end(
        &self,
        policy: &Policy,
        at: Timestamp,
        (what, id, since): (&str, &str, i64),
        command: Command,
    ) -> Result<bool, StoreError> {
        let key = names::key(what, &format!("{id} {since}"));
        let request = Request { key, actor: Actor::System, at, command, confirmation: None };
        match self.carry_out(policy, &request).await {
            Ok(_) => Ok(true),
            Err(BooksError::Refused(_)) => Ok(false),
            Err(BooksError::Store(error)) => Err(error),
        }
    }
}
