//! Who may write to a session.

use agent::{Epoch, Lease, NodeId, SessionId, Time};
use sqlx::Row;

use super::{Runtime, number, restored};
use crate::StoreError;

/// A new session begins with the first epoch; a lease that has run out goes over with the next.
const ACQUIRE: &str = "INSERT INTO session (id, last_seq, epoch, holder, lease_until) VALUES ($1, 0, 1, $2, $3) \
                       ON CONFLICT (id) DO UPDATE SET epoch = session.epoch + 1, holder = excluded.holder, \
                       lease_until = excluded.lease_until WHERE session.lease_until <= $4 RETURNING epoch";
const RENEW: &str = "UPDATE session SET lease_until = $1 WHERE id = $2 AND epoch = $3";

impl Runtime {
    /// Takes a session for this node; `None` while another holds it.
    pub async fn acquire(
        &self,
        session: &SessionId,
        node: &NodeId,
        now: Time,
        until: Time,
    ) -> Result<Option<Lease>, StoreError> {
        let row = sqlx::query(ACQUIRE)
            .bind(session.to_string())
            .bind(node.to_string())
            .bind(until.millis())
            .bind(now.millis())
            .fetch_optional(&self.writer)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let epoch = Epoch(restored(row.try_get(0)?));
        Ok(Some(Lease { session: session.clone(), node: node.clone(), epoch, until }))
    }

    /// Keeps a session longer; whether this node still held it.
    pub async fn renew(&self, lease: &mut Lease, until: Time) -> Result<bool, StoreError> {
        let is_held = self.set_until(lease, until).await?;
        if is_held {
            lease.until = until;
        }
        Ok(is_held)
    }

    /// Gives a session back, so that the next node need not wait.
    pub async fn release(&self, lease: Lease) -> Result<(), StoreError> {
        self.set_until(&lease, Time::from_millis(i64::MIN)).await.map(|_| ())
    }

    async fn set_until(&self, lease: &Lease, until: Time) -> Result<bool, StoreError> {
        let result = sqlx::query(RENEW)
            .bind(until.millis())
            .bind(lease.session.to_string())
            .bind(number(lease.epoch.0))
            .execute(&self.writer)
            .await?;
        Ok(result.rows_affected() == 1)
    }
}
