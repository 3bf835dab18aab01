//! `bench`: speed and size on generated catalogs, as Markdown.

#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]
#![expect(clippy::print_stderr, reason = "a command line tool reports on standard error")]

use std::path::PathBuf;

use bench::catalog::Catalog;
use bench::runtime::{self, Extent};
use bench::russet::Russet;
use bench::size::{PORT, Size};
use bench::{machine, report, typesense};
use clap::Parser;

/// Measures import, search, answers and memory on generated catalogs, and the runtime of sessions.
#[derive(Parser)]
struct Arguments {
    /// Products of a catalog: 1k, 50k or 1m, and so on [default: 1k and 50k]
    #[arg(long, value_name = "COUNT", value_parser = size)]
    size: Vec<usize>,

    /// Only mine so many generated reviews, such as 100k
    #[arg(long, value_name = "COUNT", value_parser = size)]
    reviews: Option<usize>,

    /// Do not measure the peer
    #[arg(long)]
    without_peer: bool,

    /// Do not measure the demo's idle memory
    #[arg(long)]
    without_demo: bool,

    /// Measure the runtime of sessions and nothing else
    #[arg(long, conflicts_with_all = ["size", "without_runtime"])]
    runtime: bool,

    /// Do not measure the runtime of sessions
    #[arg(long)]
    without_runtime: bool,

    /// Sessions at rest, for the runtime
    #[arg(long, value_name = "COUNT", value_parser = size, default_value = "100k")]
    idle_sessions: usize,

    /// Write the feed of the first size into this file and end, to import it by hand
    #[arg(long, value_name = "FILE")]
    feed: Option<PathBuf>,

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
    if let Some(reviews) = arguments.reviews {
        let catalog = Catalog { seed: arguments.seed, products: bench::catalog::MAX_FULL };
        println!(
            "Machine: {}. Seed {}.\n\n{}",
            machine::describe(),
            arguments.seed,
            bench::reviews::measure(catalog, reviews)
        );
        return Ok(());
    }
    if let Some(path) = &arguments.feed {
        let products = arguments.size.first().copied().unwrap_or(1_000);
        return Catalog { seed: arguments.seed, products }.write_feed(path);
    }
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
    if !arguments.runtime {
        catalogs(&arguments).await?;
    }
    if !arguments.without_runtime {
        runtime::measure(Extent { idle_sessions: arguments.idle_sessions, ..Extent::default() }).await;
    }
    Ok(())
}

async fn catalogs(arguments: &Arguments) -> anyhow::Result<()> {
    let sizes = if arguments.size.is_empty() { vec![1_000, 50_000] } else { arguments.size.clone() };
    let program = Russet::beside()?;
    let peer = peer(arguments);
    for products in sizes {
        let catalog = Catalog { seed: arguments.seed, products };
        Size { program: &program, catalog, folder: tempfile::tempdir()? }.measure(peer.as_deref()).await;
    }
    if !arguments.without_demo {
        let folder = tempfile::tempdir()?;
        let bytes = program.idle_demo(folder.path(), PORT).await?;
        println!("\nIdle demo without a language model: {:.0} MB.", report::megabytes(bytes));
    }
    Ok(())
}

fn peer(arguments: &Arguments) -> Option<PathBuf> {
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
