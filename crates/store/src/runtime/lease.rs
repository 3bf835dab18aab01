//! Who may write to a session.

use std::collections::BTreeSet;

use agent::{Epoch, Lease, NodeId, SessionId, Time};
use sqlx::Row;

use super::{Runtime, number, restored};
use crate::statement::{MAX_IDS, Statement, among_after};
use crate::{Engine, StoreError};

/// A new session begins with the first epoch; a lease that has run out goes over with the next. A node may always take anew
/// what it holds itself: it could not give it back, and would wait for itself for ever.
const ACQUIRE: &str = "INSERT INTO session (id, last_seq, epoch, holder, lease_until) VALUES ($1, 0, 1, $2, $3) \
                       ON CONFLICT (id) DO UPDATE SET epoch = session.epoch + 1, holder = excluded.holder, \
                       lease_until = excluded.lease_until WHERE session.lease_until <= $4 \
                       OR session.holder = excluded.holder RETURNING epoch";
const RENEW: &str = "UPDATE session SET lease_until = $1 WHERE id = $2 AND epoch = $3";

/// What stands in the place of a lease that was given back.
pub(super) const RELEASED: i64 = i64::MIN;

impl Runtime {
    /// Takes a session for this node, under a new epoch; `None` while another holds it.
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
            .fetch_optional(&mut *self.writer.acquire().await?)
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

    /// Keeps all of these sessions longer, many in one statement so that no commit waits long for it, and returns those that
    /// this node still holds.
    pub async fn renew_all(
        &self,
        node: &NodeId,
        sessions: &[SessionId],
        until: Time,
    ) -> Result<BTreeSet<SessionId>, StoreError> {
        let mut ids: Vec<String> = sessions.iter().map(ToString::to_string).collect();
        // The same sessions make the same statement.
        ids.sort();
        let sql = renew_held(self.engine);
        let mut held = BTreeSet::new();
        for ids in ids.chunks(MAX_IDS) {
            let bound = |statement: Statement| statement.bind(until.millis()).bind(node.to_string());
            let renew = among_after(self.engine, (&sql, "RETURNING id"), 2, ids, bound);
            for row in renew.fetch_all(&mut *self.writer.acquire().await?).await? {
                held.insert(SessionId::new(row.try_get::<String, _>(0)?));
            }
        }
        Ok(held)
    }

    /// Gives a session back, so that the next node need not wait.
    pub async fn release(&self, lease: Lease) -> Result<(), StoreError> {
        self.set_until(&lease, Time::from_millis(RELEASED)).await.map(|_| ())
    }

    async fn set_until(&self, lease: &Lease, until: Time) -> Result<bool, StoreError> {
        let result = sqlx::query(RENEW)
            .bind(until.millis())
            .bind(lease.session.to_string())
            .bind(number(lease.epoch.0))
            .execute(&mut *self.writer.acquire().await?)
            .await?;
        Ok(result.rows_affected() == 1)
    }
}

/// A node's name is new with each process, so it says as much as the epoch does. A lease that was given back stays so.
fn renew_held(engine: Engine) -> String {
    let mut sql = "UPDATE session SET lease_until = ".to_owned();
    engine.push_parameter(&mut sql, 1);
    sql.push_str(" WHERE holder = ");
    engine.push_parameter(&mut sql, 2);
    sql.push_str(" AND lease_until > 0 AND id");
    sql
}
