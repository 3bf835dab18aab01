//! What was imported when.

use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::{ImportMode, ImportSummary, Store, StoreError};

/// One import that finished.
#[derive(Clone, Debug, PartialEq)]
pub struct JournalEntry {
    /// Counts from one.
    pub number: i64,
    /// How the feed was laid over the catalog.
    pub mode: ImportMode,
    /// When it began.
    pub started: Timestamp,
    /// When it finished.
    pub finished: Timestamp,
    /// The generation that it led to; that before it where nothing changed.
    pub generation: i64,
    /// What it did.
    pub summary: ImportSummary,
}

impl Store {
    /// The latest imports, newest first.
    pub async fn imports(&self, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
        let rows = sqlx::query(
            "SELECT number, mode, started, finished, generation, summary FROM import_journal \
             ORDER BY number DESC LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.pools.readers)
        .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<JournalEntry, StoreError> {
    let time = |place: usize| -> Result<Timestamp, StoreError> {
        let text: String = row.try_get(place)?;
        text.parse().map_err(|error| StoreError::corrupt("journal", error))
    };
    let mode: String = row.try_get(1)?;
    let summary: String = row.try_get(5)?;
    Ok(JournalEntry {
        number: row.try_get(0)?,
        mode: ImportMode::parse(&mode).ok_or_else(|| StoreError::corrupt("journal", mode))?,
        started: time(2)?,
        finished: time(3)?,
        generation: row.try_get(4)?,
        summary: serde_json::from_str(&summary).map_err(|error| StoreError::corrupt("journal", error))?,
    })
}

/// Notes an import that is finishing now.
pub(crate) async fn write(
    connection: &mut AnyConnection,
    mode: ImportMode,
    started: Timestamp,
    generation: i64,
    summary: &ImportSummary,
) -> Result<(), StoreError> {
    let summary = serde_json::to_string(summary).map_err(|error| StoreError::corrupt("journal", error))?;
    sqlx::query(
        "INSERT INTO import_journal (number, mode, started, finished, generation, summary) \
         VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM import_journal), $1, $2, $3, $4, $5)",
    )
    .bind(mode.as_str().to_owned())
    .bind(started.to_string())
    .bind(Timestamp::now().to_string())
    .bind(generation)
    .bind(summary)
    .execute(connection)
    .await?;
    Ok(())
}
