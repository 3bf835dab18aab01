//! Questions in a conversation: who asks is known, what they say is kept, and the stream of the reply can be taken up again
//! where it broke, at any server of the shop.

use std::convert::Infallible;

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use conversation::{Desk, DeskError, Exchange, Seat, StreamEvent, Utterance};
use futures::StreamExt;
use sessions::NodeError;
use tokio::time::Instant;
use wire::{AskRequest, ErrorCode, Part, STREAM_DONE};

use super::ask::{event_stream, locale, question, wants_json};
use crate::ask::check;
use crate::limit::ASK_DEADLINE;
use crate::{Failure, Shop, request_id};

/// The header with which a client names the last event that it has seen.
const LAST_EVENT: &str = "last-event-id";

/// Answers in the client's own session, or goes on with a reply whose stream broke.
pub(super) async fn converse(
    shop: &Shop,
    desk: &Desk,
    headers: &HeaderMap,
    request: AskRequest,
) -> Result<Response, Failure> {
    let token = token(headers);
    if let Some(last) = headers.get(LAST_EVENT) {
        let session = request.session.as_deref().ok_or_else(unknown_session)?;
        let seat = desk.old_seat(session, token).await.map_err(failure)?.ok_or_else(unknown_session)?;
        let last = last.to_str().map_err(|_| unknown_session())?;
        let exchange = desk.resume(&seat, last).await.map_err(failure)?;
        return Ok(stream(exchange.ok_or_else(unknown_session)?));
    }
    let utterance = utterance(shop, headers, &request)?;
    let seat = desk.seat(request.session.as_deref(), token).await.map_err(failure)?;
    let exchange = desk.say(&seat, utterance).await.map_err(failure)?;
    if wants_json(headers) {
        return whole(exchange, &seat).await;
    }
    Ok(stream(exchange))
}

/// What the client says. A question that cannot be answered at all fails before anything is kept.
fn utterance(shop: &Shop, headers: &HeaderMap, request: &AskRequest) -> Result<Utterance, Failure> {
    let text = match &request.confirm {
        Some(_) => String::new(),
        None => {
            let question = question(headers, request)?;
            check(&question, &*shop.ready()?)?;
            question.text
        }
    };
    Ok(Utterance {
        text,
        product: request.product.clone(),
        products: request.products.clone(),
        drop: request.drop.clone(),
        weights: request.weights.clone(),
        locale: locale(headers, request).map(str::to_owned),
        message: request.message.clone(),
        confirm: request.confirm.clone(),
    })
}

/// The token of somebody who is signed in.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn whole(exchange: Exchange, seat: &Seat) -> Result<Response, Failure> {
    match tokio::time::timeout(ASK_DEADLINE, exchange.whole()).await {
        Ok(Ok(Some(reply))) => Ok(Json(reply).into_response()),
        Ok(Ok(None)) => {
            tracing::info!(session = ?seat.handle, "a reply was interrupted by another message");
            Err(Failure::new(ErrorCode::SessionBusy, "Another message of this session was faster."))
        }
        Ok(Err(error)) => Err(failure(error)),
        Err(_) => Err(too_long()),
    }
}

/// The parts as server-sent events, each under its name.
fn stream(exchange: Exchange) -> Response {
    let until = Instant::now() + ASK_DEADLINE;
    let id = request_id::current();
    let events = futures::stream::unfold(Some(exchange), move |exchange| {
        let id = id.clone();
        async move {
            let mut exchange = exchange?;
            let failed = match tokio::time::timeout_at(until, exchange.next()).await {
                Ok(Ok(Some(event))) => return Some((written(&event), Some(exchange))),
                Ok(Ok(None)) => return Some((format!("data: {STREAM_DONE}\n\n"), None)),
                Ok(Err(error)) => failure(error),
                Err(_) => too_long(),
            };
            let error = Part::Error { error_text: format!("{failed} ({id})") };
            let json = serde_json::to_string(&error).unwrap_or_default();
            Some((format!("data: {json}\n\ndata: {STREAM_DONE}\n\n"), None))
        }
    });
    event_stream(Body::from_stream(events.map(Ok::<_, Infallible>)))
}

fn written(event: &StreamEvent) -> String {
    let json = serde_json::to_string(&event.part).unwrap_or_default();
    format!("id: {}\ndata: {json}\n\n", event.id)
}

pub(super) fn unknown_session() -> Failure {
    Failure::new(ErrorCode::UnknownSession, "There is nothing to go on with here.")
        .hint("Ask again without the header Last-Event-ID.")
}

fn too_long() -> Failure {
    Failure::new(ErrorCode::TimedOut, "The answer took too long.")
}

/// What a client is told of a failure at the desk.
pub(super) fn failure(error: DeskError) -> Failure {
    match error {
        DeskError::Token(error) => {
            Failure::new(ErrorCode::NotSignedIn, format!("{error}.")).hint("Sign in again.")
        }
        DeskError::Node(NodeError::Unknown | NodeError::NotYours | NodeError::Closed) => unknown_session(),
        DeskError::Node(NodeError::Overloaded) => {
            Failure::new(ErrorCode::Overloaded, "Too many conversations are under way.")
        }
        DeskError::Node(NodeError::Elsewhere | NodeError::Unsettled | NodeError::Stopped) => {
            Failure::new(ErrorCode::SessionBusy, "Another server of the shop works on this session.")
                .hint("Try again in a few seconds, with the same `message`.")
        }
        DeskError::LongName { most } => {
            let hint = format!("Send a `message` of at most {most} bytes.");
            Failure::new(ErrorCode::InvalidRequest, format!("{error}.")).hint(hint)
        }
        DeskError::BadEdit { .. } => Failure::new(ErrorCode::InvalidRequest, error.to_string()),
        DeskError::Node(error) => Failure::internal(&error),
        DeskError::Store(error) => Failure::internal(&error),
    }
}
