//! The page with its style, script and icon, carried in the binary.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use wire::ErrorCode;

use crate::Failure;

const INDEX: &str = include_str!("../../page/index.html");
const STYLE: &str = include_str!("../../page/page.css");
const SCRIPT: &str = include_str!("../../page/page.js");
const MEMORY: &str = include_str!("../../page/memory.js");
const ICON: &str = include_str!("../../page/icon.svg");

/// `GET /`
pub(crate) async fn index() -> Response {
    text("text/html; charset=utf-8", INDEX)
}

/// `GET /page/{name}`
pub(crate) async fn asset(Path(name): Path<String>) -> Result<Response, Failure> {
    match name.as_str() {
        "page.css" => Ok(text("text/css; charset=utf-8", STYLE)),
        "page.js" => Ok(text("text/javascript; charset=utf-8", SCRIPT)),
        "memory.js" => Ok(text("text/javascript; charset=utf-8", MEMORY)),
        "icon.svg" => Ok(text("image/svg+xml", ICON)),
        _ => Err(Failure::new(ErrorCode::UnknownPath, "The page has no such part.")),
    }
}

fn text(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}
