//! A server that is killed at any moment of an answer: whoever sends the message again finds it taken once, and the conversation whole.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::identity::Client;
use crate::program::Place;
use crate::server::Server;

/// How often it is killed, each time after more of the answer.
const KILLS: usize = 20;
/// Bytes of an answer that are read beyond those of the kill before.
const STEP: usize = 90;

fn message(session: Option<&str>) -> String {
    json!({ "text": "add the first one in M", "session": session, "message": "k1" }).to_string()
}

/// Sends a message, reads so much of the answer, and kills the server.
fn kill_within(server: Server, session: Option<&str>, bytes: usize) {
    let body = message(session);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!("POST /api/ask HTTP/1.0\r\nHost: x\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.take(bytes as u64).read_to_end(&mut answer).unwrap();
    drop(server);
}

fn is_taken_once(place: &Place) {
    let mut sessions = Vec::new();
    for number in 0..KILLS {
        let server = Server::start(place);
        let mut ada = Client::guest(&server);
        ada.say("rain jacket");
        let session = ada.session.clone();
        kill_within(server, session.as_deref(), number * STEP);
        sessions.push(session.unwrap());
    }
    let server = Server::start(place);
    for session in &sessions {
        let (_, again) = server.request("POST /api/ask", "Accept: application/json", &message(Some(session)));
        let again: Value = serde_json::from_str(&again).unwrap();
        assert_eq!(again["cart"]["lines"][0]["quantity"], 1, "{session}: {again}");
        let mut ada = Client { session: Some(session.clone()), ..Client::guest(&server) };
        let cart = ada.say("show my cart");
        assert_eq!(cart["cart"]["lines"][0]["quantity"], 1, "{session}: {cart}");
    }
    drop(server);
    for session in &sessions {
        let name = session.split('.').next().unwrap();
        place.run(&["sessions", "replay", name]).succeeded();
    }
}

#[test]
fn what_was_said_is_taken_once() {
    is_taken_once(&Place::with_coats());
}

#[test]
fn and_on_postgres() {
    let (place, _) = Place::with_coats_on_postgres();
    is_taken_once(&place);
}
