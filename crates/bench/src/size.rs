//! All measurements on a catalog of one size.

#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]
#![expect(clippy::print_stderr, reason = "a command line tool reports on standard error")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use assistant::Snapshot;
use eval::report::milliseconds;
use search::{Directories, Index, Lexicon, MmapDirectory, understand};

use crate::catalog::Catalog;
use crate::clients::Searched;
use crate::queries::GeneratedQuery;
use crate::report::megabytes;
use crate::russet::{self, Russet, Server};
use crate::typesense::Typesense;
use crate::{Measured, clients, queries, questions, report};

/// Queries of one run.
const QUERIES: usize = 500;
/// Where the child listens.
pub const PORT: u16 = 17_878;

/// A catalog in a folder of its own.
pub struct Size<'a> {
    /// The program that is measured.
    pub program: &'a Russet,
    /// What it is given.
    pub catalog: Catalog,
    /// Where everything is written.
    pub folder: tempfile::TempDir,
}

impl Size<'_> {
    /// Measures part by part; a part that fails is named and the others still count.
    pub async fn measure(&self, peer: Option<&Path>) {
        println!("\n## {} products\n", self.catalog.products);
        if self.catalog.is_lean() {
            println!("Products of two variants and one review at most.\n");
        }
        self.progress("choosing queries");
        let queries = Arc::new(queries::generate(self.catalog, QUERIES));
        let mut measured = Vec::new();
        match self.own(&queries).await {
            Ok(own) => measured.extend(own),
            Err(error) => println!("- Russet failed: {error:#}"),
        }
        if let Some(peer) = peer {
            match self.of_peer(peer, &queries).await {
                Ok(of_peer) => measured.extend(of_peer),
                Err(error) => println!("- the peer failed: {error:#}"),
            }
        }
        println!("\n{}\n\n{}", report::searches(&measured), report::shapes(&measured));
        self.progress("done");
    }

    fn progress(&self, doing: &str) {
        eprintln!("{} {} products: {doing}", jiff::Timestamp::now().strftime("%T"), self.catalog.products);
    }

    async fn own(&self, queries: &Arc<Vec<GeneratedQuery>>) -> anyhow::Result<Vec<Measured>> {
        let (feed, data) = (self.folder.path().join("feed.jsonl"), self.folder.path().join("data"));
        self.progress("writing the feed");
        self.catalog.write_feed(&feed)?;
        self.progress("importing");
        println!("{}", report::import(&self.program.import(&feed, &data).await?));
        std::fs::remove_file(&feed)?;
        self.progress("searching in process");
        let mut measured = in_process(self.catalog, &data, queries).await?;
        self.progress("searching over HTTP");
        let server = self.program.serve(&data, PORT).await?;
        println!("- cold start to the first answer: {:.0} ms", milliseconds(server.cold_start));
        measured.extend(over_http(self.catalog, &server, queries).await?);
        self.progress("asking");
        let asked = questions::measure(&server, queries).await;
        println!("- memory of the server after it: {:.0} MB", megabytes(server.resident_bytes()));
        match asked {
            Ok(asked) => println!("\n{}", report::answers(&asked)),
            Err(error) => println!("- the questions failed: {error:#}"),
        }
        Ok(measured)
    }

    async fn of_peer(
        &self,
        program: &Path,
        queries: &Arc<Vec<GeneratedQuery>>,
    ) -> anyhow::Result<Vec<Measured>> {
        self.progress("the peer is importing");
        let server = Typesense::start(program, &self.folder.path().join("typesense")).await?;
        let time = server.import(self.catalog).await?;
        let rate = self.catalog.products as f64 / time.as_secs_f64();
        println!("- Typesense 0.24.1 import: {rate:.0} documents/s");
        let mut measured = Vec::new();
        let ways = [("Typesense 0.24.1, HTTP", true), ("Typesense 0.24.1, HTTP, without facets", false)];
        let count = if self.catalog.is_lean() { 1 } else { ways.len() };
        for (name, has_facets) in ways.into_iter().take(count) {
            self.progress(&format!("searching in {name}"));
            let client = reqwest::Client::new();
            let search = move |query| Typesense::search(client.clone(), query, has_facets);
            measured.extend(clients::measure(name, self.catalog, queries, search).await?);
        }
        println!("- memory of Typesense after it: {:.0} MB", megabytes(server.resident_bytes()));
        Ok(measured)
    }
}

async fn in_process(
    catalog: Catalog,
    data: &Path,
    queries: &Arc<Vec<GeneratedQuery>>,
) -> anyhow::Result<Vec<Measured>> {
    let open = |half: &str| MmapDirectory::open(data.join("index").join(half));
    let directories =
        Directories { products: Box::new(open("products")?), evidence: Box::new(open("evidence")?) };
    let started = Instant::now();
    let index = Index::open(directories)?;
    let opened = started.elapsed();
    let lexicon = Lexicon::builtin(index.language());
    let view = Snapshot::new(index, lexicon)?;
    println!(
        "- the index opens in {:.0} ms, its vocabulary in {:.0} ms",
        milliseconds(opened),
        milliseconds(started.elapsed() - opened)
    );
    let readings: Vec<Duration> = queries.iter().map(|query| reading(&view, &query.text)).collect();
    println!("{}", report::times("reading of a query", &readings));
    let search = move |asked: GeneratedQuery| {
        let view = view.clone();
        async move {
            let started = Instant::now();
            let query = understand(&view.vocabulary, &asked.text).query(10);
            let hits = view.index.search(&query, None).context("the search failed")?;
            let time = started.elapsed();
            Ok(Searched { time, found: hits.hits.into_iter().map(|hit| hit.source_id).collect() })
        }
    };
    clients::measure("Russet, in process", catalog, queries, search).await
}

fn reading(view: &Snapshot, text: &str) -> Duration {
    let started = Instant::now();
    std::hint::black_box(understand(&view.vocabulary, text));
    started.elapsed()
}

async fn over_http(
    catalog: Catalog,
    server: &Server,
    queries: &Arc<Vec<GeneratedQuery>>,
) -> anyhow::Result<Vec<Measured>> {
    let (client, url) = (reqwest::Client::new(), server.url.clone());
    let search = move |query: GeneratedQuery| russet::search(client.clone(), url.clone(), query.text);
    clients::measure("Russet, HTTP", catalog, queries, search).await
}
