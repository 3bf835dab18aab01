//! A process that runs sessions.

mod beat;
mod hand_in;
mod inherit;
mod memory;
mod open;
mod outbox;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use agent::{Contents, NodeId, Private, PrivateId, Seq, SessionId, State, Time};
use serde_json::Value;
use store::Runtime;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::actor::{Actor, Held};
use crate::letter::Letter;
use crate::listen::Ears;
use crate::live::{Caps, Fresh, Live};
use crate::{Callee, Clock, Courier, Decider, Listening, NodeError, Options, names};

pub use inherit::{Heir, Legacy, Untold};
pub use memory::NewFact;
pub use open::Opening;

/// What a node works with.
#[derive(Clone)]
pub struct Outside {
    /// Who does what sessions want done.
    pub callee: Arc<dyn Callee>,
    /// Who decides.
    pub decider: Arc<dyn Decider>,
    /// Who tells people.
    pub courier: Arc<dyn Courier>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

/// A node. Cheap to clone; clones are one node.
#[derive(Clone, Debug)]
pub struct Node {
    pub(crate) core: Arc<Core>,
}

/// What all parts of a node share.
pub(crate) struct Core {
    /// A name of its own for each process, so that it says who holds a lease.
    pub(crate) name: NodeId,
    pub(crate) runtime: Runtime,
    pub(crate) outside: Outside,
    pub(crate) options: Options,
    pub(crate) live: Live,
    pub(crate) ears: Ears,
    /// Rings when something was put into the outbox.
    pub(crate) bell: Notify,
    /// When the leases of the sessions at work were renewed last.
    renewed: Mutex<Option<Time>>,
    tasks: Mutex<JoinSet<()>>,
}

/// Words on their way into a session.
pub struct Words<'a> {
    state: &'a State,
    /// What is held so far.
    pub contents: Contents,
}

impl<'a> Words<'a> {
    /// No words yet.
    pub fn of(state: &'a State) -> Self {
        Self { state, contents: Contents::default() }
    }

    /// Holds a content under a name that is unique in the session.
    pub fn hold(&mut self, name: &str, value: Value) -> Private {
        let id = PrivateId::of(&self.state.session, name);
        self.contents.hold(id, value, &self.state.settings.estimator)
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("name", &self.name)
            .field("live", &self.live.len())
            .finish_non_exhaustive()
    }
}

impl Node {
    /// Starts a node on these sessions.
    pub fn start(runtime: Runtime, outside: Outside, options: Options) -> Self {
        let core = Arc::new(Core {
            name: NodeId::new(names::new_id("nod")),
            runtime,
            outside,
            options,
            live: Live::default(),
            ears: Ears::default(),
            bell: Notify::new(),
            renewed: Mutex::new(None),
            tasks: Mutex::new(JoinSet::new()),
        });
        if let Some(pace) = core.options.beat {
            let beating = beat::go_on(Arc::downgrade(&core), pace);
            core.spawn(beating);
        }
        Self { core }
    }

    /// Its name.
    pub fn name(&self) -> &NodeId {
        &self.core.name
    }

    /// The store of its sessions.
    pub fn runtime(&self) -> &Runtime {
        &self.core.runtime
    }

    /// How many sessions are at work. The others cost nothing.
    pub fn live(&self) -> usize {
        self.core.live.len()
    }

    /// The stream of a session after a position.
    pub fn listen(&self, session: &SessionId, after: Seq) -> Listening {
        Listening::new(Arc::clone(&self.core), session.clone(), after)
    }

    /// Gives all sessions back, so that other nodes need not wait, and ends. What is under way is looked into by the
    /// node that takes a session over.
    pub async fn stop(&self) {
        self.core.live.shut();
        self.core.live.send_where(|| Letter::Stop, |_, _| true);
        let ended = async {
            while self.core.live.len() > 0 {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        // A session that does not end in time is found by its lease.
        let _ = tokio::time::timeout(self.core.options.lease, ended).await;
        self.kill();
    }

    /// Ends in the middle of whatever is under way, as a crash does.
    pub fn kill(&self) {
        self.core.live.shut();
        self.core.ears.shut();
        self.core.tasks().abort_all();
    }
}

impl Core {
    pub(crate) fn now(&self) -> Time {
        self.outside.clock.now()
    }

    /// The end of a lease that begins now.
    pub(crate) fn lease_end(&self) -> Time {
        self.now().after(millis(self.options.lease))
    }

    fn tasks(&self) -> std::sync::MutexGuard<'_, JoinSet<()>> {
        // A set of tasks is whole after every statement.
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn renewed(&self) -> std::sync::MutexGuard<'_, Option<Time>> {
        // A time is whole after every statement.
        self.renewed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks();
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }

    /// Puts a letter into the mailbox of a session, and sees to it that somebody empties it.
    pub(crate) fn post(self: &Arc<Self>, session: &SessionId, letter: Letter) -> Result<(), NodeError> {
        if let Some(fresh) = self.live.post(session, letter, self.caps())? {
            self.employ(session.clone(), fresh, None);
        }
        Ok(())
    }

    fn caps(&self) -> Caps {
        Caps { now: self.now(), sessions: self.options.max_live, letters: self.options.max_letters }
    }

    fn employ(self: &Arc<Self>, session: SessionId, fresh: Fresh, held: Option<Held>) {
        let actor = Actor::new(Arc::clone(self), session, fresh);
        self.spawn(actor.run(held));
    }
}

pub(crate) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
