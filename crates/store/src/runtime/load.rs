//! Loading a session, and snapshots that make it short.

use agent::{Contents, Entry, Loaded, PrivateId, Seq, Session, SessionId, Snapshot};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::settings::Known;
use super::{Runtime, number};
use crate::statement::select_among;
use crate::{Engine, StoreError};

/// How many entries are read as one text: each row is a way of its own from the database.
const ENTRIES_TOGETHER: usize = 1_000;

/// A session to go on with.
#[derive(Clone, Debug, PartialEq)]
pub struct Resumed {
    /// As it was stored, with the contents that its state refers to.
    pub session: Session,
    /// Where its newest snapshot stands.
    pub snapshot_at: Seq,
}

impl Runtime {
    /// What is needed to go on with a session, however long it is; `None` where there is no such session.
    pub async fn resume(&self, session: &SessionId) -> Result<Option<Resumed>, StoreError> {
        let mut transaction = self.readers.begin_with(self.engine.begin_snapshot()).await?;
        let snapshot = snapshot(&mut transaction, &self.settings, session).await?;
        let snapshot_at = snapshot.as_ref().map_or(Seq(0), Snapshot::seq);
        let tail = entries(&mut transaction, &self.settings, (session, snapshot_at)).await?;
        if snapshot.is_none() && tail.is_empty() {
            return Ok(None);
        }
        let loaded = Loaded { snapshot, tail, contents: Contents::default() };
        let mut resumed = loaded.session().map_err(|error| StoreError::corrupt("session journal", error))?;
        let ids: Vec<PrivateId> = resumed.state().privates().into_iter().cloned().collect();
        resumed.restore(&words(self.engine, &mut transaction, session, &ids).await?);
        Ok(Some(Resumed { session: resumed, snapshot_at }))
    }

    /// All contents of a session that are left.
    pub async fn contents(&self, session: &SessionId) -> Result<Contents, StoreError> {
        let mut connection = self.readers.acquire().await?;
        contents(&mut connection, session).await
    }

    /// All that is left of a session; nothing in it where there is no such session.
    pub async fn load(&self, session: &SessionId) -> Result<Loaded, StoreError> {
        let mut transaction = self.readers.begin_with(self.engine.begin_snapshot()).await?;
        let snapshot = snapshot(&mut transaction, &self.settings, session).await?;
        let after = snapshot.as_ref().map_or(Seq(0), Snapshot::seq);
        let tail = entries(&mut transaction, &self.settings, (session, after)).await?;
        let contents = contents(&mut transaction, session).await?;
        Ok(Loaded { snapshot, tail, contents })
    }

    /// The entries after a place, for streams, traces and audits.
    pub async fn entries(&self, session: &SessionId, after: Seq) -> Result<Vec<Entry>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        entries(&mut connection, &self.settings, (session, after)).await
    }

    /// The newest snapshot of a session that can be read.
    pub async fn snapshot(&self, session: &SessionId) -> Result<Option<Snapshot>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        snapshot(&mut connection, &self.settings, session).await
    }

    /// Some contents of a session. Those that were erased are not among them.
    pub async fn words(&self, session: &SessionId, ids: &[PrivateId]) -> Result<Contents, StoreError> {
        let mut connection = self.readers.acquire().await?;
        words(self.engine, &mut connection, session, ids).await
    }

    /// Keeps a snapshot of a state that is stored.
    pub async fn put_snapshot(&self, session: &SessionId, snapshot: &Snapshot) -> Result<(), StoreError> {
        let mut connection = self.writer.acquire().await?;
        self.settings.keep(&mut connection, std::iter::once(snapshot.settings())).await?;
        sqlx::query(
            "INSERT INTO session_snapshot (session, seq, line) VALUES ($1, $2, $3) ON CONFLICT (session) DO UPDATE \
             SET seq = excluded.seq, line = excluded.line WHERE session_snapshot.seq < excluded.seq",
        )
        .bind(session.to_string())
        .bind(number(snapshot.seq().0))
        .bind(snapshot.to_slim_line())
        .execute(&mut *connection)
        .await?;
        Ok(())
    }
}

/// A snapshot that cannot be read, such as one of a newer version, is as good as none.
async fn snapshot(
    connection: &mut AnyConnection,
    settings: &Known,
    session: &SessionId,
) -> Result<Option<Snapshot>, StoreError> {
    let row = sqlx::query("SELECT line FROM session_snapshot WHERE session = $1")
        .bind(session.to_string())
        .fetch_optional(&mut *connection)
        .await?;
    let line: Option<String> = row.map(|row| row.try_get(0)).transpose()?;
    let Some(line) = line else { return Ok(None) };
    Ok(settings.read(connection, |shelf| Snapshot::parse_slim(&line, shelf)).await?.ok())
}

async fn entries(
    connection: &mut AnyConnection,
    settings: &Known,
    (session, after): (&SessionId, Seq),
) -> Result<Vec<Entry>, StoreError> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut end = after;
    while let Some(lines) = lines(connection, (session, end)).await? {
        let before = entries.len();
        for line in lines.split('\n') {
            let read = settings.read(connection, |shelf| Entry::parse_slim(line, shelf)).await?;
            entries.push(read.map_err(|error| StoreError::corrupt("session journal", error))?);
        }
        if entries.len() - before < ENTRIES_TOGETHER {
            break;
        }
        end = entries.last().map_or(end, |entry| entry.seq);
    }
    Ok(entries)
}

/// The next lines of a journal, with line breaks between them; there is none in a line.
async fn lines(
    connection: &mut AnyConnection,
    (session, after): (&SessionId, Seq),
) -> Result<Option<String>, StoreError> {
    let sql = "SELECT string_agg(line, $1 ORDER BY seq) FROM (SELECT seq, line FROM session_entry \
               WHERE session = $2 AND seq > $3 ORDER BY seq LIMIT $4) AS next";
    let row = sqlx::query(sql)
        .bind("\n")
        .bind(session.to_string())
        .bind(number(after.0))
        .bind(number(ENTRIES_TOGETHER as u64))
        .fetch_one(connection)
        .await?;
    Ok(row.try_get(0)?)
}

async fn contents(connection: &mut AnyConnection, session: &SessionId) -> Result<Contents, StoreError> {
    let rows = sqlx::query("SELECT id, value FROM session_content WHERE session = $1")
        .bind(session.to_string())
        .fetch_all(connection)
        .await?;
    restore(&rows)
}

/// Some contents that are kept for a session, or for the memory of an owner.
pub(super) async fn words(
    engine: Engine,
    connection: &mut AnyConnection,
    session: &SessionId,
    ids: &[PrivateId],
) -> Result<Contents, StoreError> {
    let keys: Vec<String> = ids.iter().map(|id| id.as_str().to_owned()).collect();
    let before = "SELECT id, value, session FROM session_content WHERE id";
    let mut rows = select_among(engine, connection, (before, ""), &keys).await?;
    let is_of = |row: &AnyRow| row.try_get::<String, _>(2).is_ok_and(|of| of == session.as_str());
    rows.retain(is_of);
    restore(&rows)
}

fn restore(rows: &[AnyRow]) -> Result<Contents, StoreError> {
    let mut contents = Contents::default();
    for row in rows {
        let (id, value): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let value =
            serde_json::from_str(&value).map_err(|error| StoreError::corrupt("session content", error))?;
        contents.restore(PrivateId::stored(id), value);
    }
    Ok(contents)
}
