//! Calls that wait for somebody of the shop, so that they are found without reading every journal.

use agent::{Body, Effect, Entry, Key, Role, SessionId, Time};
use sqlx::{AnyConnection, Row};

use super::{Runtime, number, restored};
use crate::StoreError;

/// One call that somebody of the shop was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// In which session.
    pub session: SessionId,
    /// Which call.
    pub key: Key,
    /// Until when it waits, or waited.
    pub until: Time,
}

impl Runtime {
    /// Calls that wait, those that run out first before the others, at most so many.
    pub async fn reviews(&self, limit: u32) -> Result<Vec<ReviewRow>, StoreError> {
        self.review_rows(true, None, limit).await
    }

    /// Calls that wait no more and whose end nobody has noted as mailed, and changes of the staff's that nobody has, under their
    /// place in the journal: those that ran out or were made first before the others, at most so many after one of them.
    pub async fn reviewed(
        &self,
        after: Option<&ReviewRow>,
        limit: u32,
    ) -> Result<Vec<ReviewRow>, StoreError> {
        self.review_rows(false, after, limit).await
    }

    /// Notes that the end of a call, or a change, was mailed.
    pub async fn review_sent(&self, session: &SessionId, key: Key) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session_review WHERE session = $1 AND seq = $2 AND is_open = 0")
            .bind(session.to_string())
            .bind(number(key.0))
            .execute(&mut *self.writer.acquire().await?)
            .await?;
        Ok(())
    }

    async fn review_rows(
        &self,
        is_open: bool,
        after: Option<&ReviewRow>,
        limit: u32,
    ) -> Result<Vec<ReviewRow>, StoreError> {
        let sql = "SELECT session, seq, until FROM session_review WHERE is_open = $1 \
                   AND (until, session, seq) > ($2, $3, $4) ORDER BY until, session, seq LIMIT $5";
        let (until, session, seq) = after.map_or((i64::MIN, String::new(), 0), |row| {
            (row.until.millis(), row.session.to_string(), number(row.key.0))
        });
        let query = sqlx::query(sql).bind(i64::from(is_open)).bind(until).bind(session).bind(seq);
        let rows = query.bind(i64::from(limit)).fetch_all(&self.readers);
        let read = |row: &sqlx::any::AnyRow| {
            let (session, key): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
            let until = Time::from_millis(row.try_get(2)?);
            Ok(ReviewRow { session: SessionId::new(session), key: Key(restored(key)), until })
        };
        rows.await?.iter().map(read).collect()
    }
}

/// Whether [`note`] has something to do about it.
pub(super) fn concerns(effect: &Effect) -> bool {
    match effect {
        Effect::RequestApproval(asked) => asked.by == Role::Staff,
        Effect::CloseApproval(_) | Effect::Revise(_) => true,
        _ => false,
    }
}

/// Notes what these entries say of calls that wait for the staff.
pub(super) async fn note(
    connection: &mut AnyConnection,
    session: &str,
    entries: &[Entry],
) -> Result<(), StoreError> {
    for entry in entries {
        match &entry.body {
            Body::Effect(Effect::RequestApproval(asked)) if asked.by == Role::Staff => {
                sqlx::query(
                    "INSERT INTO session_review (session, seq, until, is_open) VALUES ($1, $2, $3, 1) \
                     ON CONFLICT (session, seq) DO UPDATE SET until = excluded.until, is_open = 1",
                )
                .bind(session.to_owned())
                .bind(number(asked.key.0))
                .bind(asked.expires_at.millis())
                .execute(&mut *connection)
                .await?;
            }
            Body::Effect(Effect::CloseApproval(closed)) => {
                sqlx::query("UPDATE session_review SET is_open = 0 WHERE session = $1 AND seq = $2")
                    .bind(session.to_owned())
                    .bind(number(closed.key.0))
                    .execute(&mut *connection)
                    .await?;
            }
            // It is asked anew, and comes back when the shopper has said yes to what it is now. Where somebody else has
            // changed it, that is news by itself, under the place of the change.
            Body::Effect(Effect::Revise(revised)) => {
                if revised.is_news {
                    sqlx::query(
                        "INSERT INTO session_review (session, seq, until, is_open) VALUES ($1, $2, $3, 0) \
                         ON CONFLICT (session, seq) DO NOTHING",
                    )
                    .bind(session.to_owned())
                    .bind(number(entry.seq.0))
                    .bind(entry.at.millis())
                    .execute(&mut *connection)
                    .await?;
                }
                sqlx::query("DELETE FROM session_review WHERE session = $1 AND seq = $2")
                    .bind(session.to_owned())
                    .bind(number(revised.key.0))
                    .execute(&mut *connection)
                    .await?;
            }
            _ => {}
        }
    }
    Ok(())
}
