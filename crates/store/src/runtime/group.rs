//! One commit for all batches that wait: a disk takes as long for a hundred as for one.

use std::collections::BTreeSet;

use agent::{AppendRefusal, Lease};
use sqlx::{AnyConnection, Connection};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use super::append::{append, refusal};
use super::carrier::Carrier;
use super::file::File;
use super::page::Page;
use super::settings::Known;
use super::turn::{Turns, Writer};
use crate::{Engine, StoreError};

/// The most batches that are taken at once.
const MAX_GROUP: usize = 256;
/// After how many rows SQLite's log is carried over where nobody waits: so few that whoever comes meanwhile waits for a millisecond.
/// Beside the commits of another connection it would never be carried over whole, and grow, and each part would hold up the disk.
const CARRIED_AT_REST: usize = 96;
/// After how many rows it is carried over although somebody waits.
const CARRIED_AT_WORK: usize = 8_192;

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

/// Whoever appends: a task, or with SQLite in a file a thread.
#[derive(Debug)]
pub(super) struct Committer {
    engine: Engine,
    writer: Writer,
    settings: Known,
    carrier: Option<Carrier>,
    rows_written: usize,
}

/// What one commit led to, in the order of its batches.
type Committed = Vec<Result<(), AppendRefusal>>;

impl Committer {
    pub(super) fn new((engine, writer): (Engine, Writer), settings: Known, carrier: Option<Carrier>) -> Self {
        Self { engine, writer, settings, carrier, rows_written: 0 }
    }

    /// Takes what waits, writes it, commits, and answers; until nobody is left who could append.
    pub(super) async fn commit_together(mut self, mut batches: mpsc::Receiver<Waiting>) {
        let mut group = Vec::with_capacity(MAX_GROUP);
        while batches.recv_many(&mut group, MAX_GROUP).await > 0 {
            sort(&mut group);
            while !group.is_empty() {
                let count = different(&group);
                let committed = self.commit(&group[..count]).await;
                self.end(group.drain(..count).collect(), committed);
            }
        }
    }

    /// The same on a thread of its own, which writes in place: each query that goes through a pool is a way to the thread of a
    /// connection and back, which takes longer than what is done there. What is rare goes through the pool all the same.
    pub(super) fn commit_in_place(
        mut self,
        (mut file, turns): (File, Turns),
        mut batches: mpsc::Receiver<Waiting>,
        handle: &Handle,
    ) {
        let mut group = Vec::with_capacity(MAX_GROUP);
        loop {
            let is_long = self.rows_written >= CARRIED_AT_WORK;
            if is_long || (self.rows_written >= CARRIED_AT_REST && batches.is_empty()) {
                self.rows_written = 0;
                file.carry_over();
            }
            if batches.blocking_recv_many(&mut group, MAX_GROUP) == 0 {
                return;
            }
            sort(&mut group);
            while !group.is_empty() {
                let different = &group[..different(&group)];
                let plain = different.iter().take_while(|waiting| self.is_plain(waiting)).count();
                let (count, committed) = match plain {
                    0 => (1, handle.block_on(self.commit(&group[..1]))),
                    plain => {
                        let _turn = turns.wait();
                        (plain, file.commit(&group[..plain]))
                    }
                };
                self.end(group.drain(..count).collect(), committed);
            }
        }
    }

    /// Whether nothing in it is rare: neither that something is erased, nor that the staff is asked, nor settings that are new.
    fn is_plain(&self, Waiting { page, .. }: &Waiting) -> bool {
        page.is_plain() && page.settings.iter().all(|settings| self.settings.has(settings))
    }

    async fn commit(&self, group: &[Waiting]) -> Result<Committed, StoreError> {
        let mut connection = self.writer.acquire().await?;
        let settings = group.iter().flat_map(|waiting| &waiting.page.settings);
        self.settings.keep(&mut connection, settings).await?;
        let accepted = commit_in_steps(self.engine, &mut connection, group).await?;
        let mut results = Vec::with_capacity(group.len());
        for Waiting { page, .. } in group {
            results.push(match accepted.contains(&page.session) {
                true => Ok(()),
                false => Err(refusal(&mut connection, page).await?),
            });
        }
        Ok(results)
    }

    /// Notes by how much the log has grown, and tells those who wait.
    fn end(&mut self, group: Vec<Waiting>, committed: Result<Committed, StoreError>) {
        self.note(&group);
        answer(group, committed);
    }

    fn note(&mut self, group: &[Waiting]) {
        self.rows_written += group
            .iter()
            .map(|waiting| waiting.page.entries.len() + waiting.page.contents.len())
            .sum::<usize>();
        let has_erased = group.iter().any(|waiting| !waiting.page.shredded.is_empty());
        if let Some(carrier) = self.carrier.as_ref().filter(|_| has_erased) {
            carrier.empty();
        }
    }
}

/// By session, each one's in their order: two nodes lock the rows of sessions in the same order, so neither waits for the other in a
/// circle.
fn sort(group: &mut [Waiting]) {
    group.sort_by(|a, b| a.page.session.cmp(&b.page.session));
}

/// How many go into the next commit: of different sessions, from the head of a list that is sorted by session.
fn different(group: &[Waiting]) -> usize {
    let same = group.windows(2).position(|pair| pair[0].page.session == pair[1].page.session);
    same.map_or(group.len(), |place| place + 1)
}

async fn commit_in_steps(
    engine: Engine,
    connection: &mut AnyConnection,
    group: &[Waiting],
) -> Result<BTreeSet<String>, StoreError> {
    let mut transaction = connection.begin_with(engine.begin_import()).await?;
    let accepted = append(engine, &mut transaction, group).await?;
    transaction.commit().await?;
    Ok(accepted)
}

/// Whoever does not wait any more has dropped the session, and will load it again.
fn answer(group: Vec<Waiting>, committed: Result<Committed, StoreError>) {
    match committed {
        Ok(results) => group.into_iter().zip(results).for_each(|(waiting, result)| {
            let _ = waiting.answer.send(Ok(result));
        }),
        Err(error) => {
            let why = error.to_string();
            group.into_iter().for_each(|waiting| {
                let _ = waiting.answer.send(Err(StoreError::Unknown { why: why.clone() }));
            });
        }
    }
}
