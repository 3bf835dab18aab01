//! What the devices of a session see, on any node.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use agent::{PrivateId, Seq, SessionId, StreamPart, parts};
use serde_json::Value;
use tokio::sync::watch;

use crate::NodeError;
use crate::node::Core;

/// Who listens to which session.
#[derive(Debug, Default)]
pub(crate) struct Ears(Mutex<HashMap<SessionId, watch::Sender<()>>>);

/// A part with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The part, at its position.
    pub part: StreamPart,
    /// The words that it refers to; `None` where it refers to none, or they were erased.
    pub words: Option<Value>,
}

/// The stream of a session from a position on. Another one, on this node or another, that begins where this one stopped
/// goes on without a part lost or repeated.
#[derive(Debug)]
pub struct Listening {
    core: Arc<Core>,
    session: SessionId,
    after: Seq,
    changes: watch::Receiver<()>,
}

impl Ears {
    fn lock(&self) -> MutexGuard<'_, HashMap<SessionId, watch::Sender<()>>> {
        // A table of senders is whole after every statement.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to listen.
    pub(crate) fn open(&self, session: &SessionId) -> watch::Receiver<()> {
        self.lock().entry(session.clone()).or_insert_with(|| watch::channel(()).0).subscribe()
    }

    /// Says that the journal of a session is longer.
    pub(crate) fn tell(&self, session: &SessionId) {
        if let Some(ear) = self.lock().get(session) {
            ear.send_replace(());
        }
    }

    /// Has everybody look into the store, where other nodes write too, and forgets those who do not listen any more.
    pub(crate) fn tell_all(&self) {
        self.lock().retain(|_, ear| {
            ear.send_replace(());
            ear.receiver_count() > 0
        });
    }

    /// Ends all streams.
    pub(crate) fn shut(&self) {
        self.lock().clear();
    }
}

impl Listening {
    pub(crate) fn new(core: Arc<Core>, session: SessionId, after: Seq) -> Self {
        let changes = core.ears.open(&session);
        Self { core, session, after, changes }
    }

    /// The position up to which everything was told.
    pub fn position(&self) -> Seq {
        self.after
    }

    /// The next parts, at least one, as soon as there are any.
    pub async fn next(&mut self) -> Result<Vec<Told>, NodeError> {
        loop {
            self.changes.borrow_and_update();
            let told = self.look().await?;
            if !told.is_empty() {
                return Ok(told);
            }
            self.changes.changed().await.map_err(|_| NodeError::Stopped)?;
        }
    }

    /// The parts that there are now; none where there is nothing new.
    pub async fn look(&mut self) -> Result<Vec<Told>, NodeError> {
        let entries = self.core.runtime.entries(&self.session, self.after).await?;
        let Some(last) = entries.last() else { return Ok(Vec::new()) };
        let found: Vec<StreamPart> = parts(&entries, self.after).collect();
        let ids: Vec<PrivateId> =
            found.iter().filter_map(|part| part.part.private()).map(|private| private.id.clone()).collect();
        let words = self.core.runtime.words(&self.session, &ids).await?;
        self.after = last.seq;
        let told = found.into_iter().map(|part| {
            let words = part.part.private().and_then(|private| words.value(private)).cloned();
            Told { part, words }
        });
        Ok(told.collect())
    }
}
