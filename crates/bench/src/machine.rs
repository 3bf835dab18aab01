//! The machine that measures, and processes that it watches.

use std::fs;

/// Processor, cores and memory.
pub fn describe() -> String {
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kilobytes = field("/proc/meminfo", "MemTotal").and_then(|text| number(&text)).unwrap_or(0);
    format!("{processor}, {cores} cores, {:.0} GB", kilobytes as f64 / 1_048_576.0)
}

/// The most memory that a process has had so far, in bytes.
pub fn peak_bytes(process: u32) -> Option<u64> {
    memory(process, "VmHWM")
}

/// The memory that a process has now, in bytes.
pub fn resident_bytes(process: u32) -> Option<u64> {
    memory(process, "VmRSS")
}

/// Whether a process has started others that still run; `false` where the system does not say.
pub fn has_children(process: u32) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return false };
    let children = threads.flatten().map(|thread| fs::read_to_string(thread.path().join("children")));
    children.flatten().any(|ids| !ids.trim().is_empty())
}

fn memory(process: u32, name: &str) -> Option<u64> {
    Some(number(&field(&format!("/proc/{process}/status"), name)?)? * 1024)
}

fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn number(text: &str) -> Option<u64> {
    text.split_whitespace().next()?.parse().ok()
}
