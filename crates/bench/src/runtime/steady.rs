//! Many sessions at once: how long a message takes to be decided on and stored, at a given rate and at the highest.

use std::time::{Duration, Instant};

use agent::{Body, Seq, SessionId};
use sessions::{Node, Options};
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

use super::place::{self, Place, opening};
use super::{Extent, Row};

/// Sessions of each load.
const SESSIONS: usize = 64;
/// Messages a second of the steady load. Each is two events: what was said and what is answered.
const MESSAGES: u32 = 1_000;

pub(super) async fn measure(place: &Place, extent: Extent) -> anyhow::Result<Vec<Row>> {
    let node = place.node(Options::default()).await?;
    let mut rows = Vec::new();
    let alone = load(&node, 1, None, extent.load / 4).await?;
    rows.push(Row::of_times("step and append, one session", &alone.times, "p99 2 ms"));
    let pace = Duration::from_secs(1) * SESSIONS as u32 / MESSAGES;
    let steady = load(&node, SESSIONS, Some(pace), extent.load).await?;
    let what = format!("step and append, {SESSIONS} sessions, {:.0} events/s", steady.rate());
    rows.push(Row::of_times(what, &steady.times, "p99 2 ms"));
    let most = load(&node, SESSIONS, None, extent.load).await?;
    let rate = format!("{:.0} events/s", most.rate());
    rows.push(Row::new(format!("{SESSIONS} sessions without a pause"), rate, "2,000 events/s"));
    rows.push(Row::of_times("step and append, without a pause", &most.times, "–"));
    node.stop().await;
    Ok(rows)
}

/// What came of a load.
struct Load {
    /// From handing a message in until it is stored.
    times: Vec<Duration>,
    /// Events in the journals.
    events: usize,
    lasted: Duration,
}

impl Load {
    fn rate(&self) -> f64 {
        self.events as f64 / self.lasted.as_secs_f64()
    }
}

/// Each session says something again and again, at a pace or as soon as the last was stored.
async fn load(node: &Node, count: usize, pace: Option<Duration>, lasts: Duration) -> anyhow::Result<Load> {
    let mut sessions = Vec::new();
    for _ in 0..count {
        sessions.push(node.open(opening()?).await?);
    }
    let began = Instant::now();
    let mut talks = JoinSet::new();
    for (place, session) in sessions.iter().cloned().enumerate() {
        let node = node.clone();
        // The sessions do not speak all at the same moment.
        let first = pace.unwrap_or_default() * place as u32 / count as u32;
        talks.spawn(async move {
            tokio::time::sleep(first).await;
            talk(&node, &session, pace, began + lasts).await
        });
    }
    let mut times = Vec::new();
    while let Some(own) = talks.join_next().await {
        times.extend(own??);
    }
    let lasted = began.elapsed();
    let mut events = 0;
    for session in &sessions {
        let entries = node.runtime().entries(session, Seq(0)).await?;
        events += entries.iter().filter(|entry| matches!(entry.body, Body::Event(_))).count();
    }
    Ok(Load { times, events, lasted })
}

async fn talk(
    node: &Node,
    session: &SessionId,
    pace: Option<Duration>,
    until: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let mut beats = pace.map(tokio::time::interval);
    if let Some(beats) = &mut beats {
        beats.set_missed_tick_behavior(MissedTickBehavior::Burst);
    }
    let mut times = Vec::new();
    while Instant::now() < until {
        if let Some(beats) = &mut beats {
            beats.tick().await;
        }
        let began = Instant::now();
        place::say(node, session, times.len()).await?;
        times.push(began.elapsed());
    }
    Ok(times)
}
