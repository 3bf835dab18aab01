//! Taking a session, and giving it back.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use agent::{Contents, Effect, Event, EventKind, Lease, LeaseTaken, Seq, Session, Snapshot, Time};
use store::{Resumed, Runtime};
use tokio::time::Instant;

use super::Actor;
use crate::{NodeError, Receipt};

/// How often a session that another node holds is asked for.
const PACE: Duration = Duration::from_millis(20);

/// A session that this node may write.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) session: Session,
    lease: Lease,
    /// What is to be acted on once it is stored.
    pub(crate) effects: Vec<Effect>,
    /// Whether what is in memory is what is stored, apart from what is not stored yet.
    pub(crate) is_sure: bool,
    /// Where the newest snapshot stands that is stored.
    snapshot_at: Arc<AtomicU64>,
    /// Where a snapshot was last taken, stored or not.
    taken_at: Seq,
    /// Whether all words of the session are in memory, and not those alone that its state refers to.
    has_all_words: bool,
    /// Whether the store has not heard of the session yet.
    pub(super) is_begun: bool,
}

impl Held {
    /// A session under a lease.
    pub(crate) fn new(session: Session, lease: Lease) -> Self {
        let seq = session.state().seq;
        Self::since(session, lease, seq)
    }

    /// A session under a lease, and where its newest snapshot stands.
    fn since(session: Session, lease: Lease, snapshot_at: Seq) -> Self {
        Self {
            session,
            lease,
            effects: Vec::new(),
            is_sure: true,
            snapshot_at: Arc::new(AtomicU64::new(snapshot_at.0)),
            taken_at: snapshot_at,
            has_all_words: true,
            is_begun: false,
        }
    }

    /// A session that is stored together with its lease.
    pub(crate) fn begun(session: Session, lease: Lease) -> Self {
        Self { is_begun: true, ..Self::new(session, lease) }
    }

    /// The lease that is to be stored with the next batch, the first one.
    pub(crate) fn take_begun(&mut self) -> Option<Lease> {
        std::mem::take(&mut self.is_begun).then(|| self.lease.clone())
    }

    /// Sees to it that what an event may ask for is in memory.
    pub(super) async fn prepare(&mut self, runtime: &Runtime, kind: &EventKind) -> Result<(), NodeError> {
        if !self.has_all_words && matches!(kind, EventKind::Forgotten(_)) {
            let all = runtime.contents(&self.session.state().session).await?;
            self.session.restore(&all);
            self.has_all_words = true;
        }
        Ok(())
    }

    /// Takes an event in; what follows is kept until it is stored.
    pub(crate) fn step(&mut self, at: Time, kind: EventKind, contents: Contents) -> Receipt {
        let before = self.session.state().seq;
        let epoch = self.lease.epoch;
        self.effects.extend(agent::step(&mut self.session, Event { at, epoch, kind, contents }));
        let last = self.session.state().seq;
        Receipt { first: before.next(), last, is_news: last > before }
    }

    /// The receipt of nothing new.
    pub(crate) fn standing(&self) -> Receipt {
        let last = self.session.state().seq;
        Receipt { first: last, last, is_news: false }
    }

    /// A snapshot, where the last one was taken so many entries ago, and where to note that it is stored.
    pub(super) fn due_snapshot(&mut self, every: u64) -> Option<(Snapshot, Arc<AtomicU64>)> {
        let seq = self.session.state().seq;
        (seq.0 >= self.taken_at.0.saturating_add(every)).then(|| {
            self.taken_at = seq;
            (Snapshot::of(self.session.state()), Arc::clone(&self.snapshot_at))
        })
    }

    /// A snapshot, where the last one that is stored stands so many entries back.
    fn last_snapshot(&self, every: u64) -> Option<Snapshot> {
        let is_due =
            self.session.state().seq.0 >= self.snapshot_at.load(Ordering::Relaxed).saturating_add(every);
        is_due.then(|| Snapshot::of(self.session.state()))
    }
}

impl Actor {
    /// Takes the lease, loads the session, and tells it that it has changed hands. What follows from that is stored with
    /// the first letters.
    pub(super) async fn take(&self) -> Result<Held, NodeError> {
        let runtime = &self.core.runtime;
        runtime.session(&self.session).await?.ok_or(NodeError::Unknown)?;
        let lease = self.acquire().await?;
        match self.load(lease.clone()).await {
            Ok(held) => Ok(held),
            Err(error) => {
                // It runs out by itself where it cannot be given back.
                let _ = runtime.release(lease).await;
                Err(error)
            }
        }
    }

    async fn load(&self, lease: Lease) -> Result<Held, NodeError> {
        let Resumed { session, snapshot_at } =
            self.core.runtime.resume(&self.session).await?.ok_or(NodeError::Unknown)?;
        let mut held = Held { has_all_words: false, ..Held::since(session, lease, snapshot_at) };
        let taken = LeaseTaken { node: self.core.name.clone(), epoch: held.lease.epoch };
        held.step(self.core.now(), EventKind::LeaseTaken(taken), Contents::default());
        self.core.recall(&mut held).await?;
        Ok(held)
    }

    /// Waits until the session is free, for as long as a letter waits. Whoever holds it is told that it is waited for.
    async fn acquire(&self) -> Result<Lease, NodeError> {
        let (core, session) = (&self.core, &self.session);
        let begun = Instant::now();
        let mut waits = false;
        let taken = loop {
            let (now, until) = (core.now(), core.lease_end());
            if let Some(lease) = core.runtime.acquire(session, &core.name, now, until).await? {
                break Ok(lease);
            }
            if begun.elapsed() >= core.options.patience {
                break Err(NodeError::Elsewhere);
            }
            if !waits {
                core.runtime.want(session, &core.name, (now, core.wanted_since())).await?;
                waits = true;
            }
            tokio::time::sleep(PACE).await;
        };
        if waits {
            // It is forgotten by itself where it cannot be taken back.
            let _ = core.runtime.want_no_more(session, &core.name).await;
        }
        taken
    }

    /// Gives the session back. What is under way is looked into by whoever takes it next.
    pub(super) async fn give_back(&mut self, held: Held) {
        self.stop_workers().await;
        let snapshot = held.last_snapshot(self.core.options.snapshot_every / 4).filter(|_| held.is_sure);
        if let Some(snapshot) = snapshot {
            // A snapshot that was not stored is no loss.
            let _ = self.core.runtime.put_snapshot(&self.session, &snapshot).await;
        }
        // It runs out by itself where it cannot be given back.
        let _ = self.core.runtime.release(held.lease).await;
    }
}
