//! Appending batches: what many of them write goes into a few statements, for each is a way to the database and back.

use std::collections::BTreeSet;

use agent::{AppendRefusal, Batch, Entry, Epoch, Lease, PrivateId, Seq};
use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::oneshot;

use super::group::Waiting;
use super::{Runtime, handover, number, restored, review};
use crate::statement::{Insert, MAX_INSERT_ROWS, chunk, execute_among, push_rows};
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
/// Checks and sets all that the rows of some sessions say about them, each at most once in a statement.
const ADVANCE: &str = "UPDATE session SET last_seq = told.last, due = told.due_at, owner = told.owned_by FROM told \
                       WHERE id = told.named AND last_seq = told.expected AND epoch = told.held RETURNING id";
/// The columns of `told`, with their types.
const TOLD: [(&str, &str); 6] = [
    ("named", "TEXT"),
    ("expected", "BIGINT"),
    ("held", "BIGINT"),
    ("last", "BIGINT"),
    ("due_at", "BIGINT"),
    ("owned_by", "TEXT"),
];

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

/// Writes batches of different sessions into the transaction, or says why one must not be; then nothing of it is written.
pub(super) async fn append(
    engine: Engine,
    connection: &mut AnyConnection,
    batches: &[Waiting],
) -> Result<Vec<Result<(), AppendRefusal>>, StoreError> {
    let mut ready: Vec<&Batch> = Vec::with_capacity(batches.len());
    for Waiting { batch, begins, .. } in batches {
        let is_free = match begins {
            Some(lease) => begin(connection, lease).await?,
            None => true,
        };
        if is_free {
            ready.push(batch);
        }
    }
    let advanced = advance(engine, connection, &ready).await?;
    let is_accepted = |batch: &Batch| advanced.contains(&batch.session.to_string());
    ready.retain(|batch| is_accepted(batch));
    write(engine, connection, &ready).await?;
    let mut results = Vec::with_capacity(batches.len());
    for Waiting { batch, .. } in batches {
        results.push(match is_accepted(batch) {
            true => Ok(()),
            false => Err(refusal(connection, batch).await?),
        });
    }
    Ok(results)
}

/// The sessions that were where their batches believe, and now are where the batches end.
async fn advance(
    engine: Engine,
    connection: &mut AnyConnection,
    batches: &[&Batch],
) -> Result<BTreeSet<String>, StoreError> {
    let mut advanced = BTreeSet::new();
    let mut left = batches;
    while !left.is_empty() {
        let (now, later) = left.split_at(chunk(left.len(), MAX_INSERT_ROWS));
        left = later;
        let mut statement = sqlx::query(AssertSqlSafe(advance_sql(engine, now.len())));
        for batch in now {
            statement = statement
                .bind(batch.session.to_string())
                .bind(number(batch.expected.0))
                .bind(number(batch.epoch.0))
                .bind(number(batch.expected.0 + batch.entries.len() as u64))
                .bind(batch.due.map(agent::Time::millis))
                .bind(batch.owner.to_string());
        }
        for row in statement.fetch_all(&mut *connection).await? {
            advanced.insert(row.try_get(0)?);
        }
    }
    Ok(advanced)
}

fn advance_sql(engine: Engine, rows: usize) -> String {
    let names = TOLD.map(|(name, _)| name).join(", ");
    // A row without a time would leave a column without a type, so each is told.
    let typed = TOLD.map(|(name, kind)| format!("CAST({name} AS {kind}) AS {name}")).join(", ");
    let mut sql = format!("WITH given ({names}) AS (VALUES ");
    push_rows(engine, &mut sql, rows, TOLD.len());
    sql.push_str(&format!("), told AS (SELECT {typed} FROM given) {ADVANCE}"));
    sql
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

async fn write(engine: Engine, connection: &mut AnyConnection, batches: &[&Batch]) -> Result<(), StoreError> {
    let named = || batches.iter().map(|batch| (batch.session.to_string(), *batch));
    let entries = named().flat_map(|(session, batch)| {
        let line = move |entry: &Entry| (session.clone(), number(entry.seq.0), entry.to_slim_line());
        batch.entries.iter().map(line)
    });
    ENTRIES
        .run(engine, connection, entries.collect(), |statement, (session, seq, line)| {
            statement.bind(session).bind(seq).bind(line)
        })
        .await?;
    let contents = named().flat_map(|(session, batch)| {
        let content = move |(id, value): (&PrivateId, &Value)| {
            (session.clone(), id.as_str().to_owned(), value.to_string())
        };
        batch.contents.iter().map(content)
    });
    CONTENTS
        .run(engine, connection, contents.collect(), |statement, (session, id, value)| {
            statement.bind(session).bind(id).bind(value)
        })
        .await?;
    for (session, batch) in named() {
        review::note(connection, &session, &batch.entries).await?;
        handover::note(connection, &session, &batch.entries).await?;
    }
    let outbox = named()
        .flat_map(|(session, batch)| batch.outbox.iter().map(move |seq| (session.clone(), number(seq.0))));
    OUTBOX
        .run(engine, connection, outbox.collect(), |statement, (session, seq)| {
            statement.bind(session).bind(seq)
        })
        .await?;
    // A fact that was recalled is held by several sessions of its owner, under one name.
    let shredded: Vec<String> =
        named().flat_map(|(_, batch)| batch.shredded.iter().map(|id| id.as_str().to_owned())).collect();
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
