//! Two servers on one PostgreSQL: the stream that breaks with one goes on at the other.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use serde_json::{Value, json};

use crate::program::Place;
use crate::server::{Server, events};

const QUESTION: &str = "Which jackets are waterproof?";

#[test]
fn a_stream_goes_on_at_the_other_server_after_a_kill() {
    let place = Place::new();
    place.write("coats.jsonl", Place::coats());
    let postgres = testkit::Postgres::shared().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let url = runtime.block_on(postgres.create_database()).unwrap();
    let command = |words: &[&str]| -> Command {
        let mut command = place.command(words);
        command.env("RUSSET_DATABASE_URL", &url).env("RUSSET_PHRASING", "model");
        command
    };
    assert!(command(&["import", "coats.jsonl"]).output().unwrap().status.success());
    // A language model that never answers: the first server tells the products and waits.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let model = format!("http://{}/v1#silent", silent.local_addr().unwrap());
    std::thread::spawn(move || {
        let held: Vec<TcpStream> = silent.incoming().filter_map(Result::ok).collect();
        drop(held);
    });
    let mut first = Server::run(command(&["serve", "--listen", "127.0.0.1:0", "--model", &model]));
    let second = Server::run(command(&["serve", "--listen", "127.0.0.1:0"]));

    let (session, mut heard) = hear_until_product(&first.address);
    first.process.kill().unwrap();
    first.process.wait().unwrap();
    let last = heard.last().unwrap().0.clone();
    let body = json!({ "session": session }).to_string();
    let (head, rest) = second.request("POST /api/ask", &format!("Last-Event-ID: {last}"), &body);
    assert!(head.starts_with("http/1.0 200"), "{head}");
    heard.extend(events(&rest));

    let whole = events(&second.ask("POST /api/ask", &json!({ "text": QUESTION }).to_string()).1);
    assert_eq!(bare(heard), bare(whole));
}

/// The session and the events of a stream, up to the first product; the stream is left open until here.
fn hear_until_product(address: &str) -> (String, Vec<(String, Value)>) {
    let mut stream = TcpStream::connect(address).unwrap();
    let body = json!({ "text": QUESTION }).to_string();
    let length = body.len();
    write!(stream, "POST /api/ask HTTP/1.0\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
    let mut text = String::new();
    for line in BufReader::new(stream).lines() {
        text.push_str(&line.unwrap());
        text.push('\n');
        let heard = if text.ends_with("\n\n") { events(&text) } else { Vec::new() };
        if heard.iter().any(|(_, part)| part["type"] == "data-product") {
            let session = heard[0].1["messageMetadata"]["session"].as_str().unwrap().to_owned();
            return (session, heard);
        }
    }
    panic!("the stream ended: {text}");
}

/// The parts without what is another with each message.
fn bare(events: Vec<(String, Value)>) -> Vec<Value> {
    let clear = |mut part: Value| {
        for place in ["/messageId", "/messageMetadata/session", "/data/timings_ms"] {
            if let Some(value) = part.pointer_mut(place) {
                *value = Value::Null;
            }
        }
        part
    };
    events.into_iter().map(|(_, part)| clear(part)).collect()
}
