//! What is remembered of a shopper, for themself only: to see, put right and erase.
//!
//! Who asks is known by `Authorization: Bearer TOKEN`, by the handle of their session in `Russet-Session`, or by both. A handle is
//! never taken from an address, where it would stand in logs.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use conversation::{Desk, Rememberer, Unedited};
use wire::{ErrorCode, FactEdit, Memory};

use super::converse::{failure, token, unknown_session};
use crate::{Failure, Shop};

/// The header with the handle of the client's session.
const SESSION: &str = "russet-session";

/// `GET /api/memory`
pub(super) async fn list(State(shop): State<Arc<Shop>>, headers: HeaderMap) -> Result<Json<Memory>, Failure> {
    let desk = desk(&shop)?;
    let of = who(desk, &headers).await?;
    Ok(Json(desk.memory(&of).await.map_err(failure)?))
}

/// `PUT /api/memory/{id}` with a [`FactEdit`].
pub(super) async fn edit(
    State(shop): State<Arc<Shop>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Memory>, Failure> {
    let desk = desk(&shop)?;
    let of = who(desk, &headers).await?;
    let edit: FactEdit = serde_json::from_slice(&body).map_err(|error| {
        Failure::new(ErrorCode::InvalidRequest, format!("The body cannot be read: {error}."))
            .hint("Send {\"content\": \"…\"}.")
    })?;
    match desk.edit_fact(&of, &id, &edit.content).await.map_err(failure)? {
        Ok(memory) => Ok(Json(memory)),
        Err(Unedited::Unknown) => Err(unknown_fact()),
        Err(Unedited::BadText { most }) => {
            Err(Failure::new(ErrorCode::InvalidRequest, format!("`content` has 1 to {most} characters.")))
        }
    }
}

/// `DELETE /api/memory/{id}`
pub(super) async fn erase(
    State(shop): State<Arc<Shop>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Memory>, Failure> {
    let desk = desk(&shop)?;
    let of = who(desk, &headers).await?;
    let memory = desk.erase_fact(&of, &id).await.map_err(failure)?;
    memory.map(Json).ok_or_else(unknown_fact)
}

/// `DELETE /api/memory`
pub(super) async fn erase_all(
    State(shop): State<Arc<Shop>>,
    headers: HeaderMap,
) -> Result<Json<Memory>, Failure> {
    let desk = desk(&shop)?;
    let of = who(desk, &headers).await?;
    Ok(Json(desk.erase_facts(&of).await.map_err(failure)?))
}

async fn who(desk: &Desk, headers: &HeaderMap) -> Result<Rememberer, Failure> {
    let session = headers.get(SESSION).and_then(|value| value.to_str().ok());
    let known = desk.rememberer(session, token(headers)).await.map_err(failure)?;
    known.ok_or_else(unknown_session)
}

fn desk(shop: &Shop) -> Result<&Desk, Failure> {
    shop.desk().ok_or_else(|| Failure::new(ErrorCode::UnknownPath, "This server holds no conversations."))
}

fn unknown_fact() -> Failure {
    Failure::new(ErrorCode::UnknownFact, "Nothing of that name is remembered of you.")
        .hint("List what is with GET /api/memory.")
}
