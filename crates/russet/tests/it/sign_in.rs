//! A guest who signs in goes on where they were: what was shown, told, ordered and waited for comes along, and nothing of others.

use serde_json::{Value, json};

use crate::conversations::ADDRESS;
use crate::identity::{Client, serve, token};
use crate::program::Place;
use crate::server::Server;

fn text(reply: &Value) -> &str {
    reply["text"].as_str().unwrap_or_default()
}

/// Looks at two jackets as a guest and buys the first one; the number of the order, and the second one's title.
fn guest<'a>(server: &'a Server, told: &str) -> (Client<'a>, String, String) {
    let mut client = Client::guest(server);
    let mut shown = client.say("jackets");
    for words in ["add the first one in M", "check out", ADDRESS, "standard", "card"] {
        client.say(words);
    }
    let placed = client.say("yes");
    assert_eq!(placed["orders"][0]["status"], "paid", "{placed}");
    client.say("tell me when the first one drops below 40");
    let again = client.say(told);
    if again["products"].as_array().is_some_and(|products| !products.is_empty()) {
        shown = again;
    }
    assert_eq!(shown["products"].as_array().map(Vec::len), Some(2), "{shown}");
    let second = shown["products"][1]["title"].as_str().unwrap().to_owned();
    (client, placed["orders"][0]["id"].as_str().unwrap().to_owned(), second)
}

fn remembered(client: &Client<'_>) -> Vec<String> {
    let mut headers = vec![format!("Russet-Session: {}", client.session.clone().unwrap_or_default())];
    headers.extend(client.token.iter().map(|token| format!("Authorization: Bearer {token}")));
    let (_, body) = client.server.request("GET /api/memory", &headers.join("\r\n"), "");
    let body: Value = serde_json::from_str(&body).unwrap();
    let facts = body["facts"].as_array().cloned().unwrap_or_default();
    facts.iter().map(|fact| format!("{} ({})", text(fact), fact["scope"].as_str().unwrap())).collect()
}

fn goes_on(place: &Place) {
    let server = serve(place);
    let (mut ada, order, second) = guest(&server, "I have wide feet");
    let (mut other, foreign, _) = guest(&server, "I have narrow feet");
    let before = ada.session.clone();
    let name = before.as_deref().and_then(|handle| handle.split('.').next()).unwrap().to_owned();
    ada.token = Some(token(place, "ada"));
    let added = ada.say("add the second one in M");
    let line = &added["cart"]["lines"][0];
    assert_eq!(line["title"], second, "what was shown is still meant: {added}");
    for part in ["From before you signed in: ", &order, "The price alert on ", "you have wide feet"] {
        assert!(text(&added).contains(part), "{part}: {added}");
    }
    let orders = ada.say("show my orders");
    assert_eq!(orders["orders"].as_array().map(Vec::len), Some(1), "{orders}");
    assert_eq!(orders["orders"][0]["id"], *order);
    assert!(text(&ada.say("show my alerts")).contains("an alert at $39.99 or less"));
    assert_eq!(remembered(&ada), ["You have wide feet. (session)"]);

    // Whoever signs in again with what they had, since the answer was lost, comes into the same conversation.
    let mut again = Client { session: before.clone(), token: ada.token.clone(), server: &server };
    let cart = again.say("show my cart");
    assert!(text(&cart).starts_with("Your cart:"), "{cart}");
    assert_eq!((&again.session, cart["cart"]["lines"][0]["quantity"].as_i64()), (&ada.session, Some(1)));
    // Somebody else with the same session finds nothing of hers, and the guest's session has nothing left.
    let mut eve = Client { session: before.clone(), token: Some(token(place, "eve")), server: &server };
    assert_eq!(text(&eve.say("show my orders")), "You have no orders.");
    assert_eq!(remembered(&eve), Vec::<String>::new());
    let left = Client { session: before, token: None, server: &server };
    assert_eq!(remembered(&left), Vec::<String>::new());
    // What another guest has is theirs.
    assert_eq!(other.say("where is my order")["orders"][0]["id"], *foreign);
    assert_eq!(remembered(&other), ["You have narrow feet. (session)"]);

    // It stands in both journals and in the ledger.
    let journal = |session: &str| place.run(&["sessions", "show", session]).succeeded().out;
    let mine = ada.session.clone().unwrap();
    assert_eq!(journal(&mine).matches(&format!("inherited 1 facts of {name}")).count(), 1);
    assert_eq!(journal(&name).matches(&format!("bequeathed 1 facts to {mine}")).count(), 1);
    let facts = place.run(&["memory", "list", "--session", &mine]).succeeded().out;
    assert!(facts.contains("You have wide feet."), "{facts}");
    let shown = place.run(&["orders", "show", &order]).succeeded().out;
    assert!(shown.contains("of the account ada") && shown.contains("taken_over"), "{shown}");

    // What is forgotten is gone in both.
    assert!(text(&ada.say("forget everything about me")).starts_with("That is forgotten."));
    let all = place.run(&["sessions", "export"]).succeeded().out;
    assert!(!all.contains("wide feet") && all.contains("narrow feet"), "{all}");
}

#[test]
fn a_guest_who_signs_in_goes_on_where_they_were() {
    goes_on(&Place::with_coats());
}

#[test]
fn and_on_postgres() {
    let (place, _) = Place::with_coats_on_postgres();
    goes_on(&place);
}

#[test]
fn two_messages_at_once_sign_in_once() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = Client::guest(&server);
    ada.say("rain jacket");
    ada.say("add the first one in M");
    let headers = format!("Accept: application/json\r\nAuthorization: Bearer {}", token(&place, "ada"));
    let replies: Vec<Value> = std::thread::scope(|scope| {
        let ask = || {
            let body = json!({ "text": "show my cart", "session": ada.session }).to_string();
            let (server, headers) = (&server, &headers);
            scope.spawn(move || server.request("POST /api/ask", headers, &body).1)
        };
        let asked = [ask(), ask(), ask()];
        asked.into_iter().map(|reply| serde_json::from_str(&reply.join().unwrap()).unwrap()).collect()
    });
    for reply in &replies {
        assert_eq!(reply["session"], replies[0]["session"], "{reply}");
        assert!(reply["text"].is_string(), "{reply}");
    }
    let mut ada = Client { session: replies[0]["session"].as_str().map(str::to_owned), ..ada };
    ada.token = Some(token(&place, "ada"));
    let cart = ada.say("show my cart");
    assert_eq!(cart["cart"]["lines"][0]["quantity"], 1, "{cart}");
}
