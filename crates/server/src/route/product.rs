//! One product over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use jiff::Timestamp;
use wire::{ErrorCode, ProductReply};

use crate::{Failure, Shop, present};

/// `GET /api/products/{source_id}`, by the id of the product or of one of its variants.
pub(crate) async fn product(
    State(shop): State<Arc<Shop>>,
    Path(source_id): Path<String>,
) -> Result<Json<ProductReply>, Failure> {
    let snapshot = shop.ready()?;
    let index = &snapshot.view.index;
    let unknown = || Failure::new(ErrorCode::UnknownProduct, "The catalog has no product of this id.");
    let id = index.find(&source_id).map_err(|error| Failure::internal(&error))?.ok_or_else(unknown)?;
    let product = index.product(&id).map_err(|error| Failure::internal(&error))?.ok_or_else(unknown)?;
    Ok(Json(present::product(&product, index, Timestamp::now())))
}
