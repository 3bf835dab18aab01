//! Sessions at rest: what each costs the memory of its node.

use std::time::{Duration, Instant};

use sessions::{Node, Options};
use tokio::task::JoinSet;

use super::place::{Place, opening};
use super::{Extent, Row};
use crate::machine;

/// Sessions that are opened at the same time.
const AT_ONCE: usize = 64;
/// Sessions that have not come to rest yet; more are not opened meanwhile.
const MAX_LIVE: usize = 256;
/// How long sessions are opened: what is reached by then counts.
const PATIENCE: Duration = Duration::from_secs(180);
/// Sessions before memory is looked at: what the process needs whatever their number.
const FIRST: usize = 2_000;

pub(super) async fn measure(place: &Place, extent: Extent) -> anyhow::Result<Vec<Row>> {
    let node = place.node(Options { idle: Duration::from_millis(100), ..Options::default() }).await?;
    let until = Instant::now() + PATIENCE;
    rest(&node, FIRST, until).await?;
    let (before, began) = (resident_bytes(), Instant::now());
    let count = rest(&node, extent.idle_sessions.saturating_sub(FIRST), until).await?;
    let grown = resident_bytes().saturating_sub(before);
    let figure = format!(
        "{} bytes each, {:.1} MB in all; opened at {:.0}/s",
        grown / count.max(1) as u64,
        crate::report::megabytes(grown),
        count as f64 / began.elapsed().as_secs_f64(),
    );
    node.stop().await;
    Ok(vec![Row::new(format!("memory of {count} sessions at rest, after the first {FIRST}"), figure, "none")])
}

/// Opens so many sessions, or as many as there is time for, and waits until all are at rest; how many.
async fn rest(node: &Node, count: usize, until: Instant) -> anyhow::Result<usize> {
    let mut workers = JoinSet::new();
    for worker in 0..AT_ONCE {
        let node = node.clone();
        workers.spawn(async move {
            let mut opened = 0;
            for _ in (worker..count).step_by(AT_ONCE) {
                if Instant::now() > until {
                    break;
                }
                while node.live() > MAX_LIVE {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                node.open(opening()?).await?;
                opened += 1;
            }
            anyhow::Ok(opened)
        });
    }
    let mut opened = 0;
    while let Some(done) = workers.join_next().await {
        opened += done??;
    }
    while node.live() > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(opened)
}

fn resident_bytes() -> u64 {
    machine::resident_bytes(std::process::id()).unwrap_or_default()
}
