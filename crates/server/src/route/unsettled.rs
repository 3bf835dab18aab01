//! `/api/staff/unsettled`: calls of which nobody could say what became of them, for somebody of the shop who looks into them.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use conversation::{ReviewId, Unsettleable};
use wire::{ErrorCode, Settlement, Unsettled, UnsettledList};

use super::converse::failure;
use super::reviews::{outdated, staffed, unknown};
use crate::{Failure, Shop};

/// How many are listed.
const MAX_LISTED: u32 = 100;
/// A whole digest; a short beginning would be a guess.
const DIGITS: usize = 64;

/// Lists them.
pub(super) async fn list(
    State(shop): State<Arc<Shop>>,
    headers: HeaderMap,
) -> Result<Json<UnsettledList>, Failure> {
    let (desk, _) = staffed(&shop, &headers)?;
    let calls = desk.unsettled(MAX_LISTED).await.map_err(failure)?;
    Ok(Json(UnsettledList { calls }))
}

/// Shows one.
pub(super) async fn show(
    State(shop): State<Arc<Shop>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Unsettled>, Failure> {
    let (desk, _) = staffed(&shop, &headers)?;
    let id = ReviewId::parse(&id).ok_or_else(unknown)?;
    desk.unsettled_call(&id).await.map_err(failure)?.map(Json).ok_or_else(unknown)
}

/// Says what became of one.
pub(super) async fn settle(
    State(shop): State<Arc<Shop>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Unsettled>, Failure> {
    let (desk, by) = staffed(&shop, &headers)?;
    let said: Settlement = serde_json::from_slice(&body).map_err(|error| {
        Failure::new(ErrorCode::InvalidRequest, format!("The answer cannot be read: {error}."))
    })?;
    let id = ReviewId::parse(&id).ok_or_else(unknown)?;
    let digest = Some(said.digest).filter(|digest| digest.len() == DIGITS).ok_or_else(outdated)?;
    let settled = desk.settle(&id, by, (&digest, said.verdict, &said.result)).await.map_err(failure)?;
    settled.ok_or_else(unknown)?.map(Json).map_err(|why| match why {
        Unsettleable::Outdated => outdated(),
        Unsettleable::NoWayBack => {
            Failure::new(ErrorCode::InvalidRequest, "No tool takes this call back: take it back by hand.")
        }
    })
}
