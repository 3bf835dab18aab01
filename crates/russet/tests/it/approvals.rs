//! What the shop looks at before it is done: it waits over restarts, is approved, refused or changed, and its shopper hears of it.

use checkout::policy::DEFAULT_POLICY;
use serde_json::{Value, json};

use crate::conversations::{ADDRESS, Talk};
use crate::identity::{Client, SECRET, serve, token};
use crate::program::{Place, Run, keeps_to};
use crate::server::Server;

const REVIEW: &str = "
[review]
within = \"3 days\"

[[review.rule]]
tools = [\"cancel_order\"]
above = \"60.00 USD\"
";

/// A shop whose staff looks at what is called off above an amount.
fn careful() -> Place {
    let place = Place::with_coats();
    place.write("data/policy.toml", format!("{DEFAULT_POLICY}{REVIEW}"));
    place
}

/// Buys for 60 dollars and wants it called off; what waits then.
fn wanted(talk: &Talk<'_>) -> Value {
    talk.buy("rain jacket", "add the first one in M");
    let asked = talk.tell("cancel it");
    assert!(asked.ends_with("Shall I cancel it?"), "{asked}");
    let told = talk.tell("yes");
    assert!(told.starts_with("Thank you. Somebody of the shop looks at this"), "{told}");
    assert_eq!(talk.say("where is my order")["orders"][0]["status"], "paid", "nothing is done yet");
    let waiting = talk.place.json(&["approvals", "list"]);
    keeps_to("review", &waiting);
    assert_eq!((&waiting["tool"], &waiting["status"]), (&json!("cancel_order"), &json!("waiting")));
    waiting
}

fn id(review: &Value) -> &str {
    review["id"].as_str().unwrap()
}

fn approves(place: &Place) {
    let talk = Talk { place, name: "careful" };
    let waiting = wanted(&talk);
    place.run(&["approvals", "approve", id(&waiting), "--by", "bo", "--seen", "zz"]).failed_with(1);
    let done = place.json(&["approvals", "approve", id(&waiting), "--by", "bo"]);
    assert_eq!(done["status"], "done", "{done}");
    let by: Vec<&str> =
        done["answers"].as_array().unwrap().iter().map(|answer| answer["by"].as_str().unwrap()).collect();
    assert_eq!(by, ["shopper", "staff:bo"]);
    assert_eq!(done["text"], waiting["text"]);
    place.run(&["approvals", "approve", id(&waiting), "--by", "bo"]).failed_with(1);
    let told = talk.say("where is my order");
    assert!(told["text"].as_str().unwrap().starts_with("While you were away: "), "{told}");
    assert_eq!(told["orders"][0]["status"], "cancelled");
    assert!(!talk.tell("where is my order").contains("While you were away"));
    let notice = place.json(&["notices", "list"]);
    assert_eq!((&notice["kind"], &notice["status"]), (&json!("looked_at"), &json!("done")), "{notice}");
    place.run(&["notices", "sent", id(&notice)]).succeeded();
    assert_eq!(place.run(&["notices", "list", "--json"]).succeeded().out, "");
}

#[test]
fn what_the_staff_approves_is_done_once_and_told() {
    approves(&careful());
}

#[test]
fn and_on_postgres() {
    let (place, _) = Place::with_coats_on_postgres();
    place.write("data/policy.toml", format!("{DEFAULT_POLICY}{REVIEW}"));
    approves(&place);
}

/// A guest wants an order called off, and signs in while the shop looks at it.
fn signs_in_meanwhile(place: &Place) {
    let server = serve(place);
    let mut ada = Client::guest(&server);
    for words in ["rain jacket", "add the first one in M", "check out", ADDRESS, "standard", "card"] {
        ada.say(words);
    }
    let order = ada.say("yes")["orders"][0]["id"].as_str().unwrap().to_owned();
    ada.say("cancel it");
    let told = ada.say("yes");
    assert!(told["text"].as_str().unwrap().contains("Somebody of the shop looks at this"), "{told}");
    let waiting = place.json(&["approvals", "list"]);
    assert_eq!(waiting["shopper"], Value::Null, "{waiting}");
    ada.token = Some(token(place, "ada"));
    let moved = ada.say("show my orders");
    assert_eq!(moved["orders"][0]["status"], "paid", "{moved}");
    let done = place.json(&["approvals", "approve", id(&waiting), "--by", "bo"]);
    assert_eq!((&done["status"], &done["shopper"]), (&json!("done"), &json!("ada")), "{done}");
    let orders = ada.say("show my orders");
    assert_eq!(
        (&orders["orders"][0]["id"], &orders["orders"][0]["status"]),
        (&json!(order), &json!("cancelled"))
    );
    // Whoever has an account hears of it there.
    let notice = place.json(&["notices", "list"]);
    assert_eq!(
        (&notice["email"], &notice["status"]),
        (&json!("ada@example.com"), &json!("done")),
        "{notice}"
    );
}

#[test]
fn what_a_guest_waits_for_is_done_after_they_signed_in() {
    signs_in_meanwhile(&careful());
}

#[test]
fn and_after_they_signed_in_on_postgres() {
    let (place, _) = Place::with_coats_on_postgres();
    place.write("data/policy.toml", format!("{DEFAULT_POLICY}{REVIEW}"));
    signs_in_meanwhile(&place);
}

#[test]
fn what_the_staff_refuses_is_not_done() {
    let place = careful();
    let talk = Talk { place: &place, name: "no" };
    let waiting = wanted(&talk);
    let refused = place.json(&["approvals", "refuse", id(&waiting), "--by", "bo"]);
    assert_eq!(refused["status"], "refused", "{refused}");
    let told = talk.say("where is my order");
    assert!(told["text"].as_str().unwrap().contains("did not agree"), "{told}");
    assert_eq!(told["orders"][0]["status"], "paid");
}

#[test]
fn what_the_staff_changes_is_asked_anew() {
    let place = careful();
    let talk = Talk { place: &place, name: "other" };
    let waiting = wanted(&talk);
    let mut input = waiting["input"].clone();
    // What would not be done changes nothing, and the reason is told.
    let edit =
        |input: &Value| place.run(&["approvals", "edit", id(&waiting), &input.to_string(), "--by", "bo"]);
    let mut foreign = input.clone();
    foreign["order"] = json!("999999999999");
    let refused = edit(&foreign).failed_with(1);
    assert!(refused.err.contains("999999999999"), "{}", refused.err);
    edit(&json!({ "order": 7 })).failed_with(1);
    assert_eq!(place.json(&["approvals", "list"])["digest"], waiting["digest"], "the old text still waits");
    input["reason"] = json!("found it cheaper");
    let edited = place.json(&["approvals", "edit", id(&waiting), &input.to_string(), "--by", "bo"]);
    assert_eq!(edited["status"], "asked_anew", "{edited}");
    assert!(edited["text"].as_str().unwrap().contains("found it cheaper"), "{edited}");
    assert_eq!(place.run(&["approvals", "list", "--json"]).succeeded().out, "");
    // Whoever is away hears of it, once.
    let notice = place.json(&["notices", "list"]);
    assert_eq!((&notice["kind"], &notice["status"]), (&json!("looked_at"), &json!("asked_anew")), "{notice}");
    assert_ne!(notice["id"], waiting["id"], "what comes of it is told under another name");
    assert!(notice["title"].as_str().unwrap().contains("would be cancelled"), "{notice}");
    place.run(&["notices", "sent", notice["id"].as_str().unwrap()]).succeeded();
    assert_eq!(place.run(&["notices", "list", "--json"]).succeeded().out, "");
    // Nobody has read the new text yet, so this yes is to the old one.
    let shown = talk.say("yes");
    assert!(shown["confirm"]["text"].as_str().unwrap().contains("found it cheaper"), "{shown}");
    assert!(
        shown["text"].as_str().unwrap().starts_with("While you were away: The shop has changed"),
        "{shown}"
    );
    assert_eq!(
        place.run(&["approvals", "list", "--json"]).succeeded().out,
        "",
        "nothing waits for the staff"
    );
    let told = talk.tell("yes");
    assert!(told.contains("Somebody of the shop looks at this"), "{told}");
    let again = place.json(&["approvals", "list"]);
    let done = place.json(&["approvals", "approve", id(&again), "--by", "bo"]);
    assert_eq!(done["status"], "done", "{done}");
    assert_eq!(place.json(&["notices", "list"])["status"], "done");
}

#[test]
fn small_amounts_go_through() {
    let place = careful();
    let talk = Talk { place: &place, name: "small" };
    talk.buy("fleece jacket", "add the first one in M");
    let asked = talk.say("cancel it");
    let told = talk.say("yes");
    assert_eq!(told["orders"][0]["status"], "cancelled", "{asked} {told}");
}

#[test]
fn the_route_of_the_staff_takes_their_tokens_only() {
    let place = careful();
    let talk = Talk { place: &place, name: "route" };
    let waiting = wanted(&talk);
    let server = serve(&place);
    let token = |words: &[&str]| {
        let words: Vec<&str> = ["token"].iter().chain(words).copied().collect();
        let mut command = place.command(&words);
        Run::of(command.env("RUSSET_TOKEN_SECRET", SECRET).output().unwrap())
            .succeeded()
            .out
            .trim()
            .to_owned()
    };
    let (staff, shopper) = (token(&["bo", "--staff"]), token(&["ada"]));
    assert_eq!(asked(&server, "GET /api/staff/approvals", "none", &Value::Null).0, 401);
    assert_eq!(asked(&server, "GET /api/staff/approvals", &shopper, &Value::Null).0, 401);
    let (status, listed) = asked(&server, "GET /api/staff/approvals", &staff, &Value::Null);
    assert_eq!((status, &listed["reviews"][0]["id"]), (200, &waiting["id"]), "{listed}");
    keeps_to("review-list", &listed);
    let path = format!("POST /api/staff/approvals/{}/approve", id(&waiting));
    let wrong = json!({ "digest": "0".repeat(64) });
    assert_eq!(asked(&server, &path, &staff, &wrong).0, 409);
    let right = json!({ "digest": waiting["digest"] });
    let (status, done) = asked(&server, &path, &staff, &right);
    assert_eq!((status, &done["status"]), (200, &json!("done")), "{done}");
    // A token of the staff is nobody's shopping.
    let mut client = Client { token: Some(staff), ..Client::guest(&server) };
    assert_eq!(client.say("show my orders")["code"], "not_signed_in");
}

/// The status and the body of what a server says to somebody with a token.
fn asked(server: &Server, head: &str, token: &str, body: &Value) -> (u16, Value) {
    let (head, body) = server.request(head, &format!("Authorization: Bearer {token}"), &body.to_string());
    let status = head.split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap();
    (status, serde_json::from_str(&body).unwrap())
}
