//! Sessions that a node waits for while another holds them.

use std::collections::BTreeSet;

use agent::{NodeId, SessionId, Time};
use sqlx::Row;

use super::Runtime;
use crate::StoreError;

const WANT: &str = "INSERT INTO session_wanted (session, node, at) VALUES ($1, $2, $3) \
                    ON CONFLICT (session, node) DO UPDATE SET at = excluded.at";

impl Runtime {
    /// Notes that a node waits for a session. What nobody has waited for since a time is forgotten, for its node may be dead.
    pub async fn want(
        &self,
        session: &SessionId,
        node: &NodeId,
        (now, since): (Time, Time),
    ) -> Result<(), StoreError> {
        let old = sqlx::query("DELETE FROM session_wanted WHERE at < $1").bind(since.millis());
        old.execute(&mut *self.writer.acquire().await?).await?;
        let want = sqlx::query(WANT).bind(session.to_string()).bind(node.to_string()).bind(now.millis());
        want.execute(&mut *self.writer.acquire().await?).await?;
        Ok(())
    }

    /// Notes that a node has the session, or waits no longer.
    pub async fn want_no_more(&self, session: &SessionId, node: &NodeId) -> Result<(), StoreError> {
        let sql = "DELETE FROM session_wanted WHERE session = $1 AND node = $2";
        sqlx::query(sql)
            .bind(session.to_string())
            .bind(node.to_string())
            .execute(&mut *self.writer.acquire().await?)
            .await?;
        Ok(())
    }

    /// Sessions that other nodes than this one wait for, as far as they have said so since a time.
    pub async fn wanted(&self, node: &NodeId, since: Time) -> Result<BTreeSet<SessionId>, StoreError> {
        let sql = "SELECT DISTINCT session FROM session_wanted WHERE at >= $1 AND node <> $2";
        let rows = sqlx::query(sql).bind(since.millis()).bind(node.to_string());
        let rows = rows.fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(SessionId::new(row.try_get::<String, _>(0)?))).collect()
    }
}
