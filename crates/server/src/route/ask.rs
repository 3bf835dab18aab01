//! Questions over HTTP: an answer that streams, or one JSON object for those that ask for it.

use std::convert::Infallible;
use std::sync::Arc;

use assistant::Thread;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use commerce::Locale;
use futures::StreamExt;
use jiff::Timestamp;
use tokio::sync::mpsc;
use wire::{AskReply, AskRequest, ErrorCode, Part, STREAM_DONE, STREAM_HEADER};

use crate::limit::ASK_DEADLINE;
use crate::{Failure, Question, Shop, Snapshot, request_id};

/// Parts that may wait for a slow reader.
const MAX_WAITING: usize = 64;

/// `POST /api/ask` with an [`AskRequest`].
pub(crate) async fn ask(
    State(shop): State<Arc<Shop>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Failure> {
    let request = read(body)?;
    if let Some(desk) = shop.desk() {
        return super::converse::converse(&shop, desk, &headers, request).await;
    }
    let question = question(&headers, &request)?;
    let snapshot = shop.ready()?;
    if wants_json(&headers) {
        return Ok(Json(whole(&shop, &snapshot, &question).await?).into_response());
    }
    stream(shop, snapshot, question).await
}

/// Whether the client wants one object in place of a stream.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

fn read(body: Result<Bytes, BytesRejection>) -> Result<AskRequest, Failure> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::new(ErrorCode::BodyTooLarge, "The question is too large."),
        _ => Failure::new(ErrorCode::InvalidRequest, "The body could not be read."),
    })?;
    serde_json::from_slice(&body).map_err(|error| {
        Failure::new(ErrorCode::InvalidRequest, format!("The body cannot be read: {error}."))
    })
}

/// The question of a request; its language is that of the client where it names none.
pub(super) fn question(headers: &HeaderMap, request: &AskRequest) -> Result<Question, Failure> {
    let dropped = (!request.drop.is_empty()).then(String::new);
    let text = request.question().or(dropped).ok_or_else(|| {
        Failure::new(ErrorCode::InvalidRequest, "The body has no question.")
            .hint("Send {\"text\": \"…\"}, or the messages of a chat with one of the user.")
    })?;
    Ok(Question {
        text,
        product: request.product.clone(),
        products: request.products.clone(),
        shown: Vec::new(),
        thread: Thread::default(),
        drop: request.drop.clone(),
        about: Vec::new(),
        weights: request.weights.clone(),
        locale: locale(headers, request).map(Locale::parse).unwrap_or_default(),
        session: request.session.clone(),
    })
}

/// The language tag that a client names.
pub(super) fn locale<'a>(headers: &'a HeaderMap, request: &'a AskRequest) -> Option<&'a str> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    request.locale.as_deref().or_else(|| accepted.and_then(|list| list.split([',', ';']).next()))
}

async fn whole(shop: &Shop, snapshot: &Arc<Snapshot>, question: &Question) -> Result<AskReply, Failure> {
    let (parts, _) = mpsc::channel(1);
    let asking = crate::ask(shop, snapshot, shop.phraser(), question, Timestamp::now(), &parts);
    match tokio::time::timeout(ASK_DEADLINE, asking).await {
        Ok(reply) => reply.map(|(reply, _)| reply),
        Err(_) => Err(Failure::new(ErrorCode::TimedOut, "The answer took too long.")),
    }
}

/// Streams the answer. A question that cannot be answered at all fails as a request does, before the first part.
async fn stream(shop: Arc<Shop>, snapshot: Arc<Snapshot>, question: Question) -> Result<Response, Failure> {
    let (parts, mut received) = mpsc::channel::<Part>(MAX_WAITING);
    let id = request_id::current();
    let mut answering = tokio::spawn(async move {
        let asking = crate::ask(&shop, &snapshot, shop.phraser(), &question, Timestamp::now(), &parts);
        let failed = match tokio::time::timeout(ASK_DEADLINE, asking).await {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(failure)) => failure,
            Err(_) => Failure::new(ErrorCode::TimedOut, "The answer took too long."),
        };
        // Where the stream has begun, this part is what the client sees of the failure.
        let _ = parts.send(Part::Error { error_text: format!("{failed} ({id})") }).await;
        Err(failed)
    });
    let first = received.recv().await;
    if matches!(first, None | Some(Part::Error { .. })) {
        return Err((&mut answering).await.ok().and_then(Result::err).unwrap_or_else(stopped));
    }
    let rest = futures::stream::poll_fn(move |context| received.poll_recv(context));
    let events = futures::stream::iter(first).chain(rest).map(|part| event(&part));
    let done = futures::stream::iter([format!("data: {STREAM_DONE}\n\n")]);
    Ok(event_stream(Body::from_stream(events.chain(done).map(Ok::<_, Infallible>))))
}

/// A body of server-sent events with the headers of a UI message stream.
pub(super) fn event_stream(body: Body) -> Response {
    let (name, version) = STREAM_HEADER;
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    headers.insert(name, HeaderValue::from_static(version));
    response
}

fn event(part: &Part) -> String {
    let json = serde_json::to_string(part).unwrap_or_default();
    format!("data: {json}\n\n")
}

fn stopped() -> Failure {
    Failure::new(ErrorCode::Internal, "The answer stopped.")
}
