//! `russet demo`: the built-in store, ready in a browser.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use store::{ImportMode, Store};

use super::serve;
use crate::config::{Common, Config};
use crate::engine::{self, Engine};
use crate::failure::with_hint;
use crate::import::{self, Pictures, Plan, inputs::Input};
use crate::output::{self, grouped};
use crate::policy;

/// Marks a data folder whose catalog is the built-in store, so that no other catalog is ever replaced by it.
const MARK: &str = "demo";

/// Try Russet with the built-in store.
///
/// The store goes into a data folder of its own unless --data names one, so a catalog that you have is left alone.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet demo                         open the address that it prints, and ask
  russet demo --import-only           only fill the data folder, for the next line
  russet demo --data /tmp/demo --import-only && russet ask \"Is there a tent for three?\" --data /tmp/demo")]
pub(crate) struct Arguments {
    /// Address to listen on [default: 127.0.0.1:7878]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,

    /// Language model that reads orders, and phrases answers where the settings say phrasing = "model": a name, none, or URL#MODEL of
    /// a server [default: none]
    #[arg(long, value_name = "NAME")]
    model: Option<String>,

    /// Open the address in the browser
    #[arg(long)]
    open: bool,

    /// Bring the store into the data folder and end
    #[arg(long)]
    import_only: bool,
}

/// Imports the built-in store and serves it.
pub(crate) async fn run(mut config: Config, arguments: Arguments) -> anyhow::Result<()> {
    if config.data == default_data()? {
        config.data.push("demo");
    }
    let store = engine::open_store(&config).await?;
    bring_in(&config, &store).await?;
    let engine = Arc::new(Engine::of_store(&config, store)?);
    if arguments.import_only {
        engine.refresh().await?;
        engine.open_embedder(&config).await?;
        engine.embed(&|_, _| {}).await?;
        return Ok(());
    }
    let serving = serve::Arguments { listen: arguments.listen, model: arguments.model };
    let begin = |url: &str| {
        output::note(&format!("\n  The demo store is open at {url}\n  Ctrl-C ends it.\n"));
        if arguments.open {
            show_in_browser(url);
        }
    };
    serve::serve(config, serving, engine, begin, embed_apart()).await
}

/// Makes the vectors by a process of its own, this very command with `--import-only`, so that what that takes of memory goes with it
/// and the server stays small. Where it fails, the server makes them itself.
async fn embed_apart() {
    let made = async {
        let program = std::env::current_exe().context("where this program is cannot be told")?;
        let mut command = tokio::process::Command::new(program);
        command.args(std::env::args_os().skip(1)).arg("--import-only").kill_on_drop(true);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        anyhow::Ok(command.status().await?)
    };
    match made.await {
        Ok(status) if status.success() => {}
        Ok(status) => tracing::warn!("the process that makes the vectors ended with {status}"),
        Err(error) => tracing::warn!("no process makes the vectors: {error:#}"),
    }
}

/// Asks the desktop to show an address. On a machine without one the printed address has to do.
fn show_in_browser(url: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let child =
        std::process::Command::new(opener).arg(url).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if let Err(error) = child {
        tracing::debug!("no browser was opened: {error}");
    }
}

fn default_data() -> anyhow::Result<PathBuf> {
    Ok(Config::load(&Common::default())?.data)
}

async fn bring_in(config: &Config, store: &Store) -> anyhow::Result<()> {
    let mark = config.data.join(MARK);
    if !mark.exists() && store.counts().await?.products > 0 {
        return Err(with_hint(
            format!("the catalog in {} is not the built-in store", config.data.display()),
            "leave out --data, or name another folder",
        ));
    }
    policy::put(config, demo::policy())?;
    fs::write(&mark, "The catalog here is the built-in store; `russet demo` replaces it.\n")?;
    let plan = Plan {
        inputs: vec![Input::BuiltIn { name: "built-in store", bytes: demo::archive() }],
        format: None,
        options: ingest::Options::default(),
        mode: ImportMode::Replace,
        is_strict: false,
        is_dry_run: false,
        pictures: Pictures { folder: config.images(), ..Pictures::default() },
    };
    let report = import::run(store, plan).await?;
    for diagnostic in &report.diagnostics {
        tracing::warn!("{}: {}", diagnostic.file, diagnostic.reason);
    }
    let counts = store.counts().await?;
    output::note(&format!(
        "The built-in store has {} products, {} reviews, {} questions and {} documents.",
        grouped(counts.products),
        grouped(counts.reviews),
        grouped(counts.questions),
        grouped(counts.documents)
    ));
    Ok(())
}
