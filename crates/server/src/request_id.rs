//! An id for each request: in the log, in the reply's `x-request-id`, and in problem details.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that is being answered; empty outside of one.
pub(crate) fn current() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// A new id: unique within this run of the server, and not to be guessed from another.
pub(crate) fn new_id(tag: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    static SECRET: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{tag}_{:016x}", SECRET.hash_one(count))
}

/// Gives the request its id and logs how it went.
pub(crate) async fn name_request(request: Request, next: Next) -> Response {
    let id = new_id("req");
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let answered = async {
        let started = Instant::now();
        let mut response = next.run(request).await;
        let elapsed_ms = started.elapsed().as_secs_f64() * 1000.0;
        tracing::info!(status = response.status().as_u16(), elapsed_ms, "answered");
        if let Ok(value) = HeaderValue::from_str(&current()) {
            response.headers_mut().insert("x-request-id", value);
        }
        response
    };
    CURRENT.scope(id, answered.instrument(span)).await
}
