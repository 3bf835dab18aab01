//! What payment providers are to be asked: written with the decision, taken by whoever asks, gone with the answer.

use std::collections::BTreeSet;

use checkout::payment::{ProviderCommand, outstanding_of};
use checkout::{OrderId, State};
use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use super::{Books, names};
use crate::StoreError;

const QUEUE: &str = "INSERT INTO books_payment (key, order_id, command, due, attempts) VALUES ($1, $2, $3, 0, 0) \
                     ON CONFLICT (key) DO UPDATE SET command = excluded.command";
const TAKE: &str = "UPDATE books_payment SET due = $1, attempts = attempts + 1 WHERE key IN \
                    (SELECT key FROM books_payment WHERE due <= $2 ORDER BY due, key LIMIT $3) \
                    AND due <= $2 RETURNING command, attempts";

/// Something to ask a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentTask {
    /// What.
    pub command: ProviderCommand,
    /// The how many-th time it is, from 1.
    pub attempt: u32,
}

impl Books {
    /// Takes up to so many tasks that are due; unless an answer is recorded, they are due again at `again`. Two workers do
    /// not get the same task at the same time, and where one dies, another gets its tasks later.
    pub async fn take_payments(
        &self,
        now: Timestamp,
        again: Timestamp,
        limit: u32,
    ) -> Result<Vec<PaymentTask>, StoreError> {
        let rows = sqlx::query(TAKE)
            .bind(names::micros(again))
            .bind(names::micros(now))
            .bind(i64::from(limit))
            .fetch_all(&self.writer)
            .await?;
        let task = |row: &sqlx::any::AnyRow| {
            let (command, attempts): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
            let command =
                serde_json::from_str(&command).map_err(|error| StoreError::corrupt("a payment", error))?;
            Ok(PaymentTask { command, attempt: names::count(attempts) })
        };
        rows.iter().map(task).collect()
    }
}

/// Brings the tasks of these orders up to date.
pub(super) async fn queue(
    connection: &mut AnyConnection,
    state: &State,
    orders: &BTreeSet<OrderId>,
) -> Result<(), StoreError> {
    for order in orders.iter().filter_map(|id| state.orders.get(id)) {
        let tasks = outstanding_of(order);
        let known = sqlx::query("SELECT key FROM books_payment WHERE order_id = $1")
            .bind(order.id.to_string())
            .fetch_all(&mut *connection)
            .await?;
        for row in known {
            let key: String = row.try_get(0)?;
            if !tasks.iter().any(|task| task.key == key) {
                sqlx::query("DELETE FROM books_payment WHERE key = $1")
                    .bind(key)
                    .execute(&mut *connection)
                    .await?;
            }
        }
        for task in tasks {
            let command = super::ledger::text(&task)?;
            let insert = sqlx::query(QUEUE).bind(task.key).bind(order.id.to_string()).bind(command);
            insert.execute(&mut *connection).await?;
        }
    }
    Ok(())
}
