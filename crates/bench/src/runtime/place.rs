//! Where sessions are kept, and nodes that run them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use agent::{
    Actor, Decider as Named, DeciderKind, DeciderName, DeviceId, MessageId, OwnerId, SessionId, Settings,
    Usage,
};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::json;
use sessions::{
    Asked, Decider, Decision, NoCallee, NoCourier, Node, NodeError, Opening, Options, Outside, SystemClock,
    Voice,
};
use store::Runtime;

/// How long a statement waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// A store for sessions that is gone after it was measured.
pub(super) struct Place {
    engine: &'static str,
    url: String,
    folder: Option<tempfile::TempDir>,
}

impl Place {
    pub(super) fn sqlite() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("sessions.db").display());
        Ok(Self { engine: "SQLite", url, folder: Some(folder) })
    }

    /// The server of the tests, which writes without waiting for the disk: its figures are of the work alone.
    pub(super) async fn postgres() -> anyhow::Result<Self> {
        let server = tokio::task::spawn_blocking(testkit::Postgres::shared).await??;
        let url = server.create_database().await?;
        Ok(Self { engine: "PostgreSQL, not durable", url, folder: None })
    }

    pub(super) fn engine(&self) -> &'static str {
        self.engine
    }

    /// Where the store's files are, if it has any here.
    pub(super) fn folder(&self) -> Option<&std::path::Path> {
        self.folder.as_ref().map(tempfile::TempDir::path)
    }

    pub(super) async fn open(&self) -> anyhow::Result<Runtime> {
        Ok(Runtime::open(&self.url, PATIENCE).await?)
    }

    pub(super) async fn node(&self, options: Options) -> anyhow::Result<Node> {
        let outside = Outside {
            callee: Arc::new(NoCallee),
            decider: Arc::new(AtOnce),
            courier: Arc::new(NoCourier),
            clock: Arc::new(SystemClock),
        };
        Ok(Node::start(self.open().await?, outside, options))
    }
}

/// Says yes to everything.
struct AtOnce;

impl Decider for AtOnce {
    fn decide<'a>(&'a self, _: Asked, _: &'a Voice) -> BoxFuture<'a, (Decision, Usage)> {
        std::future::ready((Decision::Reply(json!("Yes, we have it in your size.")), Usage::default()))
            .boxed()
    }
}

pub(super) fn owner() -> OwnerId {
    OwnerId::new("shopper:ada")
}

pub(super) fn opening() -> anyhow::Result<Opening> {
    let decider = Named {
        name: DeciderName::new("at once"),
        kind: DeciderKind::Reader,
        timeout_ms: 60_000,
        attempts: 1,
    };
    let settings = Settings { agent: "shop".to_owned(), deciders: vec![decider], ..Settings::default() };
    Ok(Opening { owner: owner(), settings: settings.checked()?, scopes: BTreeSet::new() })
}

/// Says something and comes back when it is on the disk.
pub(super) async fn say(node: &Node, session: &SessionId, number: usize) -> Result<(), NodeError> {
    let message = (MessageId::new(format!("msg_{number}")), DeviceId::new("dev_1"));
    let words =
        json!(format!("Do you have number {number} of the list in my size, and when would it be here?"));
    node.say(session, Actor::Shopper(owner()), message, words).await.map(|_| ())
}
