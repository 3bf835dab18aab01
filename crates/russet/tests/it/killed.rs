//! An import that is killed.

use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::program::Place;

/// Rows of a feed that is long enough to be killed on the way.
const ROWS: usize = 60_000;

#[test]
fn a_killed_import_leaves_the_old_catalog() {
    let place = Place::with_shop();
    let path = place.write("long.jsonl", "");
    let mut file = std::fs::File::create(path).unwrap();
    for row in 0..ROWS {
        writeln!(
            file,
            "{{\"type\":\"product\",\"id\":\"P{row}\",\"title\":\"Lamp {row}\",\"price\":\"5.00 USD\"}}"
        )
        .unwrap();
    }
    let log = place.path().join("data/catalog.db-wal");
    let mut import =
        place.command(&["import", "long.jsonl"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait_until(|| {
        log.metadata().is_ok_and(|log| log.len() > 500_000) || import.try_wait().unwrap().is_some()
    });
    import.kill().unwrap();
    import.wait().unwrap();
    let reply = place.json(&["search", "lamp"]);
    let total = reply["total"].as_u64().unwrap();
    assert!(total == 2 || total == ROWS as u64 + 2, "all or nothing, not {total}");
}

/// Waits for something that another process does; there is no event to wait for.
fn wait_until(mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() && started.elapsed() < Duration::from_secs(60) {
        std::thread::yield_now();
    }
}
