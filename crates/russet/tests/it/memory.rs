//! What a shopper told is remembered with consent, counts, is shown, and is gone on request: in words, over HTTP and with `russet
//! memory`.

use serde_json::{Value, json};

use crate::identity::{Client, serve, token};
use crate::program::{Place, keeps_to};
use crate::server::Server;

fn sign_in<'a>(server: &'a Server, place: &Place, shopper: &str) -> Client<'a> {
    Client { token: Some(token(place, shopper)), ..Client::guest(server) }
}

fn said(reply: &Value) -> &str {
    reply["text"].as_str().unwrap_or_default()
}

fn prints(place: &Place, words: &[&str]) -> String {
    place.run(words).succeeded().out
}

/// Status line and body of a request to the memory of a client.
fn memory(client: &Client<'_>, request: &str, body: &str) -> (String, Value) {
    let mut headers = Vec::new();
    if let Some(token) = &client.token {
        headers.push(format!("Authorization: Bearer {token}"));
    }
    if let Some(session) = &client.session {
        headers.push(format!("Russet-Session: {session}"));
    }
    let (head, body) = client.server.request(request, &headers.join("\r\n"), body);
    (head, serde_json::from_str(&body).unwrap_or_default())
}

fn facts(client: &Client<'_>) -> Vec<(String, String)> {
    let (_, body) = memory(client, "GET /api/memory", "");
    keeps_to("memory", &body);
    let facts = body["facts"].as_array().cloned().unwrap_or_default();
    let text = |fact: &Value, key: &str| fact[key].as_str().unwrap_or_default().to_owned();
    facts.iter().map(|fact| (text(fact, "text"), text(fact, "status"))).collect()
}

#[test]
fn what_is_told_is_kept_with_consent_and_shown() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = sign_in(&server, &place, "ada");
    assert!(said(&ada.say("what do you know about me?")).starts_with("I remember nothing about you."));
    assert_eq!(said(&ada.say("remember that I wear size M")), "I will remember that you wear size M.");
    let asked = ada.say("I have wide feet");
    assert_eq!(
        said(&asked),
        "I take into account that you have wide feet. Shall I remember for next time that you have wide feet? Yes or no."
    );
    assert_eq!(asked["memory"]["learned"][0]["scope"], "session");
    assert_eq!(said(&ada.say("no")), "All right, that stays in this conversation.");
    let unasked = ada.say("my dog is small");
    assert!(!said(&unasked).contains("Shall I"), "a no is not asked again: {unasked}");
    let corrected = ada.say("no, I'm an L now");
    assert_eq!(said(&corrected), "I will remember that you wear size L; until now it was M.");
    let listed = ada.say("what do you know about me?");
    for part in
        ["You wear size L.", "Before: You wear size M.", "You have wide feet.", "in this conversation only"]
    {
        assert!(said(&listed).contains(part), "{part}: {listed}");
    }

    let mut later = sign_in(&server, &place, "ada");
    let listed = later.say("what do you remember about me?");
    assert!(said(&listed).contains("You wear size L.") && !said(&listed).contains("feet"), "{listed}");
    let mut eve = sign_in(&server, &place, "eve");
    assert!(said(&eve.say("what do you know about me?")).starts_with("I remember nothing"));
}

#[test]
fn a_yes_keeps_what_was_told_in_passing() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = sign_in(&server, &place, "ada");
    ada.say("I'm allergic to wool");
    assert_eq!(said(&ada.say("yes please")), "I will remember that you are allergic to wool.");
    assert_eq!(facts(&ada), [("You are allergic to wool.".to_owned(), "current".to_owned())]);
    let mut guest = Client::guest(&server);
    let told = guest.say("remember that I wear size S");
    assert!(
        said(&told).starts_with("In this conversation I take into account that you wear size S."),
        "{told}"
    );
    assert!(said(&told).contains("not signed in"), "{told}");
}

#[test]
fn a_size_counts_until_it_is_taken_away() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = sign_in(&server, &place, "ada");
    ada.say("remember that I wear size M");
    let found = ada.say("rain jacket");
    let chips = found["constraints"].as_array().unwrap_or_else(|| panic!("{found}"));
    let chip = &chips.iter().find(|chip| chip["id"] == "about-size").cloned();
    let chip = chip.as_ref().unwrap_or_else(|| panic!("{found}"));
    assert!(chip["because"].as_str().unwrap().starts_with("because you told me on "), "{chip}");
    assert_eq!(found["products"][0]["variant"]["source_id"], "RJ-M", "{found}");
    let without = ada.send(&json!({ "session": ada.session, "drop": ["about-size"] }));
    assert!(without["constraints"].as_array().is_none_or(|chips| chips.is_empty()), "{without}");
    let other = ada.say("a rain jacket for my wife");
    assert!(!other.to_string().contains("about-size"), "{other}");
}

#[test]
fn nobody_reaches_what_is_known_of_somebody_else() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = sign_in(&server, &place, "ada");
    ada.say("remember that I wear size M");
    let mut guest = Client::guest(&server);
    guest.say("I wear size S");
    let (_, hers) = memory(&ada, "GET /api/memory", "");
    let id = hers["facts"][0]["id"].as_str().unwrap().to_owned();
    let eve = sign_in(&server, &place, "eve");
    let name = guest.session.clone().unwrap();
    let stolen = name.split('.').next().unwrap().to_owned();
    let strangers = [
        Client { session: ada.session.clone(), token: eve.token.clone(), server: &server },
        Client { session: ada.session.clone(), ..Client::guest(&server) },
        Client { session: Some(stolen), ..Client::guest(&server) },
        Client { session: Some(name), token: eve.token.clone(), server: &server },
        Client::guest(&server),
    ];
    for stranger in &strangers {
        for request in ["GET /api/memory", &format!("DELETE /api/memory/{id}"), "DELETE /api/memory"] {
            let (head, body) = memory(stranger, request, "");
            assert!(head.starts_with("http/1.0 404"), "{request}: {head} {body}");
            assert!(!body.to_string().contains("size"), "{body}");
        }
    }
    for request in [&format!("DELETE /api/memory/{id}"), &format!("PUT /api/memory/{id}")] {
        let (head, body) = memory(&eve, request, &json!({ "content": "XS" }).to_string());
        assert!(head.starts_with("http/1.0 404"), "{head} {body}");
        assert_eq!(body["code"], "unknown_fact");
    }
    assert_eq!(facts(&eve), []);
    assert_eq!(facts(&ada), [("You wear size M.".to_owned(), "current".to_owned())]);
    assert_eq!(facts(&guest), [("You wear size S.".to_owned(), "current".to_owned())]);
}

#[test]
fn what_is_forgotten_is_gone_from_the_journal_too() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = sign_in(&server, &place, "ada");
    ada.say("I'm allergic to peanuts, show me a rain jacket");
    ada.say("is it waterproof?");
    ada.say("what do you know about me?");
    ada.say("remember that I wear size M");
    let done = ada.say("forget that I'm allergic to peanuts");
    assert_eq!(said(&done), "That is forgotten.");
    assert_eq!(facts(&ada), [("You wear size M.".to_owned(), "current".to_owned())]);
    let session = ada.session.clone().unwrap();
    let (_, hers) = memory(&ada, "GET /api/memory", "");
    let id = hers["facts"][0]["id"].as_str().unwrap().to_owned();
    let (head, body) =
        memory(&ada, &format!("PUT /api/memory/{id}"), &json!({ "content": "I wear size XL" }).to_string());
    assert!(head.starts_with("http/1.0 200"), "{head} {body}");
    assert_eq!(facts(&ada), [("You wear size XL.".to_owned(), "current".to_owned())]);
    let (head, _) = memory(&ada, &format!("PUT /api/memory/{id}"), "{\"content\": \" \"}");
    assert!(head.starts_with("http/1.0 400"), "{head}");
    let (head, _) = memory(&ada, "DELETE /api/memory", "");
    assert!(head.starts_with("http/1.0 200"), "{head}");
    assert_eq!(facts(&ada), []);
    drop(server);
    let exported = prints(&place, &["sessions", "export"]);
    assert!(exported.contains("waterproof") && !exported.contains("peanuts"), "{exported}");
    let shown = prints(&place, &["sessions", "show", &session]);
    assert!(shown.contains("[erased]") && !shown.contains("peanuts") && !shown.contains("XL"), "{shown}");
    place.run(&["sessions", "replay", &session]).succeeded();
}

#[test]
fn the_shop_answers_letters_with_the_command() {
    let place = Place::with_coats();
    prints(&place, &["ask", "--session", "a", "--shopper", "ada", "remember that I wear size M"]);
    prints(&place, &["ask", "--session", "a", "I don't like leather"]);
    let listed = prints(&place, &["memory", "list", "--session", "a"]);
    for part in ["You wear size M.", "all conversations, 100 % sure, until", "this conversation, 80 % sure"] {
        assert!(listed.contains(part), "{listed}");
    }
    let json = prints(&place, &["memory", "list", "--shopper", "ada", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    keeps_to("memory", &json);
    let id = json["facts"][0]["id"].as_str().unwrap();
    assert!(prints(&place, &["memory", "edit", id, "L", "--shopper", "ada"]).contains("You wear size L."));
    assert_eq!(prints(&place, &["memory", "erase", "--all", "--shopper", "ada"]), "Nothing is remembered.\n");
    assert!(prints(&place, &["memory", "list", "--session", "a"]).contains("leather"));
}
