//! One commit for all requests that wait, with SQLite: its one writer would make them wait for the disk one by one.
//!
//! Requests of a group are decided one after the other, each on what those before it have written, and each writes within a
//! savepoint: what goes wrong with one is undone alone. Nobody is answered before the commit.

use sqlx::{AnyConnection, AnyPool, Connection};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use super::attempt::{Attempt, Tried};
use crate::{Engine, StoreError};

/// How many requests wait for the disk; beyond that, they are refused as too many.
const MAX_WAITING: usize = 4_096;
/// The most requests in one commit, so that the first of them does not wait for long.
const MAX_GROUP: usize = 64;

/// A request and who waits for it.
#[derive(Debug)]
pub(super) struct Waiting {
    attempt: Attempt,
    answer: oneshot::Sender<Tried>,
}

/// Begins to commit for all callers, until nobody is left who could ask for it.
pub(super) fn begin(writer: AnyPool) -> mpsc::Sender<Waiting> {
    let (waiting, requests) = mpsc::channel(MAX_WAITING);
    tokio::spawn(commit_together(writer, requests));
    waiting
}

/// Tries a request together with others that wait. A request whose caller is gone is carried out all the same.
pub(super) async fn join(waiting: &mpsc::Sender<Waiting>, attempt: Attempt) -> Tried {
    let (answer, tried) = oneshot::channel();
    waiting.try_send(Waiting { attempt, answer }).map_err(|error| match error {
        TrySendError::Full(_) => StoreError::Crowded,
        TrySendError::Closed(_) => unknown(&"the books are closed"),
    })?;
    tried.await.map_err(|_| unknown(&"the books were closed meanwhile"))?
}

async fn commit_together(writer: AnyPool, mut requests: mpsc::Receiver<Waiting>) {
    let mut group = Vec::with_capacity(MAX_GROUP);
    while requests.recv_many(&mut group, MAX_GROUP).await > 0 {
        let tried = try_all(&writer, &group).await;
        answer(group.drain(..), tried);
    }
}

async fn try_all(writer: &AnyPool, group: &[Waiting]) -> Result<Vec<Tried>, StoreError> {
    let mut connection = writer.acquire().await?;
    let mut transaction = connection.begin_with(Engine::Sqlite.begin_import()).await?;
    let mut all = Vec::with_capacity(group.len());
    for waiting in group {
        all.push(try_one(&mut transaction, &waiting.attempt).await?);
    }
    transaction.commit().await?;
    Ok(all)
}

/// An error beside what was tried says that the whole group is lost: a disk that is full ends the transaction.
async fn try_one(connection: &mut AnyConnection, attempt: &Attempt) -> Result<Tried, StoreError> {
    let decided = match attempt.decide(Engine::Sqlite, connection).await {
        Ok(Ok(decided)) => decided,
        Ok(Err(missed)) => return Ok(Ok(Err(missed))),
        Err(error) => return Ok(Err(error)),
    };
    let mut savepoint = connection.begin().await?;
    match attempt.write(Engine::Sqlite, &mut savepoint, &decided).await {
        Ok(()) => savepoint.commit().await?,
        Err(error) => {
            savepoint.rollback().await?;
            return Ok(Err(error.into()));
        }
    }
    Ok(Ok(Ok(decided.changes)))
}

/// Whoever does not wait any more asks for the fate of the key, or sends it again.
fn answer(group: impl Iterator<Item = Waiting>, tried: Result<Vec<Tried>, StoreError>) {
    match tried {
        Ok(all) => group.zip(all).for_each(|(waiting, tried)| {
            let _ = waiting.answer.send(tried);
        }),
        Err(error) => group.for_each(|waiting| {
            let _ = waiting.answer.send(Err(unknown(&error).into()));
        }),
    }
}

fn unknown(why: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unknown { why: why.to_string() }
}
