//! What a session is: the fold of its journal, and nothing else.

mod activity;
mod due;
mod room;
mod turn;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

pub use activity::{Activity, Approval, ApprovalVerdict, Failure, Fate, Stage};
pub use turn::{Advice, Consultation, Line, Notice, Origin, PastTurn, Phase, Thinking, Turn, TurnEnd};

use crate::digest::canonical;
use crate::{
    Digest, Epoch, Fact, FactId, Key, MessageId, NodeId, OwnerId, Private, PrivateId, Scope, Seq, SessionId,
    SharedSettings, Spent, Time, ToolName, TurnId,
};

/// How many messages are known again when a device sends them twice.
const RECENT_MESSAGES: usize = 256;

/// The state of a session. It holds references to what people said, never the words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Whose state.
    pub session: SessionId,
    /// The one shopper that the session belongs to; it never changes.
    pub owner: OwnerId,
    /// When it was opened.
    pub opened_at: Time,
    /// The latest moment that any event told. It never goes back.
    pub now: Time,
    /// The last entry.
    pub seq: Seq,
    /// The fencing token of the node that may write.
    pub epoch: Epoch,
    /// The node that may write.
    pub holder: NodeId,
    /// Where jitter comes from.
    pub seed: u64,
    /// What the session runs under.
    #[serde(default = "SharedSettings::apart", skip_serializing_if = "SharedSettings::is_apart")]
    pub settings: SharedSettings,
    /// What it is allowed.
    pub scopes: BTreeSet<Scope>,
    /// The turn that is under way.
    pub turn: Option<Turn>,
    /// Earlier turns, oldest first, as far as they have not been compacted away.
    pub history: Vec<PastTurn>,
    /// What was asked of the outside and is not forgotten yet.
    pub activities: BTreeMap<Key, Activity>,
    /// Activities that came to an end and that no decider has seen yet.
    pub news: BTreeSet<Key>,
    /// The last messages, oldest first.
    pub recent: VecDeque<MessageId>,
    /// What is remembered.
    pub facts: BTreeMap<FactId, Fact>,
    /// What the session spent; never more than its limits.
    pub spent: Spent,
    /// What deciders used beyond what they had announced. It counts against the limits too.
    pub overrun: Spent,
    /// Contents that are to be shredded and of which the store has not said that they are gone.
    pub shredding: BTreeSet<PrivateId>,
    /// Sessions whose owner this one's has shown to be, with the last turn there that came along.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inherited: BTreeMap<SessionId, TurnId>,
    /// What came along with these and is to be told with the reply to the next message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub untold: Vec<Private>,
    /// The session that goes on with what was said here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heir: Option<SessionId>,
    /// Whether new messages are refused. What is unfinished is still brought to its end.
    pub closed: bool,
}

impl State {
    /// The canonical bytes: the same state gives the same bytes on every machine.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        canonical(self)
    }

    /// The digest of the canonical bytes.
    pub fn digest(&self) -> Digest {
        Digest::of(&[&self.canonical_bytes()])
    }

    /// Activities that have not come to an end.
    pub fn open_activities(&self) -> impl Iterator<Item = (Key, &Activity)> {
        self.activities.iter().filter(|(_, activity)| !activity.stage.is_final()).map(|(key, a)| (*key, a))
    }

    /// The contents that it refers to and that a step or a context may read. Of what is over and compacted away the journal alone
    /// knows.
    pub fn privates(&self) -> BTreeSet<&PrivateId> {
        let turn = self.turn.iter().flat_map(Turn::privates);
        let past = self.history.iter().flat_map(|turn| turn.lines.iter().filter_map(Line::privates));
        let activities = self.activities.values().flat_map(Activity::privates);
        let facts = self.facts.values().flat_map(Fact::privates);
        let all = turn.chain(past).chain(activities).chain(facts).chain(&self.untold);
        all.map(|private| &private.id).collect()
    }

    /// The tool that takes an activity back, if there is one and it is still there.
    pub fn undo_of<'a>(&self, activity: &'a Activity) -> Option<&'a ToolName> {
        let is_there = |undo: &&ToolName| self.settings.tools.contains_key(*undo);
        activity.rules.idempotency.undo().filter(is_there).filter(|_| activity.undoes.is_none())
    }

    /// Remembers a message, so that it is not taken twice.
    pub(crate) fn note_message(&mut self, message: &MessageId) {
        if self.recent.len() == RECENT_MESSAGES {
            self.recent.pop_front();
        }
        self.recent.push_back(message.clone());
    }

    /// Shows ended activities to the turn that is under way.
    pub(crate) fn tell_news(&mut self) {
        let Some(turn) = &mut self.turn else { return };
        for key in std::mem::take(&mut self.news) {
            if let Some(line) = self.activities.get(&key).and_then(|activity| Line::settled(key, activity)) {
                turn.lines.push(line);
            }
        }
    }
}
