//! Failed requests as RFC 9457 problem details. Clients see a code and words; the log has the cause.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use wire::{ErrorCode, Problem};

use crate::request_id;

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
#[error("{detail}")]
pub struct Failure {
    code: ErrorCode,
    detail: String,
    hint: Option<String>,
    retry_after: Option<Duration>,
}

impl Failure {
    /// A failure that the client can read about.
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), hint: None, retry_after: None }
    }

    /// A failure that the client cannot mend: the cause goes to the log only.
    pub fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        let causes: Vec<String> =
            std::iter::successors(Some(cause), |cause| cause.source()).map(ToString::to_string).collect();
        tracing::error!(cause = causes.join(": "), "a request failed");
        Self::new(ErrorCode::Internal, "The server could not answer. Its log says why.")
    }

    /// The same with a way to mend it.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same with the time after which to come back.
    pub fn retry_after(self, wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..self }
    }

    /// What kind of failure it is.
    pub fn code(&self) -> ErrorCode {
        self.code
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut problem = Problem::new(self.code, self.detail, request_id::current());
        problem.hint = self.hint;
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() =
            StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(wait) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
        }
        response
    }
}
