//! The russet program as a child: imports and serves, watched from outside.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::clients::Searched;
use crate::machine::{has_children, peak_bytes, resident_bytes};

/// How often a child is looked at.
const PACE: Duration = Duration::from_millis(20);
/// How long a server may take to begin.
const PATIENCE: Duration = Duration::from_secs(120);

/// What an import came to.
#[derive(Clone, Copy, Debug)]
pub struct Imported {
    /// Variants and reviews.
    pub rows: u64,
    /// Until the catalog was in.
    pub import: Duration,
    /// Until the search index followed.
    pub index: Duration,
    /// The most memory the process had.
    pub peak_bytes: u64,
}

/// The program.
#[derive(Clone, Debug)]
pub struct Russet {
    program: PathBuf,
}

/// A server; it ends with this value.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub url: String,
    /// From its start to its first answer.
    pub cold_start: Duration,
}

impl Server {
    /// The memory that it has now.
    pub fn resident_bytes(&self) -> u64 {
        self.child.id().and_then(resident_bytes).unwrap_or_default()
    }
}

impl Russet {
    /// The program beside this one, built in the same profile.
    pub fn beside() -> anyhow::Result<Self> {
        let program = std::env::current_exe()?.with_file_name("russet");
        anyhow::ensure!(
            program.is_file(),
            "{} is missing; build it with `cargo build --release -p russet`",
            program.display()
        );
        Ok(Self { program })
    }

    /// Imports a feed into a data folder, without an embedding model.
    pub async fn import(&self, feed: &Path, data: &Path) -> anyhow::Result<Imported> {
        let started = Instant::now();
        let child = Command::new(&self.program)
            .args(["import", "--json", "--embedding", "none", "--data"])
            .args([data, feed])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let process = child.id().context("the import ended at once")?;
        let watched = tokio::spawn(async move {
            let mut peak = 0;
            while let Some(bytes) = peak_bytes(process) {
                peak = peak.max(bytes);
                tokio::time::sleep(PACE).await;
            }
            peak
        });
        let output = child.wait_with_output().await?;
        let total = started.elapsed();
        anyhow::ensure!(output.status.success(), "the import failed");
        let report: Value = serde_json::from_slice(&output.stdout).context("the import printed no report")?;
        let files = report["files"].as_array().into_iter().flatten();
        let milliseconds = report["timings_ms"]["total"].as_f64().unwrap_or_default();
        let import = Duration::from_secs_f64(milliseconds / 1000.0);
        Ok(Imported {
            rows: files.filter_map(|file| file["records"].as_u64()).sum(),
            import,
            index: total.saturating_sub(import),
            peak_bytes: watched.await?,
        })
    }

    /// Serves a data folder on a port and asks until it answers.
    pub async fn serve(&self, data: &Path, port: u16) -> anyhow::Result<Server> {
        self.begin(&["serve", "--embedding", "none"], data, port).await
    }

    /// The built-in store, with the embedding model where it is installed, after it has settled: the memory it has.
    pub async fn idle_demo(&self, data: &Path, port: u16) -> anyhow::Result<u64> {
        let server = self.begin(&["demo"], data, port).await?;
        let process = server.child.id().context("the demo ended")?;
        let started = Instant::now();
        let mut last = u64::MAX;
        // A process of its own embeds the store at first; what it made is then taken up, and memory stops moving.
        while started.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_secs(5)).await;
            let now = resident_bytes(process).unwrap_or_default();
            if now.abs_diff(last) < 1 << 20 && !has_children(process) {
                break;
            }
            last = now;
        }
        resident_bytes(process).context("the demo ended")
    }

    async fn begin(&self, command: &[&str], data: &Path, port: u16) -> anyhow::Result<Server> {
        let started = Instant::now();
        let child = Command::new(&self.program)
            .args(command)
            .args(["--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let url = format!("http://127.0.0.1:{port}");
        let client = reqwest::Client::new();
        let question = json!({"text": "Which of them is the lightest?"});
        loop {
            let asked = client
                .post(format!("{url}/api/ask"))
                .header("accept", "application/json")
                .json(&question)
                .send()
                .await;
            if asked.is_ok_and(|reply| reply.status().is_success()) {
                return Ok(Server { child, url, cold_start: started.elapsed() });
            }
            anyhow::ensure!(started.elapsed() < PATIENCE, "the server does not answer");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// Ten hits over HTTP.
pub async fn search(client: reqwest::Client, url: String, query: String) -> anyhow::Result<Searched> {
    let mut target = url::Url::parse(&format!("{url}/api/search"))?;
    target.query_pairs_mut().append_pair("q", &query).append_pair("limit", "10");
    let started = Instant::now();
    let reply = client.get(target).send().await?.error_for_status()?.bytes().await?;
    let time = started.elapsed();
    let reply: Value = serde_json::from_slice(&reply)?;
    let hits = reply["hits"].as_array().into_iter().flatten();
    Ok(Searched {
        time,
        found: hits.filter_map(|hit| hit["source_id"].as_str().map(str::to_owned)).collect(),
    })
}

/// The times to the first part of an answer over HTTP, and to its last byte.
pub async fn ask(client: &reqwest::Client, url: &str, question: &str) -> anyhow::Result<[Duration; 2]> {
    let started = Instant::now();
    let asked = client.post(format!("{url}/api/ask")).json(&json!({"text": question})).send().await?;
    let mut reply = asked.error_for_status()?;
    reply.chunk().await?.context("the answer is empty")?;
    let first = started.elapsed();
    while reply.chunk().await?.is_some() {}
    Ok([first, started.elapsed()])
}
