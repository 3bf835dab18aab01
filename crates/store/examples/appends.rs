//! What an append costs, from handing it in until it is on the disk: sessions that say something in turns, at a pace.
//!
//! `cargo run --release -p store --example appends`

#![expect(clippy::print_stdout, reason = "an example talks on standard output")]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use agent::{
    Contents, DeviceId, Epoch, Event, EventKind, Lease, Message, MessageId, NodeId, Opened, OwnerId,
    PrivateId, Session, SessionId, Settings, Time, step,
};
use serde_json::json;
use store::Runtime;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

const LASTS: Duration = Duration::from_secs(10);
/// Appends a second of all sessions.
const PACE: u32 = 2_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    for sessions in [1, 64] {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("sessions.db").display());
        let runtime = Runtime::open(&url, Duration::from_secs(30)).await?;
        let mut times = load(&runtime, sessions).await?;
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        println!(
            "{sessions} sessions, {:.0} appends/s: p50 {:?}, p90 {:?}, p99 {:?}, p99.9 {:?}, most {:?}",
            times.len() as f64 / LASTS.as_secs_f64(),
            at(0.5),
            at(0.9),
            at(0.99),
            at(0.999),
            at(1.0)
        );
        runtime.close().await;
    }
    Ok(())
}

async fn load(runtime: &Runtime, sessions: u32) -> anyhow::Result<Vec<Duration>> {
    let (began, pause) = (Instant::now(), Duration::from_secs(1) * sessions / PACE);
    let mut talks = JoinSet::new();
    for number in 0..sessions {
        let runtime = runtime.clone();
        talks.spawn(async move {
            tokio::time::sleep(pause * number / sessions).await;
            talk(&runtime, number, pause, began).await
        });
    }
    let mut times = Vec::new();
    while let Some(own) = talks.join_next().await {
        times.extend(own??);
    }
    Ok(times)
}

async fn talk(
    runtime: &Runtime,
    number: u32,
    pause: Duration,
    began: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let mut live = open(runtime, &SessionId::new(format!("ses_{number}"))).await?;
    let mut beats = tokio::time::interval(pause);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut times = Vec::new();
    while began.elapsed() < LASTS {
        beats.tick().await;
        say(&mut live, times.len());
        let batch = live.take_unsaved();
        let handed_in = Instant::now();
        runtime.append(batch).await?;
        times.push(handed_in.elapsed());
    }
    Ok(times)
}

async fn open(runtime: &Runtime, session: &SessionId) -> anyhow::Result<Session> {
    let node = NodeId::new("nod_1");
    let (session, owner) = (session.clone(), OwnerId::new("shopper:ada"));
    let until = Time::from_millis(i64::MAX);
    let lease = Lease { session: session.clone(), node: node.clone(), epoch: Epoch(1), until };
    let settings = Settings { agent: "shop".to_owned(), ..Settings::default() }.into();
    let opened = Opened { session, owner, node, settings, scopes: BTreeSet::new(), seed: 1 };
    let (at, kind) = (Time::from_millis(0), EventKind::Opened(opened));
    let event = Event { at, epoch: Epoch(1), kind, contents: Contents::default() };
    let mut live =
        Session::open(event).ok_or_else(|| anyhow::anyhow!("a session begins with being opened"))?;
    runtime.begin(live.take_unsaved(), lease).await?;
    Ok(live)
}

fn say(session: &mut Session, number: usize) {
    let id = MessageId::new(format!("msg_{number}"));
    let words =
        json!(format!("Do you have number {number} of the list in my size, and when would it be here?"));
    let mut contents = Contents::default();
    let private = PrivateId::of(&session.state().session, &id);
    let text = contents.hold(private, words, &session.state().settings.estimator);
    let kind = EventKind::Message(Message { id, device: DeviceId::new("dev_1"), text });
    step(session, Event { at: Time::from_millis(10), epoch: Epoch(1), kind, contents });
}
