//! Calls of which nobody could say what became of them, so that they are found without reading every journal.

use agent::{Body, Effect, Entry, Fate, Key, SessionId, Time};
use sqlx::{AnyConnection, Row};

use super::{Runtime, number, restored};
use crate::StoreError;

/// One call that a person has to look into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverRow {
    /// In which session.
    pub session: SessionId,
    /// Which call.
    pub key: Key,
    /// Since when.
    pub since: Time,
}

impl Runtime {
    /// Calls that a person has to look into, the oldest first, at most so many.
    pub async fn handovers(&self, limit: u32) -> Result<Vec<HandoverRow>, StoreError> {
        let sql = "SELECT session, seq, at FROM session_handover ORDER BY at, session, seq LIMIT $1";
        let rows = sqlx::query(sql).bind(i64::from(limit)).fetch_all(&self.readers).await?;
        let read = |row: &sqlx::any::AnyRow| {
            let (session, key): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
            let since = Time::from_millis(row.try_get(2)?);
            Ok(HandoverRow { session: SessionId::new(session), key: Key(restored(key)), since })
        };
        rows.iter().map(read).collect()
    }
}

/// Whether [`note`] has something to do about it.
pub(super) fn concerns(effect: &Effect) -> bool {
    matches!(effect, Effect::HandOver(_)) || ended(effect).is_some()
}

/// Notes what these entries say of calls that a person has to look into.
pub(super) async fn note(
    connection: &mut AnyConnection,
    session: &str,
    entries: &[Entry],
) -> Result<(), StoreError> {
    for entry in entries {
        match &entry.body {
            Body::Effect(Effect::HandOver(handed)) => {
                sqlx::query(
                    "INSERT INTO session_handover (session, seq, at) VALUES ($1, $2, $3) \
                     ON CONFLICT (session, seq) DO NOTHING",
                )
                .bind(session.to_owned())
                .bind(number(handed.key.0))
                .bind(entry.at.millis())
                .execute(&mut *connection)
                .await?;
            }
            Body::Effect(effect) => {
                if let Some(key) = ended(effect) {
                    sqlx::query("DELETE FROM session_handover WHERE session = $1 AND seq = $2")
                        .bind(session.to_owned())
                        .bind(number(key.0))
                        .execute(&mut *connection)
                        .await?;
                }
            }
            Body::Event(_) => {}
        }
    }
    Ok(())
}

/// The call that nobody has to look into any more, or that is being taken back.
pub(super) fn ended(effect: &Effect) -> Option<Key> {
    match effect {
        Effect::Settle(settled) if settled.fate != Fate::Abandoned => Some(settled.key),
        Effect::Compensate(taken) => Some(taken.key),
        _ => None,
    }
}
