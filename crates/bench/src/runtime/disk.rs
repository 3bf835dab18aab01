//! The disk itself: what it takes to have a few pages on it, which no commit can go below.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::Row;
use super::place::Place;

/// How often it is tried.
const TIMES: usize = 2_000;
/// As much as an ordinary commit writes.
const BLOCK_BYTES: usize = 16 * 1024;
/// The file is written over from its beginning, as a log is.
const FILE_BYTES: usize = 4 * 1024 * 1024;

pub(super) fn measure(place: &Place) -> anyhow::Result<Vec<Row>> {
    let Some(folder) = place.folder() else { return Ok(Vec::new()) };
    let times = times(folder)?;
    Ok(vec![Row::of_times("the disk alone: 16 KiB written over and waited for", &times, "–")])
}

fn times(folder: &Path) -> anyhow::Result<Vec<Duration>> {
    let path = folder.join("disk.probe");
    let mut file = File::create(&path)?;
    file.write_all(&vec![0; FILE_BYTES])?;
    file.sync_all()?;
    let block = vec![1; BLOCK_BYTES];
    let mut times = Vec::with_capacity(TIMES);
    for nth in 0..TIMES {
        let began = Instant::now();
        file.seek(SeekFrom::Start((nth * BLOCK_BYTES % FILE_BYTES) as u64))?;
        file.write_all(&block)?;
        file.sync_data()?;
        times.push(began.elapsed());
    }
    drop(file);
    std::fs::remove_file(path)?;
    Ok(times)
}
