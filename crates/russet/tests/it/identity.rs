//! Who somebody is: by a token, by the secret of their session, by what they know of an order.

use serde_json::{Value, json};

use crate::conversations::{ADDRESS, Talk};
use crate::program::{Place, keeps_to};
use crate::server::{Server, events};

pub(crate) const PAYMENT_SECRET: &str = "what the provider signs with";
pub(crate) const SECRET: &str = "a secret of more than thirty-two bytes";

/// Somebody who asks a server.
pub(crate) struct Client<'a> {
    pub(crate) server: &'a Server,
    pub(crate) session: Option<String>,
    pub(crate) token: Option<String>,
}

impl Client<'_> {
    pub(crate) fn guest(server: &Server) -> Client<'_> {
        Client { server, session: None, token: None }
    }

    /// The reply as one object.
    pub(crate) fn say(&mut self, text: &str) -> Value {
        self.send(&json!({ "text": text, "session": self.session }))
    }

    pub(crate) fn send(&mut self, body: &Value) -> Value {
        let authorization =
            self.token.as_ref().map(|token| format!("\r\nAuthorization: Bearer {token}")).unwrap_or_default();
        let (_, body) = self.server.request(
            "POST /api/ask",
            &format!("Accept: application/json{authorization}"),
            &body.to_string(),
        );
        let reply: Value = serde_json::from_str(&body).unwrap();
        if let Some(session) = reply["session"].as_str() {
            keeps_to("ask-reply", &reply);
            self.session = Some(session.to_owned());
        }
        reply
    }
}

pub(crate) fn serve(place: &Place) -> Server {
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("RUSSET_TOKEN_SECRET", SECRET).env("RUSSET_PAYMENT_SECRET", PAYMENT_SECRET);
    Server::run(command)
}

pub(crate) fn token(place: &Place, shopper: &str) -> String {
    let mut command =
        place.command(&["token", shopper, "--name", "Ada Lovelace", "--email", "ada@example.com"]);
    let output = command.env("RUSSET_TOKEN_SECRET", SECRET).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_session_answers_its_owner_only() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = Client::guest(&server);
    ada.say("rain jacket");
    ada.say("add the first one in M");
    let handle = ada.session.clone().unwrap();
    let name = handle.split('.').next().unwrap().to_owned();
    for stolen in
        [name.clone(), format!("{name}.own_0123456789abcdef0123456789abcdef"), "ses_none.own_0".into()]
    {
        let mut eve = Client { session: Some(stolen), ..Client::guest(&server) };
        let cart = eve.say("show my cart");
        assert_eq!(cart["text"], "Your cart is empty.", "{cart}");
        assert_ne!(eve.session.as_deref().and_then(|handle| handle.split('.').next()), Some(&*name));
    }
    assert_eq!(ada.say("show my cart")["cart"]["lines"][0]["source_id"], "RJ-M");
    let (head, _) =
        server.request("POST /api/ask", "Last-Event-ID: 1.0", &json!({ "session": name }).to_string());
    assert!(head.starts_with("http/1.0 404"), "{head}");
}

#[test]
fn a_shopper_sees_their_orders_on_every_device_and_nobody_elses() {
    let place = Place::with_coats();
    let server = serve(&place);
    let sign_in = |shopper: &str| Client { token: Some(token(&place, shopper)), ..Client::guest(&server) };
    let mut ada = sign_in("ada");
    ada.say("rain jacket");
    ada.say("add the first one in M");
    ada.say("check out");
    ada.say("Ada Lovelace, ada@example.com, 12 Oak Street, Austin, TX, 78701, US");
    ada.say("standard");
    let asked = ada.say("card");
    let confirm = &asked["confirm"];
    let late =
        json!({ "session": ada.session, "confirm": { "id": confirm["id"], "digest": "0", "yes": true } });
    let again = ada.send(&late);
    assert!(again["text"].as_str().unwrap().starts_with("This still waits for your yes."), "{again}");
    assert_eq!(again["confirm"]["digest"], confirm["digest"], "what stands now is shown");
    let yes = json!({
        "session": ada.session, "confirm": { "id": confirm["id"], "digest": confirm["digest"], "yes": true },
    });
    let order = ada.send(&yes)["orders"][0]["id"].as_str().unwrap().to_owned();
    let twice = ada.send(&yes);
    assert!(twice["text"].as_str().unwrap().starts_with("You have answered that already."), "{twice}");
    assert_eq!(twice["orders"][0]["id"], *order, "{twice}");
    let mut phone = sign_in("ada");
    assert_eq!(phone.say("show my orders")["orders"][0]["id"], *order);
    let mut eve = sign_in("eve");
    let foreign = eve.say(&format!("where is order {order}?"))["text"].as_str().unwrap().replace(&order, "N");
    let missing =
        eve.say("where is order 111122223333?")["text"].as_str().unwrap().replace("111122223333", "N");
    assert_eq!(foreign, missing);
    // What was paid with once pays again, and the money of a cancelled order goes back to it.
    ada.say("rain jacket");
    ada.say("add the first one in L");
    // So does the address of the order before, until another one is given.
    let known = ada.say("check out");
    assert!(known["text"].as_str().unwrap().starts_with("It goes to 12 Oak Street, Austin"), "{known}");
    ada.say("Ada Lovelace, ada@example.com, 7 Elm Street, Austin, TX, 78701, US");
    let asked = ada.say("standard");
    let text = asked["confirm"]["text"].as_str().unwrap();
    assert!(text.contains("with card") && text.contains("7 Elm Street"), "{asked}");
    assert_eq!(ada.say("yes")["orders"][0]["status"], "paid");
    ada.say("cancel it");
    assert_eq!(ada.say("yes")["orders"][0]["status"], "cancelled");
    let refused = Client { token: Some("a.b.c".to_owned()), ..Client::guest(&server) }.say("show my orders");
    assert_eq!(refused["code"], "not_signed_in");
}

#[test]
fn a_guest_proves_an_order_and_a_foreign_one_is_refused_like_a_missing_one() {
    let place = Place::with_coats();
    let bought = Talk { place: &place, name: "before" };
    let order = bought.buy("rain jacket", "add the first one in M");
    let later = Talk { place: &place, name: "later" };
    assert!(later.tell("where is my order").contains("tell me its number and your e-mail"));
    let refused = |words: String, number: &str| later.tell(&words).replace(number, "N");
    let foreign = refused(format!("{order}, eve@example.com"), &order);
    assert_eq!(foreign, refused("111122223333, eve@example.com".to_owned(), "111122223333"));
    assert_eq!(foreign, refused(format!("order {order}, Ada Lovelace, 10115"), &order));
    let shown = later.say(&format!("order {order}, Ada@Example.com"));
    assert_eq!(shown["orders"][0]["id"], *order, "{shown}");
    assert!(later.tell("111122223333, eve@example.com").contains("could not find"));
    let asked = later.say("cancel it");
    assert!(asked["text"].as_str().unwrap().ends_with("Shall I cancel it?"), "{asked}");
    assert_eq!(later.say("yes")["orders"][0]["status"], "cancelled");
    let by_name = Talk { place: &place, name: "by-name" };
    by_name.say("where is my order");
    let shown = by_name.say(&format!("{order}, Ada Lovelace, 78701"));
    assert_eq!(shown["orders"][0]["status"], "cancelled", "{shown}");
}

#[test]
fn a_message_that_is_sent_again_is_one_message_and_its_stream_the_same() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = Client::guest(&server);
    ada.say("rain jacket");
    let body = json!({ "text": "add the first one in M", "session": ada.session, "message": "m1" });
    let ask = || events(&server.ask("POST /api/ask", &body.to_string()).1);
    assert_eq!(ask(), ask());
    assert_eq!(ada.say("show my cart")["cart"]["lines"][0]["quantity"], 1);
}

#[test]
fn a_yes_that_is_sent_again_answers_no_later_question() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = Client::guest(&server);
    for words in ["rain jacket", "add the first one in M", "check out", ADDRESS, "standard", "card"] {
        ada.say(words);
    }
    let yes = json!({ "text": "yes", "session": ada.session, "message": "k1" });
    let placed = ada.send(&yes);
    assert_eq!(placed["orders"][0]["status"], "paid", "{placed}");
    let asked = ada.say("cancel it");
    assert!(!asked["confirm"].is_null(), "{asked}");
    assert_eq!(ada.send(&yes), placed);
    let confirm = json!({ "id": asked["confirm"]["id"], "digest": asked["confirm"]["digest"], "yes": false });
    let no = json!({ "session": ada.session, "message": "k2", "confirm": confirm });
    let denied = ada.send(&no);
    assert_eq!(denied["text"], "All right, I have not done that.");
    ada.say("cancel it");
    assert_eq!(ada.send(&no), denied);
    assert_eq!(ada.say("where is my order")["orders"][0]["status"], "paid");
}

#[test]
fn a_name_of_a_message_that_is_too_long_is_told() {
    let place = Place::with_coats();
    let server = serve(&place);
    let body = json!({ "text": "rain jacket", "message": "m".repeat(97) }).to_string();
    let (head, reply) = server.request("POST /api/ask", "Accept: application/json", &body);
    assert!(head.starts_with("http/1.0 400") && reply.contains("at most 96 bytes"), "{head} {reply}");
    let headers = format!("Accept: application/json\r\nAuthorization: bearer {}", token(&place, "ada"));
    let body = json!({ "text": "show my orders" }).to_string();
    let (_, reply) = server.request("POST /api/ask", &headers, &body);
    assert!(reply.contains("You have no orders."), "{reply}");
}

#[test]
fn a_guest_who_signs_in_keeps_the_cart_and_is_told() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = Client::guest(&server);
    ada.say("rain jacket");
    ada.say("add the first one in M");
    ada.token = Some(token(&place, "ada"));
    let cart = ada.say("show my cart");
    assert!(cart["text"].as_str().unwrap().starts_with("From before you signed in: 1 × "), "{cart}");
    assert_eq!(cart["cart"]["lines"][0]["source_id"], "RJ-M");
    let again = ada.say("show my cart");
    assert!(again["text"].as_str().unwrap().starts_with("Your cart:"), "{again}");
}

#[test]
fn what_is_said_at_once_is_answered_one_after_the_other() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = Client::guest(&server);
    ada.say("rain jacket");
    let session = ada.session.clone();
    let words = ["add the first one in M", "add the first one in L", "show my cart", "is it waterproof?"];
    let replies: Vec<Value> = std::thread::scope(|scope| {
        let ask = |text: &'static str| {
            let body = json!({ "text": text, "session": session }).to_string();
            let server = &server;
            scope.spawn(move || server.request("POST /api/ask", "Accept: application/json", &body).1)
        };
        let asked: Vec<_> = words.into_iter().map(ask).collect();
        asked.into_iter().map(|reply| serde_json::from_str(&reply.join().unwrap()).unwrap()).collect()
    });
    for (words, reply) in words.iter().zip(&replies) {
        assert!(reply["text"].is_string(), "{words}: {reply}");
    }
    assert_eq!(ada.say("show my cart")["cart"]["lines"].as_array().map(Vec::len), Some(2));
}
