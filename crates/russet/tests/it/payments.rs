//! Payments that take more than one step: the bank's page, and messages of the provider.

use serde_json::json;

use crate::conversations::ADDRESS;
use crate::identity::{Client, PAYMENT_SECRET, serve};
use crate::program::Place;
use crate::server::Server;

/// An order that waits for its shopper at the bank's page: who ordered, the number, and the page.
fn challenged(server: &Server) -> (Client<'_>, String, String) {
    let mut ada = Client::guest(server);
    for words in
        ["rain jacket", "add the first one in M", "check out", ADDRESS, "standard", "card tok_challenge"]
    {
        ada.say(words);
    }
    let placed = ada.say("yes");
    let order = &placed["orders"][0];
    let page = order["challenge_url"].as_str().unwrap().to_owned();
    assert!(placed["text"].as_str().unwrap().contains(&page), "the step is told: {placed}");
    (ada, order["id"].as_str().unwrap().to_owned(), page)
}

fn path(page: &str) -> String {
    format!("/{}", page.splitn(4, '/').nth(3).unwrap())
}

#[test]
fn a_shopper_proves_themself_at_the_page_and_the_order_goes_on() {
    let place = Place::with_coats();
    let server = serve(&place);
    let (mut ada, _, page) = challenged(&server);
    let (head, text) = server.ask(&format!("GET {}", path(&page)), "");
    assert!(head.starts_with("http/1.0 200") && text.contains("No money moves"), "{head} {text}");
    let form = "Content-Type: application/x-www-form-urlencoded";
    let (head, text) = server.request(&format!("POST {}", path(&page)), form, "answer=yes");
    assert!(head.starts_with("http/1.0 200") && text.contains("Your order is paid"), "{head} {text}");
    assert_eq!(ada.say("where is my order")["orders"][0]["status"], "paid");
    let (head, _) = server.ask(&format!("GET {}", path(&page)), "");
    assert!(head.starts_with("http/1.0 404"), "nothing waits there any more: {head}");
}

#[test]
fn a_signed_message_of_the_provider_counts_once_and_an_unsigned_or_strange_one_never() {
    let place = Place::with_coats();
    let server = serve(&place);
    let (mut ada, order, page) = challenged(&server);
    let movement = page.rsplit('/').next().unwrap();
    let message = |order: &str, movement: &str| {
        let body = json!({
            "id": "evt_1", "order": order, "movement": movement, "operation": "authorise", "answer": "succeeded",
        });
        body.to_string()
    };
    let send = |body: &str, signature: &str| {
        let headers = format!("Russet-Signature: {signature}");
        let (head, body) = server.request("POST /api/payments/webhook", &headers, body);
        (head.split(' ').nth(1).unwrap_or_default().trim().to_owned(), body)
    };
    let sign = |secret: &str, body: &str| payments::sign(secret, jiff::Timestamp::now(), body.as_bytes());
    let body = message(&order, movement);
    assert_eq!(send(&body, "").0, "401");
    assert_eq!(send(&body, &sign("another secret", &body)).0, "401");
    assert_eq!(send(&body, &sign(PAYMENT_SECRET, "{}")).0, "401", "the signature of another body");
    let old = payments::sign(PAYMENT_SECRET, jiff::Timestamp::UNIX_EPOCH, body.as_bytes());
    assert_eq!(send(&body, &old).0, "401");
    let strange = message("111122223333", movement);
    assert_eq!(send(&strange, &sign(PAYMENT_SECRET, &strange)).0, "404");
    let strange = message(&order, "pay_000000000000000000000000");
    let (status, problem) = send(&strange, &sign(PAYMENT_SECRET, &strange));
    assert!(status == "404" && problem.contains("unknown_payment"), "{status} {problem}");
    assert_eq!(send("{}", &sign(PAYMENT_SECRET, "{}")).0, "400");
    assert_eq!(ada.say("where is my order")["orders"][0]["status"], "placed");
    for _ in 0..2 {
        assert_eq!(send(&body, &sign(PAYMENT_SECRET, &body)).0, "204");
    }
    assert_eq!(ada.say("where is my order")["orders"][0]["status"], "paid");
}

#[test]
fn an_answer_that_comes_late_pays_the_order() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = Client::guest(&server);
    for words in ["rain jacket", "add the first one in M", "check out", ADDRESS, "standard", "card tok_late"]
    {
        ada.say(words);
    }
    let placed = ada.say("yes");
    assert!(placed["text"].as_str().unwrap().contains("is under way"), "{placed}");
    let is_paid = (0..400).any(|_| ada.say("where is my order")["orders"][0]["status"] == "paid");
    assert!(is_paid, "the provider says so by itself");
}
