//! The ledger: a line for every request that was carried out. It answers what became of a key, and its changes, laid one
//! over the other, give the records.

use checkout::{Actor, Change, Key, Request};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::{AnyConnection, Row};

use super::{Books, names};
use crate::StoreError;

const APPEND: &str = "INSERT INTO books_ledger (key, at, actor, tool, digest, fed, changes) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// What became of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing: the request can be sent.
    NeverSeen,
    /// It was carried out.
    Done(Box<LedgerLine>),
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// Its number; numbers rise, and may leave some out.
    pub number: i64,
    /// The key of the request.
    pub key: Key,
    /// When it was made.
    pub at: Timestamp,
    /// Who made it.
    pub actor: Actor,
    /// Which tool it was, as [`checkout::tool::ToolName::as_str`] names it.
    pub tool: String,
    /// What the catalog's feed had said anew about the stock of what was touched.
    pub fed: Vec<Change>,
    /// What followed from the request.
    pub changes: Vec<Change>,
}

impl Books {
    /// What became of the request of a key. After an answer was lost, this is asked before the request is sent again.
    pub async fn fate(&self, key: &Key) -> Result<Fate, StoreError> {
        let sql = "SELECT number, key, at, actor, tool, fed, changes FROM books_ledger WHERE key = $1";
        let row = sqlx::query(sql).bind(key.to_string()).fetch_optional(&self.readers).await?;
        row.map_or(Ok(Fate::NeverSeen), |row| Ok(Fate::Done(Box::new(line(&row)?))))
    }

    /// The lines after this number, at most so many.
    pub async fn ledger_after(&self, number: i64, limit: u32) -> Result<Vec<LedgerLine>, StoreError> {
        let sql = "SELECT number, key, at, actor, tool, fed, changes FROM books_ledger WHERE number > $1 \
                   ORDER BY number LIMIT $2";
        let rows = sqlx::query(sql).bind(number).bind(i64::from(limit)).fetch_all(&self.readers).await?;
        rows.iter().map(line).collect()
    }
}

/// The digest and the changes of a request that was carried out.
pub(super) async fn find(
    connection: &mut AnyConnection,
    key: &Key,
) -> Result<Option<(String, Vec<Change>)>, StoreError> {
    let row = sqlx::query("SELECT digest, changes FROM books_ledger WHERE key = $1")
        .bind(key.to_string())
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok((row.try_get(0)?, json(row.try_get(1)?)?))).transpose()
}

/// Adds the line of a request.
pub(super) async fn append(
    connection: &mut AnyConnection,
    request: &Request,
    fed: &[Change],
    changes: &[Change],
) -> Result<(), StoreError> {
    let digest = changes.iter().find_map(|change| match change {
        Change::Handled { digest, .. } => Some(digest.clone()),
        _ => None,
    });
    sqlx::query(APPEND)
        .bind(request.key.to_string())
        .bind(names::micros(request.at))
        .bind(text(&request.actor)?)
        .bind(request.command.tool().as_str())
        .bind(digest.unwrap_or_default())
        .bind(text(fed)?)
        .bind(text(changes)?)
        .execute(connection)
        .await?;
    Ok(())
}

/// A record as JSON.
pub(super) fn text(record: &(impl serde::Serialize + ?Sized)) -> Result<String, StoreError> {
    serde_json::to_string(record).map_err(|error| StoreError::corrupt("a record", error))
}

fn line(row: &sqlx::any::AnyRow) -> Result<LedgerLine, StoreError> {
    let key: String = row.try_get(1)?;
    Ok(LedgerLine {
        number: row.try_get(0)?,
        key: Key::parse(&key).ok_or_else(|| StoreError::corrupt("a key", key))?,
        at: names::time(row.try_get(2)?)?,
        actor: json(row.try_get(3)?)?,
        tool: row.try_get(4)?,
        fed: json(row.try_get(5)?)?,
        changes: json(row.try_get(6)?)?,
    })
}

fn json<T: DeserializeOwned>(text: String) -> Result<T, StoreError> {
    serde_json::from_str(&text).map_err(|error| StoreError::corrupt("the ledger", error))
}
