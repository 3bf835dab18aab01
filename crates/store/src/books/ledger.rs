//! The ledger: a line for every request that was carried out, and for every key that a refusal has ended. It answers what became of a key, and its changes, laid one
//! over the other, give the records.

use checkout::{Actor, Change, Key, Refusal, Request, Touched};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::{AnyConnection, Row};

use super::{Books, lock, names};
use crate::{Engine, StoreError};

const REFUSE: &str = "INSERT INTO books_ledger (key, at, actor, tool, digest, fed, changes, refused) \
                      VALUES ($1, $2, $3, $4, '', '[]', '[]', $5) ON CONFLICT (key) DO NOTHING";
const APPEND: &str = "INSERT INTO books_ledger (key, at, actor, tool, digest, fed, changes) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// What became of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing: the request can be sent.
    NeverSeen,
    /// It was carried out.
    Done(Box<LedgerLine>),
    /// It was refused for good ([`Books::refuse`]).
    Refused(Box<Refusal>),
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
        let sql =
            "SELECT number, key, at, actor, tool, fed, changes, refused FROM books_ledger WHERE key = $1";
        let row = sqlx::query(sql).bind(key.to_string()).fetch_optional(&self.readers).await?;
        row.map_or(Ok(Fate::NeverSeen), |row| fate(&row))
    }

    /// Ends the key of a request with what it was refused for: the same request, which somebody may have sent before and
    /// which arrives late, is refused from now on. Gives what became of the key, which may have been carried out meanwhile.
    pub async fn refuse(&self, request: &Request, refusal: &Refusal) -> Result<Fate, StoreError> {
        let mut touched = Touched::default();
        touched.keys.insert(request.key.clone());
        let mut transaction = self.writer.begin_with(self.engine.begin_import()).await?;
        if self.engine == Engine::Postgres {
            lock::lock(&mut transaction, &touched).await?;
        }
        sqlx::query(REFUSE)
            .bind(request.key.to_string())
            .bind(names::micros(request.at))
            .bind(text(&request.actor)?)
            .bind(request.command.tool().as_str())
            .bind(text(refusal)?)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await.map_err(|error| StoreError::Unknown { why: error.to_string() })?;
        self.fate(&request.key).await
    }

    /// The lines of requests that were carried out, after this number, at most so many.
    pub async fn ledger_after(&self, number: i64, limit: u32) -> Result<Vec<LedgerLine>, StoreError> {
        let sql = "SELECT number, key, at, actor, tool, fed, changes FROM books_ledger WHERE number > $1 \
                   AND refused IS NULL ORDER BY number LIMIT $2";
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

fn fate(row: &sqlx::any::AnyRow) -> Result<Fate, StoreError> {
    let refused: Option<String> = row.try_get(7)?;
    Ok(match refused {
        Some(refusal) => Fate::Refused(Box::new(json(refusal)?)),
        None => Fate::Done(Box::new(line(row)?)),
    })
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
