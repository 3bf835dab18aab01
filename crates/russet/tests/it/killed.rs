//! An import that is killed or interrupted.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::{Place, Run};

/// Rows of a feed that is long enough to be killed on the way.
const ROWS: usize = 60_000;

#[test]
fn a_killed_import_leaves_the_old_catalog() {
    let place = Place::with_shop();
    let (mut import, _) = begin_long_import(&place);
    import.kill().unwrap();
    import.wait().unwrap();
    assert_all_or_nothing(&place);
}

#[test]
fn an_interrupted_import_says_so_and_leaves_the_old_catalog() {
    let place = Place::with_shop();
    let (import, is_running) = begin_long_import(&place);
    let interrupt = Command::new("sh").args(["-c", &format!("kill -INT {}", import.id())]).status().unwrap();
    let run = Run::of(import.wait_with_output().unwrap());
    if is_running && interrupt.success() && run.status != 0 {
        let run = run.failed_with(1);
        assert!(run.err.contains("interrupted; the catalog is as it was before"), "{}", run.err);
    }
    assert_all_or_nothing(&place);
}

/// Starts an import, and comes back when it has begun to write; also says whether it was still running then.
fn begin_long_import(place: &Place) -> (Child, bool) {
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
    let length = || log.metadata().map_or(0, |log| log.len());
    let before = length();
    let mut import = place
        .command(&["import", "long.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut has_ended = false;
    wait_until(|| {
        has_ended = import.try_wait().unwrap().is_some();
        has_ended || length() > before + 500_000
    });
    (import, !has_ended)
}

fn assert_all_or_nothing(place: &Place) {
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
