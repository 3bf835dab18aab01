//! Sessions of agents: journal, contents, leases, timers and outbox, as [`agent::shell`] asks for them.
//!
//! **Invariant**: a batch is stored whole or not at all, only by the node whose epoch holds, and only where the journal ends
//! as that node believes; when `append` has returned, it is on the disk.

mod append;
mod carrier;
mod file;
mod group;
mod handover;
mod lease;
mod list;
mod load;
mod memory;
mod outbox;
mod page;
mod review;
mod settings;
mod timer;
mod turn;
mod wanted;

pub use handover::HandoverRow;
pub use list::SessionRow;
pub use load::Resumed;
pub use outbox::OutboxEffect;
pub use review::ReviewRow;

use std::thread;
use std::time::Duration;

use sqlx::AnyPool;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use crate::durable::{self, Writing};
use crate::{Engine, StoreError, engine, schema};

/// How many batches wait for the disk; beyond that, appending is refused as busy.
const MAX_WAITING: usize = 4_096;
/// The thread that appends with SQLite, as a debugger shows it.
const WRITER: &str = "journal";

/// Where sessions are kept. Cheap to clone; clones share connections and commits.
///
/// With SQLite this is a file of its own: an import holds the catalog's file for as long as it runs, and no session waits
/// for that. With PostgreSQL it may be the same database.
#[derive(Clone, Debug)]
pub struct Runtime {
    engine: Engine,
    writer: turn::Writer,
    readers: AnyPool,
    settings: settings::Known,
    waiting: mpsc::Sender<group::Waiting>,
    /// With SQLite.
    carrier: Option<carrier::Carrier>,
}

impl Runtime {
    /// Opens the sessions at a URL like that of [`crate::Store::open`], and brings the schema up to date. Needs a Tokio
    /// runtime: one task or thread commits for all callers together.
    pub async fn open(url: &str, patience: Duration) -> Result<Self, StoreError> {
        let engine = Engine::of(url)?;
        let (writer, readers) = durable::connect(engine, url, patience, Writing::Together).await?;
        schema::migrate(engine, &writer, &engine::location(url)).await?;
        let turns = (engine == Engine::Sqlite && !engine::is_memory(url)).then(turn::Turns::default);
        let writer = turn::Writer::new(writer, turns.clone());
        let (waiting, batches) = mpsc::channel(MAX_WAITING);
        let settings = settings::Known::default();
        let carrier =
            (engine == Engine::Sqlite).then(|| carrier::Carrier::employ(readers.clone(), writer.clone()));
        let committer = group::Committer::new((engine, writer.clone()), settings.clone(), carrier.clone());
        if let Some(turns) = turns {
            let (file, handle) = (file::File::open(url, patience)?, Handle::current());
            thread::Builder::new()
                .name(WRITER.to_owned())
                .spawn(move || committer.commit_in_place((file, turns), batches, &handle))
                .map_err(|error| StoreError::connecting(&engine::location(url), error.into()))?;
        } else {
            tokio::spawn(committer.commit_together(batches));
        }
        Ok(Self { engine, writer, readers, settings, waiting, carrier })
    }

    /// Something was erased: the log, which holds it still, is emptied beside the commits.
    fn empty_log(&self) {
        if let Some(carrier) = &self.carrier {
            carrier.empty();
        }
    }

    /// Closes all connections, after what they are doing.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// A number as both engines keep it.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A number that was kept.
fn restored(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
