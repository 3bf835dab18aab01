//! A session goes on on another node: after the first has given it back, and after the first has died.

use std::time::{Duration, Instant};

use agent::SessionId;
use sessions::{Node, Options};

use super::place::{Place, opening, say};
use super::{Extent, Row, replay};

/// How often each is tried.
const TIMES: usize = 15;
/// Turns of an ordinary session.
const TURNS: usize = 20;

pub(super) async fn measure(place: &Place, extent: Extent) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    let short = handed_over(place, None).await?;
    rows.push(Row::of_times(
        format!("resume of a session of {TURNS} turns on another node"),
        &short,
        "200 ms",
    ));
    let session = SessionId::new("ses_moved");
    replay::write(&place.open().await?, &session, extent.long_session).await?;
    let long = handed_over(place, Some(session)).await?;
    let what = format!("resume of a session of {} events on another node", extent.long_session);
    rows.push(Row::of_times(what, &long, "200 ms"));
    let lease = Options::default().lease;
    let crashed = taken_over(place).await?;
    let what = format!("resume after the node has died, beyond its lease of {} s", lease.as_secs());
    rows.push(Row::of_times(what, &crashed, "200 ms"));
    Ok(rows)
}

/// From a message at a node that has never seen the session until it is stored there.
async fn handed_over(place: &Place, known: Option<SessionId>) -> anyhow::Result<Vec<Duration>> {
    let mut nodes = vec![place.node(Options::default()).await?];
    let session = match known {
        Some(session) => session,
        None => talked(&nodes[0]).await?,
    };
    let mut times = Vec::new();
    for number in 0..TIMES {
        let next = place.node(Options::default()).await?;
        if let Some(last) = nodes.pop() {
            last.stop().await;
        }
        let began = Instant::now();
        say(&next, &session, 1_000_000 + number).await?;
        times.push(began.elapsed());
        nodes.push(next);
    }
    nodes[0].stop().await;
    Ok(times)
}

/// The same after a node has died with the session in its hands, without the time that its lease still ran.
async fn taken_over(place: &Place) -> anyhow::Result<Vec<Duration>> {
    let (first, second) = (place.node(Options::default()).await?, place.node(Options::default()).await?);
    let session = talked(&first).await?;
    say(&first, &session, 2_000_000).await?;
    let row = first.runtime().session(&session).await?;
    let until = row.and_then(|row| row.lease_until).unwrap_or_default();
    first.kill();
    say(&second, &session, 2_000_001).await?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_millis();
    let beyond = i64::try_from(now)?.saturating_sub(until.millis());
    second.stop().await;
    Ok(vec![Duration::from_millis(beyond.max(0).unsigned_abs())])
}

async fn talked(node: &Node) -> anyhow::Result<SessionId> {
    let session = node.open(opening()?).await?;
    for number in 0..TURNS {
        say(node, &session, number).await?;
    }
    Ok(session)
}
