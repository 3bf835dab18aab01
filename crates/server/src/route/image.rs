//! Pictures of products, by the name that the import gave them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use wire::ErrorCode;

use crate::headers::PICTURE_POLICY;
use crate::{Failure, Shop};

/// `GET /images/{name}`. A name stands for its content, so a browser may keep the picture for ever.
pub(crate) async fn image(
    State(shop): State<Arc<Shop>>,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let unknown = || Failure::new(ErrorCode::UnknownPath, "There is no such picture.");
    let picture = shop.picture(&name).await.ok_or_else(unknown)?;
    let headers = [
        (header::CONTENT_TYPE, picture.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::CONTENT_SECURITY_POLICY, PICTURE_POLICY),
    ];
    Ok((headers, picture.bytes).into_response())
}
