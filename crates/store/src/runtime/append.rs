//! Appending batches: what many of them write goes into a few statements, for each is a way to the database and back.

use std::collections::BTreeSet;

use agent::{AppendRefusal, Batch, Epoch, Lease, Seq};
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::oneshot;

use super::group::Waiting;
use super::page::Page;
use super::{Runtime, handover, number, restored, review};
use crate::statement::{Insert, MAX_INSERT_ROWS, Statement, chunk, execute_among, push_rows};
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
        let waiting = Waiting { page: Page::of(batch), begins, answer };
        self.waiting.try_send(waiting).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Crowded,
            TrySendError::Closed(_) => StoreError::Unknown { why: "the store is closed".to_owned() },
        })?;
        let closed = |_| StoreError::Unknown { why: "the store was closed meanwhile".to_owned() };
        appended.await.map_err(closed)??.map_err(StoreError::Refused)
    }
}

/// Writes pages of different sessions into the transaction; the sessions of which they were accepted. Of the others nothing is
/// written.
pub(super) async fn append(
    engine: Engine,
    connection: &mut AnyConnection,
    waiting: &[Waiting],
) -> Result<BTreeSet<String>, StoreError> {
    let mut ready: Vec<&Page> = Vec::with_capacity(waiting.len());
    for Waiting { page, begins, .. } in waiting {
        let is_free = match begins {
            Some(lease) => begin(connection, lease).await?,
            None => true,
        };
        if is_free {
            ready.push(page);
        }
    }
    let advanced = advance(engine, connection, &ready).await?;
    ready.retain(|page| advanced.contains(&page.session));
    write(engine, connection, &ready).await?;
    Ok(advanced)
}

/// The sessions that were where their pages believe, and now are where the pages end.
async fn advance(
    engine: Engine,
    connection: &mut AnyConnection,
    pages: &[&Page],
) -> Result<BTreeSet<String>, StoreError> {
    let mut advanced = BTreeSet::new();
    let mut left = pages;
    while !left.is_empty() {
        let (now, later) = left.split_at(chunk(left.len(), MAX_INSERT_ROWS));
        left = later;
        let mut statement = sqlx::query(AssertSqlSafe(advance_sql(engine, now.len())));
        for page in now {
            statement = bind_told(statement, page);
        }
        for row in statement.fetch_all(&mut *connection).await? {
            advanced.insert(row.try_get(0)?);
        }
    }
    Ok(advanced)
}

/// Binds a row of [`TOLD`].
fn bind_told(statement: Statement, page: &Page) -> Statement {
    statement
        .bind(page.session.clone())
        .bind(page.expected)
        .bind(number(page.epoch.0))
        .bind(page.last)
        .bind(page.due)
        .bind(page.owner.clone())
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

async fn write(engine: Engine, connection: &mut AnyConnection, pages: &[&Page]) -> Result<(), StoreError> {
    let named = || pages.iter().map(|page| (page.session.clone(), *page));
    let entries =
        named().flat_map(|(session, page)| page.entries.iter().map(move |row| (session.clone(), row)));
    ENTRIES
        .run(engine, connection, entries.collect(), |statement, (session, (seq, line))| {
            statement.bind(session).bind(*seq).bind(line.clone())
        })
        .await?;
    let contents =
        named().flat_map(|(session, page)| page.contents.iter().map(move |row| (session.clone(), row)));
    CONTENTS
        .run(engine, connection, contents.collect(), |statement, (session, (id, value))| {
            statement.bind(session).bind(id.clone()).bind(value.clone())
        })
        .await?;
    for page in pages {
        review::note(connection, &page.session, &page.noted).await?;
        handover::note(connection, &page.session, &page.noted).await?;
    }
    let outbox =
        named().flat_map(|(session, page)| page.outbox.iter().map(move |seq| (session.clone(), *seq)));
    OUTBOX
        .run(engine, connection, outbox.collect(), |statement, (session, seq)| {
            statement.bind(session).bind(seq)
        })
        .await?;
    // A fact that was recalled is held by several sessions of its owner, under one name.
    let shredded: Vec<String> = pages.iter().flat_map(|page| page.shredded.iter().cloned()).collect();
    execute_among(engine, connection, "DELETE FROM session_content WHERE id", &shredded).await?;
    Ok(())
}

/// Why a page was not accepted.
pub(super) async fn refusal(
    connection: &mut AnyConnection,
    page: &Page,
) -> Result<AppendRefusal, StoreError> {
    let row = sqlx::query("SELECT last_seq, epoch FROM session WHERE id = $1")
        .bind(page.session.clone())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(AppendRefusal::Fenced { held: Epoch(0) }) };
    let (found, held) = (Seq(restored(row.try_get(0)?)), Epoch(restored(row.try_get(1)?)));
    Ok(if held == page.epoch { AppendRefusal::Moved { found } } else { AppendRefusal::Fenced { held } })
}
