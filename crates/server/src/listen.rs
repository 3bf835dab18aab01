//! Listening until told to stop.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use crate::{Shop, router};

/// How long answers that are under way may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// How the server runs.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// API requests that are answered at once; one more is refused.
    pub max_concurrent: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_concurrent: 64 }
    }
}

/// Serves on this listener until `stop` comes to its end, then lets what is under way end.
pub async fn serve(
    listener: TcpListener,
    shop: Arc<Shop>,
    options: Options,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (told, mut has_stopped) = tokio::sync::watch::channel(());
    let stopping = async move {
        stop.await;
        drop(told);
    };
    let service = router(shop, &options).into_make_service_with_connect_info::<SocketAddr>();
    // Parts of an answer are small and go out at once: otherwise each waits for the client to confirm the one before.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection gathers what is small");
        }
    });
    let serving = axum::serve(listener, service).with_graceful_shutdown(stopping);
    let out_of_grace = async move {
        // The channel closes when the server is told to stop.
        let _ = has_stopped.changed().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = serving => served,
        () = out_of_grace => Ok(()),
    }
}
