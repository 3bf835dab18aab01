//! What waits for the staff: listing it, and answering it. Whoever asks shows a token with the scope of the staff.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use conversation::{Desk, ReviewId, Staff};
use wire::{ErrorCode, Review, ReviewList, ReviewVerdict};

use super::converse::{failure, token};
use crate::{Failure, Shop};

/// How many are listed.
const MAX_LISTED: u32 = 100;

/// What is done about a call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Approve,
    Refuse,
    Edit,
}

/// Lists what waits.
pub(super) async fn list(
    State(shop): State<Arc<Shop>>,
    headers: HeaderMap,
) -> Result<Json<ReviewList>, Failure> {
    let (desk, _) = staffed(&shop, &headers)?;
    let reviews = desk.reviews(MAX_LISTED).await.map_err(failure)?;
    Ok(Json(ReviewList { reviews }))
}

/// Shows one.
pub(super) async fn show(
    State(shop): State<Arc<Shop>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Review>, Failure> {
    let (desk, _) = staffed(&shop, &headers)?;
    let review = match ReviewId::parse(&id) {
        Some(id) => desk.review(&id).await.map_err(failure)?,
        None => None,
    };
    review.map(Json).ok_or_else(unknown)
}

/// Says yes or no to one, or changes it.
pub(super) async fn answer(
    State(shop): State<Arc<Shop>>,
    Path((id, deed)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Review>, Failure> {
    let (desk, by) = staffed(&shop, &headers)?;
    let verdict: ReviewVerdict = serde_json::from_slice(&body).map_err(|error| {
        Failure::new(ErrorCode::InvalidRequest, format!("The answer cannot be read: {error}."))
    })?;
    let deed = match deed.as_str() {
        "approve" => Deed::Approve,
        "refuse" => Deed::Refuse,
        "edit" => Deed::Edit,
        _ => return Err(Failure::new(ErrorCode::UnknownPath, "The server has no such path.")),
    };
    let id = ReviewId::parse(&id).ok_or_else(unknown)?;
    if desk.review(&id).await.map_err(failure)?.is_none() {
        return Err(unknown());
    }
    // A short beginning would be a guess.
    let digest = Some(verdict.digest).filter(|digest| digest.len() == 64).ok_or_else(outdated)?;
    let done = match deed {
        Deed::Approve | Deed::Refuse => {
            desk.answer_review(&id, by, (&digest, deed == Deed::Approve)).await.map_err(failure)?
        }
        Deed::Edit => desk.edit_review(&id, by, (&digest, verdict.input)).await.map_err(failure)?,
    };
    done.map(Json).ok_or_else(outdated)
}

pub(super) fn staffed<'a>(shop: &'a Shop, headers: &HeaderMap) -> Result<(&'a Desk, Staff), Failure> {
    let desk = shop.desk().ok_or_else(|| Failure::new(ErrorCode::NotReady, "The shop is being opened."))?;
    let refused = || Failure::new(ErrorCode::NotSignedIn, "This needs a token of the staff.");
    let by = desk.staff(token(headers).ok_or_else(refused)?).map_err(|_| refused())?;
    Ok((desk, by))
}

pub(super) fn unknown() -> Failure {
    Failure::new(ErrorCode::UnknownReview, "There is no such call.")
}

pub(super) fn outdated() -> Failure {
    Failure::new(ErrorCode::OutdatedReview, "The text is another one by now, or nothing waits any more.")
}
