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
const QUERIES: usize = 120;
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
        let folder = tempfile::tempdir()?;
        println!("\n## {products} products\n");
        one_size(&arguments, &program, peer.as_deref(), products, folder.path()).await?;
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

async fn one_size(
    arguments: &Arguments,
    program: &Russet,
    peer: Option<&Path>,
    products: usize,
    folder: &Path,
) -> anyhow::Result<()> {
    let seed = arguments.seed;
    let (feed, data) = (folder.join("feed.jsonl"), folder.join("data"));
    eprintln!("{products} products: writing the feed");
    catalog::write_feed(&feed, seed, products)?;
    let queries = Arc::new(queries::generate(seed, products, QUERIES));
    eprintln!("{products} products: importing");
    let imported = program.import(&feed, &data).await?;
    print_import(&imported);
    let mut measured = in_process(seed, &data, &queries).await?;
    let server = program.serve(&data, PORT).await?;
    println!("- cold start to the first answer: {:.0} ms", milliseconds(server.cold_start));
    measured.extend(over_http(seed, &server, &queries).await?);
    print_first_parts(&server, &queries).await?;
    drop(server);
    if let Some(peer) = peer {
        eprintln!("{products} products: the peer");
        measured.extend(of_peer(seed, peer, &folder.join("typesense"), products, &queries).await?);
    }
    print_searches(&measured);
    Ok(())
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
    let search = move |text: String| {
        let view = view.clone();
        async move {
            let query = understand(&view.vocabulary, &text).query(10);
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
    let search = move |text: String| russet::search(client.clone(), url.clone(), text);
    let one = clients::measure("Russet, HTTP", 1, seed, queries, search.clone()).await?;
    Ok(vec![one, clients::measure("Russet, HTTP", 2, seed, queries, search).await?])
}

async fn of_peer(
    seed: u64,
    program: &Path,
    data: &Path,
    products: usize,
    queries: &Arc<Vec<GeneratedQuery>>,
) -> anyhow::Result<Vec<Measured>> {
    let server = Typesense::start(program, data).await?;
    let time = server.import(seed, products).await?;
    println!("- Typesense 0.24.1 import: {:.0} documents/s", products as f64 / time.as_secs_f64());
    let client = reqwest::Client::new();
    let search = move |text: String| Typesense::search(client.clone(), text);
    let one = clients::measure("Typesense 0.24.1, HTTP", 1, seed, queries, search.clone()).await?;
    Ok(vec![one, clients::measure("Typesense 0.24.1, HTTP", 2, seed, queries, search).await?])
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
    for query in queries {
        for question in
            [format!("Do you have a {}?", query.text), format!("Is the {} waterproof?", query.text)]
        {
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
