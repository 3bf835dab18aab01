//! `bench`: speed and size on generated catalogs, as Markdown.

#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]
#![expect(clippy::print_stderr, reason = "a command line tool reports on standard error")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use assistant::Snapshot;
use bench::queries::GeneratedQuery;
use bench::russet::{self, Imported, Russet, Server};
use bench::typesense::{self, Typesense};
use bench::{Measured, catalog, clients, machine, queries};
use clap::Parser;
use eval::metric::percentile;
use eval::report::milliseconds;
use search::{Directories, Index, Lexicon, MmapDirectory, understand};

/// Queries of one run.
const QUERIES: usize = 500;
/// Queries from which questions are made.
const ASKED: usize = 70;
/// What is asked about what a query names.
const QUESTIONS: &[(&str, &str)] = &[
    ("Do you have a ", "?"),
    ("Is the ", " waterproof?"),
    ("How heavy is the ", "?"),
    ("What do people say about the ", "?"),
    ("What is the ", " made of?"),
    ("Which ", " is the cheapest?"),
    ("Can I return the ", " if it does not fit?"),
];
/// Where the child listens.
const PORT: u16 = 17_878;
const MEGABYTE: f64 = 1_048_576.0;

/// Measures import, search, answers and memory on generated catalogs.
#[derive(Parser)]
struct Arguments {
    /// Products of a catalog: 1k, 50k or 1m, and so on [default: 1k and 50k]
    #[arg(long, value_name = "COUNT", value_parser = size)]
    size: Vec<usize>,

    /// Do not measure the peer
    #[arg(long)]
    without_peer: bool,

    /// Do not measure the demo's idle memory
    #[arg(long)]
    without_demo: bool,

    /// Seed of the generator
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn size(text: &str) -> Result<usize, String> {
    let lower = text.to_lowercase();
    let (digits, factor) = match (lower.strip_suffix('k'), lower.strip_suffix('m')) {
        (Some(digits), _) => (digits, 1_000),
        (_, Some(digits)) => (digits, 1_000_000),
        _ => (lower.as_str(), 1),
    };
    digits.parse::<usize>().map(|count| count * factor).map_err(|error| error.to_string())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let sizes = if arguments.size.is_empty() { vec![1_000, 50_000] } else { arguments.size.clone() };
    let program = Russet::beside()?;
    let peer = peer(&arguments);
    let command: Vec<String> = std::env::args().skip(1).collect();
    println!(
        "# Benchmarks\n\n`cargo xtask bench {}`, {}.",
        command.join(" "),
        jiff::Timestamp::now().strftime("%F")
    );
    println!("\nMachine: {}. Seed {}. Vectors: none.", machine::describe(), arguments.seed);
    if cfg!(debug_assertions) {
        println!("\nA development build: the times say little.");
    }
    for products in sizes {
        println!("\n## {products} products\n");
        let size = Size { arguments: &arguments, program: &program, products, folder: tempfile::tempdir()? };
        size.measure(peer.as_deref()).await;
    }
    if !arguments.without_demo {
        let folder = tempfile::tempdir()?;
        let bytes = program.idle_demo(folder.path(), PORT).await?;
        println!("\nIdle demo without a language model: {:.0} MB.", bytes as f64 / MEGABYTE);
    }
    Ok(())
}

fn peer(arguments: &Arguments) -> Option<std::path::PathBuf> {
    if arguments.without_peer {
        return None;
    }
    match typesense::binary() {
        Ok(program) => Some(program),
        Err(error) => {
            eprintln!("without the peer: {error:#}");
            None
        }
    }
}

/// The measurements on a catalog of one size.
struct Size<'a> {
    arguments: &'a Arguments,
    program: &'a Russet,
    products: usize,
    folder: tempfile::TempDir,
}

impl Size<'_> {
    /// Measures part by part; a part that fails is named and the others still count.
    async fn measure(&self, peer: Option<&Path>) {
        self.progress("choosing queries");
        let queries = Arc::new(queries::generate(self.arguments.seed, self.products, QUERIES));
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
        print_searches(&measured);
    }

    fn progress(&self, doing: &str) {
        eprintln!("{} {} products: {doing}", jiff::Timestamp::now().strftime("%T"), self.products);
    }

    async fn own(&self, queries: &Arc<Vec<GeneratedQuery>>) -> anyhow::Result<Vec<Measured>> {
        let (feed, data) = (self.folder.path().join("feed.jsonl"), self.folder.path().join("data"));
        self.progress("writing the feed");
        catalog::write_feed(&feed, self.arguments.seed, self.products)?;
        self.progress("importing");
        print_import(&self.program.import(&feed, &data).await?);
        std::fs::remove_file(&feed)?;
        self.progress("searching in process");
        let mut measured = in_process(self.arguments.seed, &data, queries).await?;
        self.progress("searching over HTTP");
        let server = self.program.serve(&data, PORT).await?;
        println!("- cold start to the first answer: {:.0} ms", milliseconds(server.cold_start));
        measured.extend(over_http(self.arguments.seed, &server, queries).await?);
        self.progress("asking");
        if let Err(error) = print_first_parts(&server, queries).await {
            println!("- the questions failed: {error:#}");
        }
        let bytes = server.resident_bytes();
        println!("- memory of the server after the searches: {:.0} MB", bytes as f64 / MEGABYTE);
        Ok(measured)
    }

    async fn of_peer(
        &self,
        program: &Path,
        queries: &Arc<Vec<GeneratedQuery>>,
    ) -> anyhow::Result<Vec<Measured>> {
        self.progress("the peer is importing");
        let server = Typesense::start(program, &self.folder.path().join("typesense")).await?;
        let time = server.import(self.arguments.seed, self.products).await?;
        let rate = self.products as f64 / time.as_secs_f64();
        println!("- Typesense 0.24.1 import: {rate:.0} documents/s");
        self.progress("the peer is searching");
        let client = reqwest::Client::new();
        let search = move |query: GeneratedQuery| Typesense::search(client.clone(), query);
        let (name, seed) = ("Typesense 0.24.1, HTTP", self.arguments.seed);
        let measured = vec![
            clients::measure(name, 1, seed, queries, search.clone()).await?,
            clients::measure(name, 2, seed, queries, search).await?,
        ];
        let bytes = server.resident_bytes();
        println!("- memory of Typesense after the searches: {:.0} MB", bytes as f64 / MEGABYTE);
        Ok(measured)
    }
}

async fn in_process(
    seed: u64,
    data: &Path,
    queries: &Arc<Vec<GeneratedQuery>>,
) -> anyhow::Result<Vec<Measured>> {
    let open = |half: &str| MmapDirectory::open(data.join("index").join(half));
    let directories =
        Directories { products: Box::new(open("products")?), evidence: Box::new(open("evidence")?) };
    let index = Index::open(directories)?;
    let lexicon = Lexicon::builtin(index.language());
    let view = Snapshot::new(index, lexicon)?;
    let search = move |asked: GeneratedQuery| {
        let view = view.clone();
        async move {
            let query = understand(&view.vocabulary, &asked.text).query(10);
            let hits = view.index.search(&query, None).context("the search failed")?;
            Ok(hits.hits.into_iter().map(|hit| hit.source_id).collect())
        }
    };
    let one = clients::measure("Russet, in process", 1, seed, queries, search.clone()).await?;
    Ok(vec![one, clients::measure("Russet, in process", 2, seed, queries, search).await?])
}

async fn over_http(
    seed: u64,
    server: &Server,
    queries: &Arc<Vec<GeneratedQuery>>,
) -> anyhow::Result<Vec<Measured>> {
    let (client, url) = (reqwest::Client::new(), server.url.clone());
    let search = move |query: GeneratedQuery| russet::search(client.clone(), url.clone(), query.text);
    let one = clients::measure("Russet, HTTP", 1, seed, queries, search.clone()).await?;
    Ok(vec![one, clients::measure("Russet, HTTP", 2, seed, queries, search).await?])
}

fn print_import(imported: &Imported) {
    let Imported { rows, import, index, peak_bytes } = imported;
    println!(
        "- import: {rows} rows in {:.1} s, {:.0} rows/s; the index follows in {:.1} s; peak memory {:.0} MB",
        import.as_secs_f64(),
        *rows as f64 / import.as_secs_f64().max(0.001),
        index.as_secs_f64(),
        *peak_bytes as f64 / MEGABYTE
    );
}

async fn print_first_parts(server: &Server, queries: &[GeneratedQuery]) -> anyhow::Result<()> {
    let client = reqwest::Client::new();
    let mut times: Vec<Duration> = Vec::new();
    let step = (queries.len() / ASKED).max(1);
    for query in queries.iter().step_by(step) {
        for (before, after) in QUESTIONS {
            let question = format!("{before}{}{after}", query.text);
            times.push(russet::first_part(&client, &server.url, &question).await?);
        }
    }
    println!(
        "- first part of an answer over HTTP: p50 {:.1} ms, p99 {:.1} ms of {} questions",
        milliseconds(percentile(&times, 0.5)),
        milliseconds(percentile(&times, 0.99)),
        times.len()
    );
    Ok(())
}

fn print_searches(measured: &[Measured]) {
    println!("\n| engine | clients | p50 ms | p99 ms | searches/s | NDCG@10 |\n|---|---|---|---|---|---|");
    for one in measured {
        println!(
            "| {} | {} | {:.2} | {:.2} | {:.0} | {:.3} |",
            one.engine,
            one.clients,
            milliseconds(one.latency[0]),
            milliseconds(one.latency[1]),
            one.throughput,
            one.ndcg
        );
    }
}
