//! Notices are posted to the shop's webhook, signed, under one id each, until they are taken; `russet notices` shows what became of
//! them, and the conversation tells its shopper all the same.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::identity::Client;
use crate::program::{Place, keeps_to};
use crate::server::Server;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// How long a request is waited for that comes within seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a webhook was sent.
struct Posted {
    headers: Vec<String>,
    body: Value,
}

impl Posted {
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find_map(|line| line.split_once(": ").filter(|(n, _)| *n == name));
        found.map(|(_, value)| value).unwrap_or_default()
    }
}

/// Answers each request with this status and tells what it was.
fn receiver(status: &'static str) -> (String, Receiver<Posted>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/notices", listener.local_addr().unwrap());
    let (told, posted) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            if told.send(take(stream, status)).is_err() {
                return;
            }
        }
    });
    (url, posted)
}

fn take(stream: TcpStream, status: &str) -> Posted {
    let mut reader = BufReader::new(stream);
    let lines = reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let headers: Vec<String> = lines.map(|line| line.trim().to_owned()).collect();
    let length = headers.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or_default()];
    reader.read_exact(&mut body).unwrap();
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    reader.into_inner().write_all(answer.as_bytes()).unwrap();
    Posted { headers, body: serde_json::from_slice(&body).unwrap() }
}

fn serve(place: &Place, url: &str) -> Server {
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("RUSSET_NOTICE_URL", url).env("RUSSET_NOTICE_SECRET", SECRET);
    command.env("RUSSET_NOTICE_PRIVATE_NETWORK", "true");
    Server::run(command)
}

/// A shop in which an alert is about to go off; the session of whoever waits for it.
fn waiting(place: &Place, url: &str) -> Option<String> {
    let server = serve(place, url);
    let mut ada = Client::guest(&server);
    ada.say("rain jacket");
    ada.say("tell me when the first one drops below 40");
    place.write("cheaper.jsonl", Place::coats().replace("60.00 USD", "35.00 USD"));
    place.run(&["import", "cheaper.jsonl"]).succeeded();
    ada.session
}

fn goes_out(place: &Place) {
    let (url, posted) = receiver("200 OK");
    let session = waiting(place, &url);
    let server = serve(place, &url);
    let first = posted.recv_timeout(PATIENCE).expect("an alert went off");
    keeps_to("notice-message", &first.body);
    assert_eq!(first.body["type"], "notice.price_reached");
    let data = &first.body["data"];
    assert_eq!(
        (&data["price"]["amount_minor"], &data["title"]),
        (&json!(3500), &json!("Drizzle Rain Jacket (S)"))
    );
    assert_eq!(first.header("webhook-id"), data["id"].as_str().unwrap());
    assert!(first.header("webhook-signature").starts_with("v1,"), "{:?}", first.headers);
    let delivered = (0..600).find_map(|_| {
        let listed = place.run(&["notices", "list", "--delivered", "--json"]).succeeded();
        (!listed.out.is_empty()).then(|| listed.json())
    });
    let delivered = delivered.expect("it is noted that it was taken");
    keeps_to("notice", &delivered);
    assert_eq!(
        (&delivered["id"], &delivered["delivery"]["attempts"]),
        (&data["id"], &json!(1)),
        "{delivered}"
    );
    assert!(delivered["delivery"]["delivered_at"].is_string(), "{delivered}");
    assert_eq!(place.run(&["notices", "list", "--json"]).succeeded().out, "");
    // The conversation tells it all the same, and once.
    let mut ada = Client { session, ..Client::guest(&server) };
    assert!(ada.say("show my cart")["text"].as_str().unwrap().starts_with("Your price alert went off: "));
    assert_eq!(ada.say("show my cart")["text"], "Your cart is empty.");
    drop(server);
    let again = serve(place, &url);
    Client::guest(&again).say("rain jacket");
    assert!(posted.try_recv().is_err(), "it is sent once");
}

#[test]
fn a_notice_goes_out_once() {
    goes_out(&Place::with_coats());
}

#[test]
fn and_on_postgres() {
    let (place, _) = Place::with_coats_on_postgres();
    goes_out(&place);
}

/// What waits, once it has been tried.
fn tried(place: &Place) -> Value {
    let waiting = (0..600).find_map(|_| {
        let listed = place.run(&["notices", "list", "--json"]).succeeded();
        let notice = (!listed.out.is_empty()).then(|| listed.json())?;
        (notice["delivery"]["fault"] != json!("") && notice["delivery"].is_object()).then_some(notice)
    });
    waiting.expect("it is tried within seconds")
}

#[test]
fn what_is_not_taken_waits_and_says_why() {
    let place = Place::with_coats();
    let (url, posted) = receiver("503 Service Unavailable");
    waiting(&place, &url);
    let _server = serve(&place, &url);
    posted.recv_timeout(PATIENCE).expect("an alert went off");
    let notice = tried(&place);
    let delivery = &notice["delivery"];
    assert_eq!(delivery["fault"], "the server answered 503");
    assert!(delivery["next_at"].is_string() && delivery["delivered_at"].is_null(), "{notice}");
    let shown = place.run(&["notices", "list"]).succeeded().out;
    assert!(shown.contains("tried 1 times, next try at"), "{shown}");
    place.run(&["notices", "sent", notice["id"].as_str().unwrap()]).succeeded();
    assert_eq!(place.run(&["notices", "list", "--json"]).succeeded().out, "");
}

#[test]
fn a_private_network_is_refused_and_so_is_a_short_secret() {
    let place = Place::with_coats();
    let run = |url: &str, secret: &str| {
        let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.env("RUSSET_NOTICE_URL", url).env("RUSSET_NOTICE_SECRET", secret);
        crate::program::Run::of(command.output().unwrap()).failed_with(1).err
    };
    let refused = run("http://127.0.0.1:9/x", SECRET);
    assert!(refused.contains("127.0.0.1 is not on the public internet"), "{refused}");
    let short = run("https://shop.example/x", "too short");
    assert!(short.contains("less than 24 bytes"), "{short}");
}
