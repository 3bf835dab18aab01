//! Settings of sessions, kept once under their digest.

use std::sync::{Arc, Mutex, PoisonError};

use agent::{Digest, JournalError, SharedSettings, Shelf};
use sqlx::{AnyConnection, Row};

use crate::StoreError;

/// What this process knows of the settings that the store keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(Arc<Mutex<Shelf>>);

impl Known {
    /// Sees to it that the store has these. They are kept by themselves, before what names them: a row that nothing names does
    /// no harm, and two nodes that keep the same do not wait for each other.
    pub(super) async fn keep(
        &self,
        connection: &mut AnyConnection,
        settings: impl Iterator<Item = &SharedSettings>,
    ) -> Result<(), StoreError> {
        for settings in settings {
            if self.has(settings) {
                continue;
            }
            sqlx::query(
                "INSERT INTO session_settings (digest, line) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING",
            )
            .bind(settings.digest().to_string())
            .bind(settings.to_line())
            .execute(&mut *connection)
            .await?;
            self.with(|shelf| shelf.put(settings));
        }
        Ok(())
    }

    /// Reads a line, after the settings that it names were fetched where they are not known.
    pub(super) async fn read<T>(
        &self,
        connection: &mut AnyConnection,
        parse: impl Fn(&Shelf) -> Result<T, JournalError>,
    ) -> Result<Result<T, JournalError>, StoreError> {
        let read = self.with(|shelf| parse(shelf));
        let Err(JournalError::NoSettings { digest }) = read else { return Ok(read) };
        let Some(line) = line(connection, &digest).await? else { return Ok(read) };
        Ok(self.with(|shelf| {
            shelf.put_line(digest, &line)?;
            parse(shelf)
        }))
    }

    /// Whether the store is known to have these.
    pub(super) fn has(&self, settings: &SharedSettings) -> bool {
        self.with(|shelf| shelf.has(&settings.digest()))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Shelf) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn line(connection: &mut AnyConnection, digest: &Digest) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT line FROM session_settings WHERE digest = $1")
        .bind(digest.to_string())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}
