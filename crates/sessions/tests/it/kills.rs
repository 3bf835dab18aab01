//! A process that is killed again and again in the middle of its work loses nothing and does nothing twice.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use agent::{Body, Effect, EventKind, Fate as Ended, Seq, Session, SessionId, Settings, ToolName};
use futures::future::BoxFuture;
use serde_json::json;
use sessions::{CallRequest, Callee, Fate, NoCourier, Node, Opening, Options, Outside, Said, SystemClock};
use store::Runtime;

use crate::on_every_engine;
use crate::place::Place;
use crate::world::{World, opening, say, settings, until_end};

/// Set for the process that is to be killed: the store, the ledger of its callee, and which process it is.
const VICTIM: &str = "SESSIONS_TEST_VICTIM";
const KILLS: usize = 200;
/// How many sessions of earlier processes each process goes on with.
const OLD_SESSIONS: usize = 1;

on_every_engine!(two_hundred_kills_lose_nothing_and_do_nothing_twice);

async fn two_hundred_kills_lose_nothing_and_do_nothing_twice(place: Place) -> anyhow::Result<()> {
    let ledger = place.folder.path().join("ledger");
    std::fs::File::create(&ledger)?;
    place.open().await?.close().await;
    let (url, path) = (place.url.clone(), ledger.clone());
    let taken = tokio::task::spawn_blocking(move || {
        let mut taken = BTreeSet::new();
        for number in 0..KILLS {
            taken.extend(kill_after(&url, &path, number)?);
        }
        anyhow::Ok(taken)
    })
    .await??;
    assert!(taken.len() >= KILLS, "{}", taken.len());

    let runtime = place.open().await?;
    let node = start(runtime.clone(), &ledger);
    come_to_an_end(&runtime).await?;
    // A node that still works would write between two looks at a session.
    node.stop().await;
    judge(&runtime, &taken, &std::fs::read_to_string(&ledger)?).await?;
    Ok(())
}

/// Runs a process until it has said that some messages are taken, and kills it at once; those messages.
fn kill_after(url: &str, ledger: &Path, number: usize) -> anyhow::Result<Vec<(SessionId, String)>> {
    let mut victim = Command::new(std::env::current_exe()?)
        .args(["--exact", "kills::victim", "--nocapture"])
        .env(VICTIM, format!("{url}\n{}\n{number}", ledger.display()))
        .stdout(Stdio::piped())
        .spawn()?;
    let output = victim.stdout.take().ok_or_else(|| anyhow::anyhow!("no output"))?;
    let wanted = 1 + number % 4;
    let said = BufReader::new(output).lines().map_while(Result::ok);
    let taken = said.filter_map(|line| {
        let (session, message) = line.strip_prefix("taken ")?.split_once(' ')?;
        Some((SessionId::new(session), message.to_owned()))
    });
    let taken: Vec<_> = taken.take(wanted).collect();
    victim.kill()?;
    victim.wait()?;
    anyhow::ensure!(taken.len() == wanted, "the victim ended by itself");
    Ok(taken)
}

/// Not a test by itself: what the process does that is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn victim() -> anyhow::Result<()> {
    let Ok(settings) = std::env::var(VICTIM) else { return Ok(()) };
    let [url, ledger, number] = settings.split('\n').collect::<Vec<_>>()[..] else { return Ok(()) };
    let runtime = Runtime::open(url, Duration::from_secs(10)).await?;
    let known = runtime.sessions(None, None, 10_000).await?;
    let number: usize = number.parse()?;
    let node = start(runtime, Path::new(ledger));
    let mut load = tokio::task::JoinSet::new();
    for nth in 0..OLD_SESSIONS.min(known.len()) {
        let session = known[(number * 7 + nth * 13) % known.len()].session.clone();
        load.spawn(talk(node.clone(), session, number));
    }
    let session = node.open(Opening { settings: quick().checked()?, ..opening()? }).await?;
    load.spawn(talk(node.clone(), session, number));
    while load.join_next().await.is_some() {}
    Ok(())
}

/// Says one message after the other, each as often as it takes until it is taken.
#[expect(clippy::print_stdout, reason = "the parent reads what was taken")]
async fn talk(node: Node, session: SessionId, number: usize) {
    for nth in 0.. {
        let (id, words) = (format!("msg_{number}_{nth}"), format!("order {nth}"));
        let receipt = loop {
            match say(&node, &session, (&id, &words)).await {
                Ok(receipt) => break receipt,
                Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        };
        println!("taken {session} {id}");
        // Every third message interrupts the turn of the one before it.
        if nth % 3 != 1 {
            let mut stream = node.listen(&session, receipt.first);
            let _ = until_end(&mut stream).await;
        }
    }
}

fn quick() -> Settings {
    let mut settings = settings();
    for tool in settings.tools.values_mut() {
        tool.rules.retry.base_ms = 5;
    }
    settings
}

fn start(runtime: Runtime, ledger: &Path) -> Node {
    let options = Options {
        lease: Duration::from_millis(60),
        idle: Duration::from_millis(60),
        patience: Duration::from_secs(20),
        beat: Some(Duration::from_millis(15)),
        ..Options::default()
    };
    let outside = Outside {
        callee: Arc::new(Ledger(ledger.to_owned())),
        decider: World::new().decider(),
        courier: Arc::new(NoCourier),
        clock: Arc::new(SystemClock),
    };
    Node::start(runtime, outside, options)
}

/// A callee that writes down each key that it does, and does not look whether it has done it before.
struct Ledger(PathBuf);

impl Callee for Ledger {
    fn call(&self, request: CallRequest) -> BoxFuture<'_, Said> {
        Box::pin(async move {
            let file = std::fs::OpenOptions::new().append(true).open(&self.0);
            let line = format!("{}\n", request.key);
            match file.and_then(|mut file| file.write_all(line.as_bytes())) {
                Ok(()) => Said::Done(json!({})),
                Err(_) => Said::Unclear,
            }
        })
    }

    fn fate<'a>(&'a self, _: &'a ToolName, key: &'a str) -> BoxFuture<'a, Option<Fate>> {
        Box::pin(async move {
            let done = std::fs::read_to_string(&self.0).ok()?;
            Some(if done.lines().any(|line| line == key) { Fate::Done(None) } else { Fate::NotSeen })
        })
    }
}

/// Waits until no session has anything under way.
async fn come_to_an_end(runtime: &Runtime) -> anyhow::Result<()> {
    let ending = async {
        while runtime.sessions(None, None, 10_000).await?.iter().any(|row| row.due.is_some())
            || !runtime.outbox(1).await?.is_empty()
        {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(Duration::from_secs(60), ending).await?
}

async fn judge(runtime: &Runtime, taken: &BTreeSet<(SessionId, String)>, ledger: &str) -> anyhow::Result<()> {
    let mut done: BTreeMap<String, u32> = BTreeMap::new();
    ledger.lines().for_each(|key| *done.entry(key.to_owned()).or_default() += 1);
    let twice: Vec<_> = done.iter().filter(|(_, times)| **times != 1).collect();
    assert!(twice.is_empty(), "done more than once: {twice:?}");

    let mut settled = BTreeSet::new();
    let mut heard = BTreeSet::new();
    for row in runtime.sessions(None, None, 10_000).await? {
        let entries = runtime.entries(&row.session, Seq(0)).await?;
        for entry in &entries {
            match &entry.body {
                Body::Event(EventKind::Message(message)) => {
                    let is_new = heard.insert((row.session.clone(), message.id.to_string()));
                    assert!(is_new, "{} was taken twice", message.id);
                }
                Body::Effect(Effect::Settle(settle)) if matches!(settle.fate, Ended::Done { .. }) => {
                    settled.insert(settle.key.idempotency(&row.session));
                }
                _ => {}
            }
        }
        let loaded = runtime.load(&row.session).await?;
        let replayed = Session::replay(entries, loaded.contents.clone())?;
        let resumed = loaded.session()?;
        assert_eq!(replayed.state().digest(), resumed.state().digest());
        assert!(resumed.state().turn.is_none() && resumed.state().open_activities().next().is_none());
    }
    let lost: Vec<_> = taken.difference(&heard).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert_eq!(settled, done.into_keys().collect(), "what was done and what the journals say");
    Ok(())
}
