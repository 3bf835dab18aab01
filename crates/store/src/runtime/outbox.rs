//! Effects that any node may act on, at least once.

use agent::{Body, Effect, Entry, Seq, SessionId};
use sqlx::Row;

use super::{Runtime, number};
use crate::StoreError;

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
        let rows = sqlx::query(
            "SELECT session_outbox.session, session_entry.line FROM session_outbox JOIN session_entry \
             ON session_entry.session = session_outbox.session AND session_entry.seq = session_outbox.seq \
             ORDER BY session_outbox.session, session_outbox.seq LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
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

    /// Takes an effect that was acted on out of the outbox.
    pub async fn acted_on(&self, session: &SessionId, seq: Seq) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session_outbox WHERE session = $1 AND seq = $2")
            .bind(session.to_string())
            .bind(number(seq.0))
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
