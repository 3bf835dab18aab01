//! Effects that any node may act on, at least once.

use agent::{Body, Effect, Entry, NodeId, Seq, SessionId, Time};
use sqlx::any::AnyRow;
use sqlx::{Connection, Row};

use super::{Runtime, number};
use crate::StoreError;

const WAITING: &str = "SELECT session_outbox.session, session_entry.line FROM session_outbox JOIN session_entry \
                       ON session_entry.session = session_outbox.session AND session_entry.seq = session_outbox.seq";
const ORDER: &str = "ORDER BY session_outbox.session, session_outbox.seq";

/// An effect that nobody has acted on yet, as far as the store knows.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxEffect {
    /// Of which session.
    pub session: SessionId,
    /// At which place of its journal.
    pub seq: Seq,
    /// What.
    pub effect: Effect,
}

impl Runtime {
    /// Effects that wait, in the order of their sessions, at most so many.
    pub async fn outbox(&self, limit: u32) -> Result<Vec<OutboxEffect>, StoreError> {
        let sql = format!("{WAITING} {ORDER} LIMIT $1");
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(i64::from(limit));
        read(&query.fetch_all(&self.readers).await?)
    }

    /// The same without those of sessions that another node holds: it sees to them itself.
    pub async fn outbox_for(
        &self,
        node: &NodeId,
        now: Time,
        limit: u32,
    ) -> Result<Vec<OutboxEffect>, StoreError> {
        let sql = format!(
            "{WAITING} JOIN session ON session.id = session_outbox.session \
             WHERE session.holder = $1 OR session.lease_until <= $2 {ORDER} LIMIT $3"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql));
        let query = query.bind(node.to_string()).bind(now.millis()).bind(i64::from(limit));
        read(&query.fetch_all(&self.readers).await?)
    }

    /// Takes effects that were acted on out of the outbox.
    pub async fn acted_on(&self, done: &[(SessionId, Seq)]) -> Result<(), StoreError> {
        let mut writer = self.writer.acquire().await?;
        let mut transaction = writer.begin_with(self.engine.begin_import()).await?;
        for (session, seq) in done {
            sqlx::query("DELETE FROM session_outbox WHERE session = $1 AND seq = $2")
                .bind(session.to_string())
                .bind(number(seq.0))
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }
}

fn read(rows: &[AnyRow]) -> Result<Vec<OutboxEffect>, StoreError> {
    let mut effects = Vec::with_capacity(rows.len());
    for row in rows {
        let (session, line): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let entry = Entry::parse(&line).map_err(|error| StoreError::corrupt("session journal", error))?;
        if let Body::Effect(effect) = entry.body {
            effects.push(OutboxEffect { session: SessionId::new(session), seq: entry.seq, effect });
        }
    }
    Ok(effects)
}
