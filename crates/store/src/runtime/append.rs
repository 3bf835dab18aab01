//! Appending a batch.

use agent::{AppendRefusal, Batch, Epoch, Lease, Seq};
use sqlx::{AnyConnection, Row};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::oneshot;

use super::group::Waiting;
use super::{Runtime, handover, number, restored, review};
use crate::statement::{Insert, execute_among};
use crate::{Engine, StoreError};

const ENTRIES: Insert = Insert { into: "session_entry (session, seq, line)", columns: 3, conflict: "" };
const CONTENTS: Insert = Insert {
    into: "session_content (session, id, value)",
    columns: 3,
    conflict: "ON CONFLICT (session, id) DO NOTHING",
};
const OUTBOX: Insert = Insert { into: "session_outbox (session, seq)", columns: 2, conflict: "" };

/// The row of a session that begins.
const BEGIN: &str = "INSERT INTO session (id, last_seq, epoch, holder, lease_until) VALUES ($1, 0, $2, $3, $4) \
                     ON CONFLICT (id) DO NOTHING";
/// Checks and sets all that one row says about a session.
const ADVANCE: &str = "UPDATE session SET last_seq = $1, due = $2, owner = $3 \
                       WHERE id = $4 AND last_seq = $5 AND epoch = $6";

impl Runtime {
    /// Stores a batch durably, together with others that wait.
    ///
    /// After [`StoreError::Refused`] or [`StoreError::Unknown`] the node drops the session from memory and loads it again.
    pub async fn append(&self, batch: Batch) -> Result<(), StoreError> {
        self.store(batch, None).await
    }

    /// Stores the first batch of a session together with its lease, in one commit. A name that is known is refused.
    pub async fn begin(&self, batch: Batch, lease: Lease) -> Result<(), StoreError> {
        self.store(batch, Some(lease)).await
    }

    async fn store(&self, batch: Batch, begins: Option<Lease>) -> Result<(), StoreError> {
        let (answer, appended) = oneshot::channel();
        self.waiting.try_send(Waiting { batch, begins, answer }).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Crowded,
            TrySendError::Closed(_) => StoreError::Unknown { why: "the store is closed".to_owned() },
        })?;
        let closed = |_| StoreError::Unknown { why: "the store was closed meanwhile".to_owned() };
        appended.await.map_err(closed)??.map_err(StoreError::Refused)
    }
}

/// Writes a batch into the transaction, or says why it must not be; then nothing of it is written.
pub(super) async fn append(
    engine: Engine,
    connection: &mut AnyConnection,
    waiting: &Waiting,
) -> Result<Result<(), AppendRefusal>, StoreError> {
    let batch = &waiting.batch;
    if let Some(lease) = &waiting.begins
        && !begin(connection, lease).await?
    {
        return Ok(Err(refusal(connection, batch).await?));
    }
    let last = batch.expected.0 + batch.entries.len() as u64;
    let advanced = sqlx::query(ADVANCE)
        .bind(number(last))
        .bind(batch.due.map(agent::Time::millis))
        .bind(batch.owner.to_string())
        .bind(batch.session.to_string())
        .bind(number(batch.expected.0))
        .bind(number(batch.epoch.0))
        .execute(&mut *connection)
        .await?;
    if advanced.rows_affected() == 0 {
        return Ok(Err(refusal(connection, batch).await?));
    }
    write(engine, connection, batch).await?;
    Ok(Ok(()))
}

/// Makes the row of a session; whether there was none.
async fn begin(connection: &mut AnyConnection, lease: &Lease) -> Result<bool, StoreError> {
    let begun = sqlx::query(BEGIN)
        .bind(lease.session.to_string())
        .bind(number(lease.epoch.0))
        .bind(lease.node.to_string())
        .bind(lease.until.millis())
        .execute(connection)
        .await?;
    Ok(begun.rows_affected() == 1)
}

async fn write(engine: Engine, connection: &mut AnyConnection, batch: &Batch) -> Result<(), StoreError> {
    let session = batch.session.to_string();
    let entries: Vec<_> =
        batch.entries.iter().map(|entry| (number(entry.seq.0), entry.to_slim_line())).collect();
    ENTRIES
        .run(engine, connection, entries, |statement, (seq, line)| {
            statement.bind(session.clone()).bind(seq).bind(line)
        })
        .await?;
    let contents = batch.contents.iter().map(|(id, value)| (id.as_str().to_owned(), value.to_string()));
    CONTENTS
        .run(engine, connection, contents.collect(), |statement, (id, value)| {
            statement.bind(session.clone()).bind(id).bind(value)
        })
        .await?;
    review::note(connection, &session, &batch.entries).await?;
    handover::note(connection, &session, &batch.entries).await?;
    let outbox = batch.outbox.iter().map(|seq| number(seq.0));
    OUTBOX
        .run(engine, connection, outbox.collect(), |statement, seq| statement.bind(session.clone()).bind(seq))
        .await?;
    // A fact that was recalled is held by several sessions of its owner, under one name.
    let shredded: Vec<String> = batch.shredded.iter().map(|id| id.as_str().to_owned()).collect();
    execute_among(engine, connection, "DELETE FROM session_content WHERE id", &shredded).await?;
    Ok(())
}

async fn refusal(connection: &mut AnyConnection, batch: &Batch) -> Result<AppendRefusal, StoreError> {
    let row = sqlx::query("SELECT last_seq, epoch FROM session WHERE id = $1")
        .bind(batch.session.to_string())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(AppendRefusal::Fenced { held: Epoch(0) }) };
    let (found, held) = (Seq(restored(row.try_get(0)?)), Epoch(restored(row.try_get(1)?)));
    Ok(if held == batch.epoch { AppendRefusal::Moved { found } } else { AppendRefusal::Fenced { held } })
}
