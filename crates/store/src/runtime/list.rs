//! Which sessions there are.

use agent::{Epoch, NodeId, OwnerId, Seq, SessionId, Time};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::lease::RELEASED;
use super::{Runtime, restored};
use crate::StoreError;

const COLUMNS: &str = "SELECT id, owner, last_seq, epoch, holder, lease_until, due FROM session ";

/// What one row says about a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Which.
    pub session: SessionId,
    /// Whose.
    pub owner: OwnerId,
    /// Its last entry.
    pub last: Seq,
    /// The fencing token of whoever held it last.
    pub epoch: Epoch,
    /// Who held it last.
    pub holder: NodeId,
    /// Until when; `None` where it was given back.
    pub lease_until: Option<Time>,
    /// When its timer goes off.
    pub due: Option<Time>,
}

impl Runtime {
    /// What is known of a session; `None` where there is none of this name.
    pub async fn session(&self, session: &SessionId) -> Result<Option<SessionRow>, StoreError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE id = $1 AND last_seq > 0")))
            .bind(session.to_string())
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// Sessions in the order of their names after this one, of this owner or of all, at most so many.
    pub async fn sessions(
        &self,
        owner: Option<&OwnerId>,
        after: Option<&SessionId>,
        limit: u32,
    ) -> Result<Vec<SessionRow>, StoreError> {
        let sql = format!(
            "{COLUMNS} WHERE last_seq > 0 AND id > $1 AND ($2 = '' OR owner = $2) ORDER BY id LIMIT $3"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(after.map(ToString::to_string).unwrap_or_default())
            .bind(owner.map(ToString::to_string).unwrap_or_default())
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<SessionRow, StoreError> {
    let owner: Option<String> = row.try_get(1)?;
    let lease_until: i64 = row.try_get(5)?;
    let due: Option<i64> = row.try_get(6)?;
    Ok(SessionRow {
        session: SessionId::new(row.try_get::<String, _>(0)?),
        owner: OwnerId::new(owner.unwrap_or_default()),
        last: Seq(restored(row.try_get(2)?)),
        epoch: Epoch(restored(row.try_get(3)?)),
        holder: NodeId::new(row.try_get::<String, _>(4)?),
        lease_until: (lease_until != RELEASED).then(|| Time::from_millis(lease_until)),
        due: due.map(Time::from_millis),
    })
}
