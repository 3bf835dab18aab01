//! How much is taken on at once. One request more is refused at once, with a time to come back, and never queued.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use tokio::sync::Semaphore;
use wire::ErrorCode;

use crate::Failure;

/// The largest body that is taken, in bytes.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// How long a search may take.
pub const SEARCH_DEADLINE: Duration = Duration::from_secs(5);

/// How long an answer may take, the language model included.
pub const ASK_DEADLINE: Duration = Duration::from_secs(60);

/// When to come back after a refusal.
const COME_BACK: Duration = Duration::from_secs(1);

/// Lets a request in if there is room, and keeps its place until the last byte of the reply is gone.
pub(crate) async fn admit(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    let Ok(place) = places.try_acquire_owned() else {
        return Failure::new(ErrorCode::Overloaded, "The server answers as many requests as it can.")
            .hint("Try again in a second.")
            .retry_after(COME_BACK)
            .into_response();
    };
    next.run(request).await.map(|body| {
        let chunks = body.into_data_stream().map(move |chunk| {
            let _held = &place;
            chunk
        });
        Body::from_stream(chunks)
    })
}
