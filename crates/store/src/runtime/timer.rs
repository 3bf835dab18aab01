//! Sessions whose time has come.

use agent::{NodeId, SessionId, Time};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Runtime;
use super::lease::RELEASED;
use crate::StoreError;

impl Runtime {
    /// Sessions whose timer has gone off, the longest overdue first, at most so many. They stay until a batch sets their
    /// timer to something else.
    pub async fn due(&self, now: Time, limit: u32) -> Result<Vec<SessionId>, StoreError> {
        let rows = sqlx::query("SELECT id FROM session WHERE due <= $1 ORDER BY due, id LIMIT $2")
            .bind(now.millis())
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(name).collect()
    }

    /// Sessions that need a node: those whose timer has gone off and that nobody else holds, and those whose node has
    /// died, with something under way. At most so many of each.
    pub async fn waiting_for(
        &self,
        node: &NodeId,
        now: Time,
        limit: u32,
    ) -> Result<Vec<SessionId>, StoreError> {
        let due = sqlx::query(
            "SELECT id FROM session WHERE due <= $1 AND (lease_until <= $1 OR holder = $2) ORDER BY due, id LIMIT $3",
        );
        let due = due.bind(now.millis()).bind(node.to_string()).bind(i64::from(limit));
        let mut rows = due.fetch_all(&self.readers).await?;
        let left = sqlx::query(
            "SELECT id FROM session WHERE due > $1 AND lease_until <= $1 AND lease_until > $2 LIMIT $3",
        );
        let left = left.bind(now.millis()).bind(RELEASED).bind(i64::from(limit));
        rows.extend(left.fetch_all(&self.readers).await?);
        rows.iter().map(name).collect()
    }
}

fn name(row: &AnyRow) -> Result<SessionId, StoreError> {
    Ok(SessionId::new(row.try_get::<String, _>(0)?))
}
