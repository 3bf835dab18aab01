//! The runtime of sessions: what a durable step costs, how many a second there are, and what it takes to go on with a session.
//!
//! Everything goes through a node on a store with durable commits, as `serve` runs it, but for the decider: it answers at once,
//! so that what is measured is the runtime.

#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]
#![expect(clippy::print_stderr, reason = "a command line tool reports on standard error")]

mod disk;
mod idle;
mod place;
mod replay;
mod resume;
mod steady;

use std::time::Duration;

use eval::metric::percentile;
use eval::report::milliseconds;

use place::Place;

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Sessions at rest.
    pub idle_sessions: usize,
    /// Events of a long session.
    pub long_session: usize,
    /// How long each load lasts.
    pub load: Duration,
}

impl Default for Extent {
    fn default() -> Self {
        Self { idle_sessions: 100_000, long_session: 10_000, load: Duration::from_secs(10) }
    }
}

/// Measures on each engine that is there; what fails is named and the others still count.
pub async fn measure(extent: Extent) {
    println!("\n## The runtime\n");
    println!("| engine | what | figure | goal |\n|---|---|---|---|");
    for place in [Place::sqlite(), Place::postgres().await] {
        match place {
            Ok(place) => parts(&place, extent).await,
            Err(error) => eprintln!("without an engine: {error:#}"),
        }
    }
}

async fn parts(place: &Place, extent: Extent) {
    let engine = place.engine();
    let say = |part: anyhow::Result<Vec<Row>>| match part {
        Ok(rows) => rows
            .iter()
            .for_each(|row| println!("| {engine} | {} | {} | {} |", row.what, row.figure, row.goal)),
        Err(error) => println!("| {engine} | failed | {error:#} | |"),
    };
    say(disk::measure(place));
    say(steady::measure(place, extent).await);
    say(disk::measure(place));
    say(replay::measure(place, extent).await);
    say(resume::measure(place, extent).await);
    say(idle::measure(place, extent).await);
}

/// One figure.
#[derive(Debug)]
struct Row {
    what: String,
    figure: String,
    goal: &'static str,
}

impl Row {
    fn new(what: impl Into<String>, figure: impl Into<String>, goal: &'static str) -> Self {
        Self { what: what.into(), figure: figure.into(), goal }
    }

    fn of_times(what: impl Into<String>, times: &[Duration], goal: &'static str) -> Self {
        let at = |share| milliseconds(percentile(times, share));
        let figure = format!(
            "p50 {:.2} ms, p99 {:.2} ms, most {:.2} ms of {}",
            at(0.5),
            at(0.99),
            at(1.0),
            times.len()
        );
        Self::new(what, figure, goal)
    }
}
