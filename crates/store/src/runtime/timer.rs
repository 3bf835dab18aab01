//! Sessions whose time has come.

use agent::{SessionId, Time};
use sqlx::Row;

use super::Runtime;
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
        rows.iter().map(|row| Ok(SessionId::new(row.try_get::<String, _>(0)?))).collect()
    }
}
