//! A session begins.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::{Epoch, NodeId, OwnerId, Scope, Seq, SessionId, SharedSettings, Spent, State, Time};

/// The first event of every journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// The session.
    pub session: SessionId,
    /// Whose it is, for ever.
    pub owner: OwnerId,
    /// The node that opens it.
    pub node: NodeId,
    /// What it runs under.
    #[serde(default = "SharedSettings::apart", skip_serializing_if = "SharedSettings::is_apart")]
    pub settings: SharedSettings,
    /// What it is allowed.
    pub scopes: BTreeSet<Scope>,
    /// Where jitter comes from.
    pub seed: u64,
}

impl Incoming for Opened {
    fn is_news(&self, _: &State) -> bool {
        false
    }
}

impl Opened {
    /// The state after this event.
    pub(crate) fn state(&self, at: Time, epoch: Epoch, seq: Seq) -> State {
        State {
            session: self.session.clone(),
            owner: self.owner.clone(),
            opened_at: at,
            now: at,
            seq,
            epoch,
            holder: self.node.clone(),
            seed: self.seed,
            settings: self.settings.clone(),
            scopes: self.scopes.clone(),
            turn: None,
            history: Vec::new(),
            activities: BTreeMap::new(),
            news: BTreeSet::new(),
            recent: VecDeque::new(),
            facts: BTreeMap::new(),
            spent: Spent::default(),
            overrun: Spent::default(),
            shredding: BTreeSet::new(),
            inherited: BTreeMap::new(),
            untold: Vec::new(),
            heir: None,
            closed: false,
        }
    }
}
