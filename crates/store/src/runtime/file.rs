//! With SQLite in a file: batches written in place, by whichever thread calls.

use std::str::FromStr;
use std::time::Duration;

use agent::{AppendRefusal, Epoch, Lease, Seq};
use rusqlite::{CachedStatement, Connection, Transaction, TransactionBehavior, params};
use sqlx::sqlite::SqliteConnectOptions;

use super::group::Waiting;
use super::page::Page;
use super::{number, restored};
use crate::durable::{Writing, sqlite_settings};
use crate::{StoreError, engine};

/// Statements that are kept prepared.
const STATEMENTS: usize = 16;

const BEGIN: &str = "INSERT INTO session (id, last_seq, epoch, holder, lease_until) VALUES (?1, 0, ?2, ?3, ?4) \
                     ON CONFLICT (id) DO NOTHING";
const ADVANCE: &str =
    "UPDATE session SET last_seq = ?1, due = ?2, owner = ?3 WHERE id = ?4 AND last_seq = ?5 AND epoch = ?6";
const ENTRY: &str = "INSERT INTO session_entry (session, seq, line) VALUES (?1, ?2, ?3)";
const CONTENT: &str = "INSERT INTO session_content (session, id, value) VALUES (?1, ?2, ?3) ON CONFLICT (session, id) DO NOTHING";
const OUTBOX: &str = "INSERT INTO session_outbox (session, seq) VALUES (?1, ?2)";
const ENDED: &str = "DELETE FROM session_handover WHERE session = ?1 AND seq = ?2";
const PLACE: &str = "SELECT last_seq, epoch FROM session WHERE id = ?1";

/// A connection that is a call and no message to a thread.
#[derive(Debug)]
pub(super) struct File(Connection);

impl File {
    /// Opens the file of a URL whose schema is up to date.
    pub(super) fn open(url: &str, patience: Duration) -> Result<Self, StoreError> {
        let failed = |error| StoreError::connecting(&engine::location(url), error);
        let options = SqliteConnectOptions::from_str(url).map_err(failed)?;
        let open = || {
            let connection = Connection::open(options.get_filename())?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            connection.execute_batch(&sqlite_settings(patience, Writing::Together))?;
            Ok(Self(connection))
        };
        open().map_err(|error: rusqlite::Error| failed(sqlx::Error::Configuration(error.into())))
    }

    /// Carries the log over into the file, so that the next commit begins it anew. What cannot be carried over now, since somebody
    /// reads what was before it, is carried over later.
    pub(super) fn carry_over(&self) {
        if let Err(error) = self.0.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
            tracing::debug!(%error, "the log was not carried over");
        }
    }

    /// Writes plain pages of different sessions and commits; what became of each. After an error nothing is written.
    pub(super) fn commit(&mut self, group: &[Waiting]) -> Result<Vec<Result<(), AppendRefusal>>, StoreError> {
        let mut commit = || {
            let transaction = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let written = group
                .iter()
                .map(|waiting| write(&transaction, waiting))
                .collect::<rusqlite::Result<Vec<Result<(), AppendRefusal>>>>()?;
            transaction.commit()?;
            Ok(written)
        };
        commit().map_err(|error: rusqlite::Error| StoreError::Unknown { why: error.to_string() })
    }
}

/// Writes one page, if its session is where it believes.
fn write(
    transaction: &Transaction<'_>,
    Waiting { page, begins, .. }: &Waiting,
) -> rusqlite::Result<Result<(), AppendRefusal>> {
    let is_free = begins.as_ref().map_or(Ok(true), |lease| begin(transaction, lease))?;
    if !(is_free && advance(transaction, page)?) {
        return refusal(transaction, page).map(Err);
    }
    let session = &page.session;
    each(transaction, ENTRY, &page.entries, |statement, (seq, line)| {
        statement.execute(params![session, seq, line])
    })?;
    each(transaction, CONTENT, &page.contents, |statement, (id, value)| {
        statement.execute(params![session, id, value])
    })?;
    each(transaction, OUTBOX, &page.outbox, |statement, seq| statement.execute(params![session, seq]))?;
    each(transaction, ENDED, &page.ended, |statement, seq| statement.execute(params![session, seq]))?;
    Ok(Ok(()))
}

/// Makes the row of a session; whether there was none.
fn begin(transaction: &Transaction<'_>, lease: &Lease) -> rusqlite::Result<bool> {
    let mut statement = transaction.prepare_cached(BEGIN)?;
    let (session, node) = (lease.session.to_string(), lease.node.to_string());
    Ok(statement.execute(params![session, number(lease.epoch.0), node, lease.until.millis()])? == 1)
}

/// Whether the session was where the page believes, and now is where it ends.
fn advance(transaction: &Transaction<'_>, page: &Page) -> rusqlite::Result<bool> {
    let mut statement = transaction.prepare_cached(ADVANCE)?;
    let Page { session, owner, expected, epoch, last, due, .. } = page;
    Ok(statement.execute(params![last, due, owner, session, expected, number(epoch.0)])? == 1)
}

/// Runs a statement for each row.
fn each<T>(
    transaction: &Transaction<'_>,
    sql: &str,
    rows: &[T],
    run: impl Fn(&mut CachedStatement<'_>, &T) -> rusqlite::Result<usize>,
) -> rusqlite::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut statement = transaction.prepare_cached(sql)?;
    rows.iter().try_for_each(|row| run(&mut statement, row).map(|_| ()))
}

/// Why a page is not accepted.
fn refusal(transaction: &Transaction<'_>, page: &Page) -> rusqlite::Result<AppendRefusal> {
    let mut statement = transaction.prepare_cached(PLACE)?;
    let mut rows = statement.query(params![page.session])?;
    let Some(row) = rows.next()? else { return Ok(AppendRefusal::Fenced { held: Epoch(0) }) };
    let (found, held) = (Seq(restored(row.get(0)?)), Epoch(restored(row.get(1)?)));
    Ok(if held == page.epoch { AppendRefusal::Moved { found } } else { AppendRefusal::Fenced { held } })
}
