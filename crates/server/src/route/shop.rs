//! What a front end shows before the first question.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use wire::ShopReply;

use crate::{Failure, Shop};

/// `GET /api/shop`
pub(crate) async fn shop(State(shop): State<Arc<Shop>>) -> Result<Json<ShopReply>, Failure> {
    Ok(Json(shop.ready()?.introduction.clone()))
}
