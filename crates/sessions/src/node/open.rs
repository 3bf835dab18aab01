//! Opening a session.

use std::collections::BTreeSet;

use agent::{Contents, Event, EventKind, Opened, OwnerId, Scope, Session, SessionId, Settings};

use super::{Node, names};
use crate::NodeError;
use crate::actor::Held;
use crate::letter::Letter;

/// What a session begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// Whose it is, for ever.
    pub owner: OwnerId,
    /// What it runs under.
    pub settings: Settings,
    /// What it is allowed.
    pub scopes: BTreeSet<Scope>,
}

impl Node {
    /// Opens a session and returns its name when it is on the disk.
    pub async fn open(&self, opening: Opening) -> Result<SessionId, NodeError> {
        let session = SessionId::new(names::new_id("ses"));
        self.open_as(&session, opening).await?;
        Ok(session)
    }

    /// Opens a session under a name that nobody has used.
    pub async fn open_as(&self, session: &SessionId, opening: Opening) -> Result<(), NodeError> {
        let faults = opening.settings.faults();
        if !faults.is_empty() {
            return Err(NodeError::BadSettings(faults));
        }
        let core = &self.core;
        let until = core.lease_end();
        let lease = core.runtime.acquire(session, &core.name, core.now(), until).await?;
        let lease = lease.ok_or(NodeError::Elsewhere)?;
        let Opening { owner, settings, scopes } = opening;
        let seed = names::new_seed();
        let (node, epoch) = (core.name.clone(), lease.epoch);
        let opened = Opened { session: session.clone(), owner, node, settings, scopes, seed };
        let kind = EventKind::Opened(opened);
        let event = Event { at: core.now(), epoch, kind, contents: Contents::default() };
        let opened = Session::open(event).ok_or(NodeError::Unknown)?;
        let mut held = Held::new(opened, lease);
        core.recall(&mut held).await?;
        let (letter, stored) = Letter::store();
        if let Some(fresh) = core.live.post(session, letter, core.caps())? {
            core.employ(session.clone(), fresh, Some(held));
        }
        stored.await.map_err(|_| NodeError::Stopped)??;
        Ok(())
    }
}
