//! Whether the process lives, and whether it can answer.

use std::sync::Arc;

use crate::{Failure, Shop};
use axum::extract::State;

/// `GET /livez`
pub(crate) async fn live() -> &'static str {
    "alive\n"
}

/// `GET /readyz` and `GET /healthz`
pub(crate) async fn ready(State(shop): State<Arc<Shop>>) -> Result<&'static str, Failure> {
    shop.ready().map(|_| "ready\n")
}
