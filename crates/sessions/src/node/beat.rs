//! What a node does from time to time: leases, timers, outbox, rest.

use std::sync::{Arc, Weak};
use std::time::Duration;

use agent::{Contents, EventKind, SessionId, Time, Woke};
use tokio::time::MissedTickBehavior;

use super::{Core, Node, millis};
use crate::NodeError;
use crate::letter::Letter;

/// How many sessions are woken with one beat.
const MAX_WOKEN: u32 = 256;
/// How often a lease is renewed before it would run out. Each time is a commit that others wait for.
const RENEWALS: u32 = 6;

impl Node {
    /// Looks after leases, timers, the outbox, streams, and sessions at rest. A node does so by itself unless its options say
    /// otherwise.
    pub async fn beat(&self) -> Result<(), NodeError> {
        self.core.beat().await
    }
}

/// Beats until the node is gone.
pub(super) async fn go_on(core: Weak<Core>, pace: Duration) {
    let mut beats = tokio::time::interval(pace);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut fault = None;
    while let Some(core) = core.upgrade() {
        let done = tokio::select! {
            _ = beats.tick() => core.beat().await,
            () = core.bell.notified() => core.deliver().await,
        };
        let now = done.err().map(|error| error.to_string());
        // A fault is logged when it begins and when it changes, not with each beat.
        if now != fault {
            match &now {
                Some(error) => tracing::error!("sessions are not looked after: {error}"),
                None => tracing::info!("sessions are looked after again"),
            }
            fault = now;
        }
    }
}

impl Core {
    async fn beat(self: &Arc<Self>) -> Result<(), NodeError> {
        self.renew().await?;
        self.wake().await?;
        self.deliver().await?;
        self.ears.tell_all();
        self.rest();
        self.give_way().await
    }

    async fn renew(&self) -> Result<(), NodeError> {
        let (now, pause) = (self.now(), millis(self.options.lease / RENEWALS));
        if self.renewed().is_some_and(|last| last <= now && now.since(last) < pause) {
            return Ok(());
        }
        // A session that waits for its lease is not lost: it has not been held yet.
        let asked = self.live.held();
        if asked.is_empty() {
            return Ok(());
        }
        let sessions: Vec<SessionId> = asked.keys().cloned().collect();
        let held = self.runtime.renew_all(&self.name, &sessions, self.lease_end()).await?;
        *self.renewed() = Some(now);
        for (session, tenure) in asked.iter().filter(|(session, _)| !held.contains(*session)) {
            self.live.tell_lost(session, *tenure);
        }
        Ok(())
    }

    async fn wake(self: &Arc<Self>) -> Result<(), NodeError> {
        for session in self.runtime.waiting_for(&self.name, self.now(), MAX_WOKEN).await? {
            let letter = Letter::note(|_| (EventKind::Woke(Woke {}), Contents::default()));
            // One that has no room now is still due with the next beat.
            if let Err(NodeError::Stopped) = self.post(&session, letter) {
                return Err(NodeError::Stopped);
            }
        }
        Ok(())
    }

    /// Gives back what another node waits for, as soon as nothing is under way in it.
    async fn give_way(&self) -> Result<(), NodeError> {
        if self.live.held().is_empty() {
            return Ok(());
        }
        let wanted = self.runtime.wanted(&self.name, self.wanted_since()).await?;
        if !wanted.is_empty() {
            self.live.send_where(|| Letter::Rest, |session, _| wanted.contains(session));
        }
        Ok(())
    }

    /// Since when a node that lives can have said that it waits.
    pub(crate) fn wanted_since(&self) -> Time {
        let patience = i64::try_from(millis(self.options.patience)).unwrap_or(i64::MAX);
        Time::from_millis(self.now().millis().saturating_sub(patience))
    }

    fn rest(&self) {
        let (now, idle) = (self.now(), millis(self.options.idle));
        self.live.send_where(|| Letter::Rest, |_, used| now.since(used) >= idle);
    }
}
