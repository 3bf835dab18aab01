//! `russet serve`: the API and the page.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::desk;
use crate::engine::{Embedded, Engine};
use crate::failure::with_hint;
use crate::output;

/// How often the store is looked at for imports of other processes.
const POLL: Duration = Duration::from_secs(1);

/// Serve the API and the page.
///
/// An import by another process is picked up within seconds, while questions go on being answered.
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  russet serve                                  on http://127.0.0.1:7878
  russet serve --listen 0.0.0.0:80              for everybody; put a proxy with TLS before it
  russet serve --model http://127.0.0.1:8080/v1#qwen
                                                answers phrased by a model on an OpenAI-compatible server
  curl -s localhost:7878/api/search?q=tent | jq .
  curl -sN localhost:7878/api/ask -d '{\"text\":\"Is the red tent waterproof?\"}'")]
pub(crate) struct Arguments {
    /// Address to listen on [default: 127.0.0.1:7878]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<SocketAddr>,

    /// Language model that reads orders, and phrases answers where the settings say phrasing = "model": a name, none, or URL#MODEL of
    /// a server [default: none]
    #[arg(long, value_name = "NAME")]
    pub(crate) model: Option<String>,
}

/// Serves until Ctrl-C or a termination signal.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let engine = Arc::new(Engine::open(&config).await?);
    let begin = |url: &str| output::note(&format!("Serving {url}"));
    serve(config, arguments, engine, begin, std::future::ready(())).await
}

/// Serves a shop; `begin` is told the address when requests are taken, and the store is followed from the end of `first` on.
pub(crate) async fn serve(
    config: Config,
    arguments: Arguments,
    engine: Arc<Engine>,
    begin: impl FnOnce(&str),
    first: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let address = arguments.listen.unwrap_or(config.listen);
    let listener = TcpListener::bind(address).await.map_err(|error| {
        with_hint(format!("{address} cannot be listened on: {error}"), "choose another address with --listen")
    })?;
    let url = format!("http://{}", listener.local_addr()?);
    let model = arguments.model.unwrap_or_else(|| config.model.clone());
    engine.open_model(&config, &model).await?;
    engine.refresh().await?;
    let (desk, shift) = desk::open(&config, &engine, &url).await?;
    engine.shop.set_desk(desk.clone());
    tokio::spawn(shift.work());
    begin(&url);
    let follow = follow(Arc::clone(&engine), config.clone());
    tokio::spawn(async {
        first.await;
        follow.await;
    });
    let options = server::Options { max_concurrent: config.max_concurrent };
    let served = server::serve(listener, Arc::clone(&engine.shop), options, stop_signal()).await;
    desk.close().await;
    served.context("the server stopped")
}

/// Follows the store: words first, then meaning. A fault is logged when it begins and when it changes, not each time.
async fn follow(engine: Arc<Engine>, config: Config) {
    let mut fault = None;
    loop {
        let now = match catch_up(&engine, &config).await {
            Ok(Embedded::Listings(count)) => {
                tracing::info!(count, "vectors are up to date");
                None
            }
            Ok(Embedded::Nothing) => None,
            Err(error) => Some(format!("{error:#}")),
        };
        if now != fault {
            match &now {
                Some(error) => tracing::error!("the index cannot be brought up to date: {error}"),
                None => tracing::info!("the index is brought up to date again"),
            }
            fault = now;
        }
        tokio::time::sleep(POLL).await;
    }
}

async fn catch_up(engine: &Engine, config: &Config) -> anyhow::Result<Embedded> {
    engine.refresh().await?;
    // A model that is pulled while the server runs is taken up.
    if engine.shop.embedder().is_none() {
        engine.open_embedder(config).await?;
    }
    engine.embed(&|_, _| {}).await
}

/// Comes to its end when the process is told to stop.
async fn stop_signal() {
    let interrupt = async {
        // Where the signal cannot be had, the process ends the hard way.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
