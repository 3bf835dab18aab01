//! What comes from payment providers: their messages, and the page of the test provider where a shopper proves themself.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use commerce::Money;
use conversation::{Desk, Unheard};
use serde::Deserialize;
use wire::ErrorCode;

use crate::{Failure, Shop};

/// The header with the provider's signature.
const SIGNATURE: &str = "russet-signature";
/// The page may send its own form and nothing else.
const PAGE_POLICY: &str = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Takes a message of the provider, once however often it is sent. It is on the disk when this is answered.
pub(super) async fn webhook(
    State(shop): State<Arc<Shop>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let heard = desk(&shop)?.hear_provider(signature, &body).await;
    match heard.map_err(|error| Failure::internal(&error))? {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(unheard) => Err(refused(unheard)),
    }
}

/// The test provider's page for a payment that waits for its shopper.
pub(super) async fn page(
    State(shop): State<Arc<Shop>>,
    Path((order, payment)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let amount = challenged(&shop, &order, &payment).await?;
    let text = format!(
        "<p>The shop asks for {amount} for its order {}. No money moves: this is the test provider.</p>\
         <form method=\"post\"><button name=\"answer\" value=\"yes\">Yes, pay</button> \
         <button name=\"answer\" value=\"no\">No, stop</button></form>",
        order.chars().filter(char::is_ascii_alphanumeric).collect::<String>()
    );
    Ok(written(&text))
}

/// What the shopper said there.
#[derive(Deserialize)]
pub(super) struct Proof {
    answer: String,
}

/// Notes what the shopper said at the page.
pub(super) async fn prove(
    State(shop): State<Arc<Shop>>,
    Path((order, payment)): Path<(String, String)>,
    Form(proof): Form<Proof>,
) -> Result<Response, Failure> {
    challenged(&shop, &order, &payment).await?;
    let is_proved = proof.answer == "yes";
    let proved = desk(&shop)?.prove_payment(&order, &payment, is_proved).await;
    proved.map_err(|error| Failure::internal(&error))?;
    Ok(written(match is_proved {
        true => "<p>Thank you. Your order is paid; you can go back to the shop.</p>",
        false => "<p>The payment was stopped. You can go back to the shop and pay in another way.</p>",
    }))
}

async fn challenged(shop: &Shop, order: &str, payment: &str) -> Result<Money, Failure> {
    let amount = desk(shop)?.challenged_payment(order, payment).await;
    let amount = amount.map_err(|error| Failure::internal(&error))?;
    amount.ok_or_else(|| refused(Unheard::UnknownPayment))
}

fn desk(shop: &Shop) -> Result<&Desk, Failure> {
    shop.desk().ok_or_else(|| Failure::new(ErrorCode::NotReady, "The shop is being opened."))
}

fn refused(unheard: Unheard) -> Failure {
    let code = match unheard {
        Unheard::NotExpected | Unheard::Signature | Unheard::Stale => ErrorCode::NotVerified,
        Unheard::Unreadable => ErrorCode::InvalidRequest,
        Unheard::UnknownPayment => ErrorCode::UnknownPayment,
    };
    Failure::new(code, format!("{}.", sentence(unheard)))
}

/// As a sentence.
fn sentence(unheard: Unheard) -> String {
    let text = unheard.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn written(text: &str) -> Response {
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Payment</title><h1>Payment</h1>{text}</html>"
    );
    let policy = [(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY))];
    (policy, Html(page)).into_response()
}
