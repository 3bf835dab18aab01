//! The feeds of the store, read from its archive.

use std::io::{Cursor, Read};

use serde_json::Value;

/// All lines of all feeds.
pub(crate) fn lines() -> Vec<Value> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(demo::archive())) else { return Vec::new() };
    let mut lines = Vec::new();
    for place in 0..archive.len() {
        let mut text = String::new();
        let Ok(mut file) = archive.by_index(place) else { continue };
        let is_feed = file.name().ok().is_some_and(|name| name.ends_with(".jsonl"));
        if is_feed && file.read_to_string(&mut text).is_ok() {
            lines.extend(text.lines().filter_map(|line| serde_json::from_str(line).ok()));
        }
    }
    lines
}

/// The lines of a type.
pub(crate) fn of_type(kind: &str) -> Vec<Value> {
    lines().into_iter().filter(|line| line["type"] == kind).collect()
}
