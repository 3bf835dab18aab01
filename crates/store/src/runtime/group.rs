//! One commit for all batches that wait: a disk takes as long for a hundred as for one.

use agent::{AppendRefusal, Batch, Entry, Lease};
use sqlx::{AnyPool, Connection};
use tokio::sync::{mpsc, oneshot};

use super::append::append;
use super::carrier::Carrier;
use super::settings::Known;
use crate::{Engine, StoreError};

/// The most batches in one commit.
const MAX_GROUP: usize = 256;
/// After how many commits SQLite's log is carried over.
const CARRIED_EACH: usize = 64;

/// What one batch led to.
pub(super) type Appended = Result<Result<(), AppendRefusal>, StoreError>;

/// A batch and who waits for it.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) batch: Batch,
    /// The lease under which the session begins, where this is its first batch and nothing knows of it yet.
    pub(super) begins: Option<Lease>,
    pub(super) answer: oneshot::Sender<Appended>,
}

/// Takes what waits, writes it, commits, and answers; until nobody is left who could append.
pub(super) async fn commit_together(
    (engine, writer): (Engine, AnyPool),
    (settings, carrier): (Known, Option<Carrier>),
    mut batches: mpsc::Receiver<Waiting>,
) {
    let mut group = Vec::with_capacity(MAX_GROUP);
    let mut commits: usize = 0;
    while batches.recv_many(&mut group, MAX_GROUP).await > 0 {
        // Two nodes lock the rows of sessions in the same order, so neither waits for the other in a circle. The sort keeps
        // the order within a session.
        group.sort_by(|a, b| a.batch.session.cmp(&b.batch.session));
        let written = write((engine, &writer), &settings, &group).await;
        let erases = group.iter().any(|waiting| !waiting.batch.shredded.is_empty());
        answer(group.drain(..), written);
        commits = commits.wrapping_add(1);
        match &carrier {
            Some(carrier) if erases => carrier.empty(),
            Some(carrier) if commits.is_multiple_of(CARRIED_EACH) => carrier.carry(),
            _ => {}
        }
    }
}

async fn write(
    (engine, writer): (Engine, &AnyPool),
    settings: &Known,
    group: &[Waiting],
) -> Result<Vec<Result<(), AppendRefusal>>, StoreError> {
    let mut connection = writer.acquire().await?;
    let entries = group.iter().flat_map(|waiting| &waiting.batch.entries);
    settings.keep(&mut connection, entries.filter_map(Entry::settings)).await?;
    let mut transaction = connection.begin_with(engine.begin_import()).await?;
    let mut results = Vec::with_capacity(group.len());
    let mut left = group;
    while !left.is_empty() {
        let (now, later) = left.split_at(of_different_sessions(left));
        results.extend(append(engine, &mut transaction, now).await?);
        left = later;
    }
    transaction.commit().await?;
    Ok(results)
}

/// How many batches at the head of these are of different sessions, of a list that is sorted by session.
fn of_different_sessions(group: &[Waiting]) -> usize {
    let same = group.windows(2).position(|pair| pair[0].batch.session == pair[1].batch.session);
    same.map_or(group.len(), |place| place + 1)
}

/// Whoever does not wait any more has dropped the session, and will load it again.
fn answer(group: impl Iterator<Item = Waiting>, written: Result<Vec<Result<(), AppendRefusal>>, StoreError>) {
    match written {
        Ok(results) => group.zip(results).for_each(|(waiting, result)| {
            let _ = waiting.answer.send(Ok(result));
        }),
        Err(error) => {
            let why = error.to_string();
            group.for_each(|waiting| {
                let _ = waiting.answer.send(Err(StoreError::Unknown { why: why.clone() }));
            });
        }
    }
}
