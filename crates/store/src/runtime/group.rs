//! One commit for all batches that wait: a disk takes as long for a hundred as for one.

use std::collections::BTreeSet;

use agent::{AppendRefusal, Lease};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool, Connection};
use tokio::sync::{mpsc, oneshot};

use super::append::{append, refusal};
use super::at_once::{self, Queries};
use super::carrier::Carrier;
use super::page::Page;
use super::settings::Known;
use crate::{Engine, StoreError};

/// The most batches that are taken at once.
const MAX_GROUP: usize = 256;
/// After how many rows SQLite's log is carried over. Most of them are of the same pages, so that to wait saves work, and the disk
/// is slow for commits meanwhile; the log is short enough still to be carried over in a moment.
const CARRIED_EACH: usize = 2_048;
/// How many commits follow each other on one connection while batches wait, before others get a turn who write.
const MAX_IN_A_ROW: usize = 8;

/// What one batch led to.
pub(super) type Appended = Result<Result<(), AppendRefusal>, StoreError>;

/// A batch and who waits for it.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) page: Page,
    /// The lease under which the session begins, where this is its first batch and nothing knows of it yet.
    pub(super) begins: Option<Lease>,
    pub(super) answer: oneshot::Sender<Appended>,
}

/// The one task that appends.
#[derive(Debug)]
pub(super) struct Committer {
    engine: Engine,
    writer: AnyPool,
    settings: Known,
    carrier: Option<Carrier>,
    queries: Queries,
    /// A connection for the next commit: to give it back and get it again is a way to its thread and back, twice.
    connection: Option<PoolConnection<Any>>,
    rows_written: usize,
}

impl Committer {
    pub(super) fn new(
        (engine, writer): (Engine, AnyPool),
        settings: Known,
        carrier: Option<Carrier>,
    ) -> Self {
        let queries = Queries::default();
        Self { engine, writer, settings, carrier, queries, connection: None, rows_written: 0 }
    }

    /// Takes what waits, writes it, commits, and answers; until nobody is left who could append.
    pub(super) async fn commit_together(mut self, mut batches: mpsc::Receiver<Waiting>) {
        let mut group = Vec::with_capacity(MAX_GROUP);
        let mut in_a_row = 0;
        while batches.recv_many(&mut group, MAX_GROUP).await > 0 {
            // Two nodes lock the rows of sessions in the same order, so neither waits for the other in a circle. The sort keeps
            // the order within a session.
            group.sort_by(|a, b| a.page.session.cmp(&b.page.session));
            while !group.is_empty() {
                let count = self.together(&group);
                let committed = self.commit(&group[..count]).await;
                if committed.is_err() {
                    self.connection = None;
                }
                self.carry(&group[..count]);
                answer(group.drain(..count), committed);
                in_a_row += 1;
            }
            if batches.is_empty() || in_a_row >= MAX_IN_A_ROW {
                self.connection = None;
                in_a_row = 0;
            }
        }
    }

    /// How many go into the next commit: of different sessions, from the head of a list that is sorted by session.
    fn together(&self, group: &[Waiting]) -> usize {
        let same = group.windows(2).position(|pair| pair[0].page.session == pair[1].page.session);
        let different = same.map_or(group.len(), |place| place + 1);
        match self.engine {
            Engine::Sqlite => at_once::fitting(&group[..different]).max(1),
            Engine::Postgres => different,
        }
    }

    async fn commit(&mut self, group: &[Waiting]) -> Result<Vec<Result<(), AppendRefusal>>, StoreError> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.writer.acquire().await?,
        };
        let settings = group.iter().flat_map(|waiting| &waiting.page.settings);
        self.settings.keep(&mut connection, settings).await?;
        let is_at_once = self.engine == Engine::Sqlite && at_once::fitting(group) == group.len();
        let accepted = match is_at_once {
            true => self.queries.commit(&mut connection, group).await?,
            false => commit_in_steps(self.engine, &mut connection, group).await?,
        };
        let mut results = Vec::with_capacity(group.len());
        for Waiting { page, .. } in group {
            results.push(match accepted.contains(&page.session) {
                true => Ok(()),
                false => Err(refusal(&mut connection, page).await?),
            });
        }
        self.connection = Some(connection);
        Ok(results)
    }

    fn carry(&mut self, group: &[Waiting]) {
        let Some(carrier) = &self.carrier else { return };
        self.rows_written += group
            .iter()
            .map(|waiting| waiting.page.entries.len() + waiting.page.contents.len())
            .sum::<usize>();
        if group.iter().any(|waiting| !waiting.page.shredded.is_empty()) {
            carrier.empty();
        } else if self.rows_written >= CARRIED_EACH {
            self.rows_written = 0;
            carrier.carry();
        }
    }
}

async fn commit_in_steps(
    engine: Engine,
    connection: &mut PoolConnection<Any>,
    group: &[Waiting],
) -> Result<BTreeSet<String>, StoreError> {
    let mut transaction = connection.begin_with(engine.begin_import()).await?;
    let accepted = append(engine, &mut transaction, group).await?;
    transaction.commit().await?;
    Ok(accepted)
}

/// Whoever does not wait any more has dropped the session, and will load it again.
fn answer(
    group: impl Iterator<Item = Waiting>,
    committed: Result<Vec<Result<(), AppendRefusal>>, StoreError>,
) {
    match committed {
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
