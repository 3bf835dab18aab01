//! Every path, and who answers it.

mod ask;
mod converse;
mod health;
mod image;
mod memory;
mod page;
mod payments;
mod product;
mod reviews;
mod search;
mod shop;
mod unsettled;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;
use wire::ErrorCode;

use crate::limit::{MAX_BODY_BYTES, admit};
use crate::{Failure, Options, Shop, headers, request_id};

/// The paths of the server. Health and page are answered even when the API is full.
pub fn router(shop: Arc<Shop>, options: &Options) -> Router {
    let places = Arc::new(Semaphore::new(options.max_concurrent));
    let api = Router::new()
        .route("/api/ask", post(ask::ask))
        .route("/api/search", get(search::search))
        .route("/api/memory", get(memory::list).delete(memory::erase_all))
        .route("/api/memory/{id}", put(memory::edit).delete(memory::erase))
        .route("/api/products/{source_id}", get(product::product))
        .route("/api/staff/approvals", get(reviews::list))
        .route("/api/staff/approvals/{id}", get(reviews::show))
        .route("/api/staff/approvals/{id}/{deed}", post(reviews::answer))
        .route("/api/staff/unsettled", get(unsettled::list))
        .route("/api/staff/unsettled/{id}", get(unsettled::show))
        .route("/api/staff/unsettled/{id}/settle", post(unsettled::settle))
        .route_layer(from_fn_with_state(places, admit));
    Router::new()
        .merge(api)
        .route("/", get(page::index))
        .route("/page/{name}", get(page::asset))
        .route("/api/shop", get(shop::shop))
        .route("/api/payments/webhook", post(payments::webhook))
        .route("/pay/{order}/{payment}", get(payments::page).post(payments::prove))
        .route("/images/{name}", get(image::image))
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/healthz", get(health::ready))
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(CompressionLayer::new())
        .layer(from_fn(headers::secure))
        .layer(from_fn(request_id::name_request))
        .with_state(shop)
}

async fn unknown_path() -> Failure {
    Failure::new(ErrorCode::UnknownPath, "The server has no such path.")
}

async fn wrong_method() -> Failure {
    Failure::new(ErrorCode::WrongMethod, "The path takes another method.")
}
