//! Opening a session.

use std::collections::BTreeSet;

use agent::{
    CheckedSettings, Contents, Epoch, Event, EventKind, Lease, Opened, OwnerId, Scope, Session, SessionId,
};

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
    pub settings: CheckedSettings,
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

    /// Opens a session under a name that nobody has used, and returns when it is on the disk.
    pub async fn open_as(&self, session: &SessionId, opening: Opening) -> Result<(), NodeError> {
        self.begin(session, opening).await?;
        let (letter, stored) = Letter::store();
        self.core.post(session, letter)?;
        stored.await.map_err(|_| NodeError::Stopped)??;
        Ok(())
    }

    /// Begins a session under a name that nobody has used. It is on the disk with the first event that is handed in, in
    /// the same commit; what nobody says anything in is stored when it goes to rest.
    pub async fn begin(&self, session: &SessionId, opening: Opening) -> Result<(), NodeError> {
        let core = &self.core;
        let lease = Lease {
            session: session.clone(),
            node: core.name.clone(),
            epoch: Epoch::default().next(),
            until: core.lease_end(),
        };
        let opened = Opened {
            session: session.clone(),
            owner: opening.owner,
            node: core.name.clone(),
            settings: opening.settings.share(),
            scopes: opening.scopes,
            seed: names::new_seed(),
        };
        let (at, epoch, kind) = (core.now(), lease.epoch, EventKind::Opened(opened));
        let event = Event { at, epoch, kind, contents: Contents::default() };
        let opened = Session::open(event).ok_or(NodeError::Unknown)?;
        let mut held = Held::begun(opened, lease);
        core.recall(&mut held).await?;
        let fresh = core.live.open(session, core.caps())?.ok_or(NodeError::Elsewhere)?;
        core.employ(session.clone(), fresh, Some(held));
        Ok(())
    }
}
