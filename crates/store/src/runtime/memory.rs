//! What is remembered of shoppers across their sessions.
//!
//! A fact is one line of JSON that refers to words. The words stand among the contents, under the name of the memory they
//! belong to, so that erasing a content by its name reaches the memory and every session that was told the fact.

use agent::{Contents, Fact, FactId, Memory, OwnerId, Private, PrivateId, SessionId, Time};
use sqlx::{AnyConnection, Connection, Row};

use super::Runtime;
use super::load::words;
use crate::statement::{Insert, execute_among};
use crate::{Engine, StoreError};

/// How many facts a memory holds; a further one is not taken.
const MAX_FACTS: usize = 1_000;

const WORDS: Insert = Insert {
    into: "session_content (session, id, value)",
    columns: 3,
    conflict: "ON CONFLICT (session, id) DO NOTHING",
};

impl Runtime {
    /// The memory of an owner with its words. A fact whose words were erased is among it, without them.
    pub async fn memory(&self, owner: &OwnerId) -> Result<(Memory, Contents), StoreError> {
        let mut transaction = self.readers.begin_with(self.engine.begin_snapshot()).await?;
        let memory = memory(&mut transaction, owner).await?;
        let ids =
            memory.list().flat_map(Fact::privates).map(|private| private.id.clone()).collect::<Vec<_>>();
        let words = words(self.engine, &mut transaction, &shelf(owner), &ids).await?;
        Ok((memory, words))
    }

    /// Takes a fact that a session wants to have remembered, with its words. Taking it twice changes nothing.
    pub async fn remember(&self, fact: &Fact, contents: &Contents) -> Result<(), StoreError> {
        let owner = fact.owner.clone();
        let mut writer = self.writer.acquire().await?;
        let mut transaction = writer.begin_with(self.engine.begin_import()).await?;
        lock(self.engine, &mut transaction, &owner).await?;
        let mut memory = memory(&mut transaction, &owner).await?;
        if memory.list().count() >= MAX_FACTS {
            tracing::warn!(%owner, "the memory is full; a fact was not taken");
            return Ok(());
        }
        let ids = memory.list().map(|fact| fact.topic.id.clone()).collect::<Vec<_>>();
        let mut known = words(self.engine, &mut transaction, &shelf(&owner), &ids).await?;
        contents.iter().for_each(|(id, value)| known.restore(id.clone(), value.clone()));
        let before = memory.clone();
        if let Err(error) = memory.learn(fact.clone(), &known) {
            tracing::warn!(%owner, %error, "a fact was not taken");
            return Ok(());
        }
        let wanted = fact.privates().map(|private| private.id.clone());
        put_words(self.engine, &mut transaction, &owner, contents, &wanted).await?;
        put_changed(&mut transaction, &before, &memory).await?;
        Ok(transaction.commit().await?)
    }

    /// Replaces what a fact says. `false` where the owner has no such fact.
    pub async fn edit_fact(
        &self,
        owner: &OwnerId,
        fact: &FactId,
        (content, contents): (Private, &Contents),
        now: Time,
    ) -> Result<bool, StoreError> {
        let mut writer = self.writer.acquire().await?;
        let mut transaction = writer.begin_with(self.engine.begin_import()).await?;
        lock(self.engine, &mut transaction, owner).await?;
        let mut memory = memory(&mut transaction, owner).await?;
        let before = memory.clone();
        let wanted = [content.id.clone()];
        let Ok(old) = memory.edit(fact, content, now) else { return Ok(false) };
        put_words(self.engine, &mut transaction, owner, contents, &wanted).await?;
        if old.id != wanted[0] {
            let gone = [old.id.as_str().to_owned()];
            execute_among(self.engine, &mut transaction, "DELETE FROM session_content WHERE id", &gone)
                .await?;
        }
        put_changed(&mut transaction, &before, &memory).await?;
        transaction.commit().await?;
        drop(writer);
        self.empty_log();
        Ok(true)
    }

    /// Erases a fact and its words, here and in every session that was told it. `false` where the owner has no such fact.
    pub async fn erase_fact(&self, owner: &OwnerId, fact: &FactId) -> Result<bool, StoreError> {
        let mut writer = self.writer.acquire().await?;
        let mut transaction = writer.begin_with(self.engine.begin_import()).await?;
        lock(self.engine, &mut transaction, owner).await?;
        let mut memory = memory(&mut transaction, owner).await?;
        let before = memory.clone();
        let Ok((_, gone)) = memory.erase(fact) else { return Ok(false) };
        let gone: Vec<String> = gone.iter().map(|id| id.as_str().to_owned()).collect();
        execute_among(self.engine, &mut transaction, "DELETE FROM session_content WHERE id", &gone).await?;
        put_changed(&mut transaction, &before, &memory).await?;
        transaction.commit().await?;
        drop(writer);
        self.empty_log();
        Ok(true)
    }
}

/// The name under which the words of a memory are kept. No session is called so.
fn shelf(owner: &OwnerId) -> SessionId {
    SessionId::new(format!("memory/{owner}"))
}

/// Two nodes that learn something of one owner do so one after the other. SQLite has a single writer anyway.
async fn lock(engine: Engine, connection: &mut AnyConnection, owner: &OwnerId) -> Result<(), StoreError> {
    if engine == Engine::Postgres {
        sqlx::query("SELECT pg_advisory_xact_lock(7310794, hashtext($1))")
            .bind(owner.to_string())
            .execute(connection)
            .await?;
    }
    Ok(())
}

async fn memory(connection: &mut AnyConnection, owner: &OwnerId) -> Result<Memory, StoreError> {
    let rows = sqlx::query("SELECT line FROM memory_fact WHERE owner = $1 ORDER BY id")
        .bind(owner.to_string())
        .fetch_all(connection)
        .await?;
    let mut facts = Vec::with_capacity(rows.len());
    for row in rows {
        let line: String = row.try_get(0)?;
        facts.push(
            serde_json::from_str(&line).map_err(|error| StoreError::corrupt("remembered fact", error))?,
        );
    }
    Ok(Memory::restore(owner.clone(), facts))
}

async fn put_words(
    engine: Engine,
    connection: &mut AnyConnection,
    owner: &OwnerId,
    contents: &Contents,
    wanted: &[PrivateId],
) -> Result<(), StoreError> {
    let rows = contents.iter().filter(|(id, _)| wanted.contains(id));
    let rows = rows.map(|(id, value)| (id.as_str().to_owned(), value.to_string())).collect();
    let shelf = shelf(owner).to_string();
    let bind = |statement: crate::statement::Statement, (id, value): (String, String)| {
        statement.bind(shelf.clone()).bind(id).bind(value)
    };
    Ok(WORDS.run(engine, connection, rows, bind).await?)
}

async fn put_changed(
    connection: &mut AnyConnection,
    before: &Memory,
    after: &Memory,
) -> Result<(), StoreError> {
    for fact in after.list().filter(|fact| before.list().all(|known| known != *fact)) {
        let line =
            serde_json::to_string(fact).map_err(|error| StoreError::corrupt("remembered fact", error))?;
        sqlx::query(
            "INSERT INTO memory_fact (owner, id, line) VALUES ($1, $2, $3) \
             ON CONFLICT (owner, id) DO UPDATE SET line = excluded.line",
        )
        .bind(after.owner().to_string())
        .bind(fact.id.to_string())
        .bind(line)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
