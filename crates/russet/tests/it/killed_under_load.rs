//! Two hundred kills of the real server while shoppers fill their carts: what was confirmed is there, and what is said again is
//! taken once.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::program::Place;
use crate::server::Server;

const KILLS: usize = 200;
const SHOPPERS: usize = 4;
/// How often each shopper adds the same goods before they begin anew.
const ADDED: usize = 3;

/// What one shopper heard in one session.
struct Heard {
    session: String,
    /// Confirmed additions.
    confirmed: usize,
    /// The message that nobody confirmed.
    open: Option<String>,
}

/// What everybody sees: where the server is, how much it has confirmed, and whether the day is over.
#[derive(Default)]
struct Street {
    address: Mutex<String>,
    confirmed: AtomicUsize,
    is_over: AtomicBool,
}

/// The reply, where the server lived long enough to give one.
fn say(address: &str, session: Option<&str>, id: &str, text: &str) -> Option<Value> {
    let body = json!({ "text": text, "session": session, "message": id }).to_string();
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    let head = "POST /api/ask HTTP/1.0\r\nHost: x\r\nAccept: application/json";
    write!(stream, "{head}\r\nContent-Length: {length}\r\n\r\n{body}").ok()?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply).ok()?;
    let reply: Value = serde_json::from_str(reply.split_once("\r\n\r\n")?.1).ok()?;
    reply["session"].is_string().then_some(reply)
}

fn shop(street: &Street) -> Vec<Heard> {
    let mut sessions = Vec::new();
    while !street.is_over.load(Ordering::Relaxed) {
        let address = street.address.lock().unwrap().clone();
        let Some(begun) = say(&address, None, "m0", "rain jacket") else {
            thread::sleep(Duration::from_millis(5));
            continue;
        };
        let session = begun["session"].as_str().unwrap().to_owned();
        let mut heard = Heard { session, confirmed: 0, open: None };
        for nth in 1..=ADDED {
            let id = format!("m{nth}");
            if say(&address, Some(&heard.session), &id, "add the first one in M").is_none() {
                heard.open = Some(id);
                break;
            }
            heard.confirmed += 1;
            street.confirmed.fetch_add(1, Ordering::Relaxed);
        }
        sessions.push(heard);
    }
    sessions
}

/// Kills one server after the other, each as soon as it has confirmed something, a little later each time.
fn kill_all(place: &Place, street: &Street) {
    for number in 0..KILLS {
        let server = Server::start(place);
        let before = street.confirmed.load(Ordering::Relaxed);
        street.address.lock().unwrap().clone_from(&server.address);
        while street.confirmed.load(Ordering::Relaxed) <= before + number % 4 {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(number as u64 * 7 % 20));
        drop(server);
    }
    street.is_over.store(true, Ordering::Relaxed);
}

fn nothing_is_lost_and_nothing_taken_twice(place: &Place) {
    let street = Street::default();
    let sessions: Vec<Heard> = thread::scope(|scope| {
        let shoppers: Vec<_> = (0..SHOPPERS).map(|_| scope.spawn(|| shop(&street))).collect();
        kill_all(place, &street);
        shoppers.into_iter().flat_map(|shopper| shopper.join().unwrap()).collect()
    });
    let unheard = sessions.iter().filter(|heard| heard.open.is_some()).count();
    assert!(unheard >= KILLS / 4, "only {unheard} messages were cut off");
    let server = Server::start(place);
    for Heard { session, confirmed, open } in &sessions {
        if let Some(id) = open {
            let again = say(&server.address, Some(session), id, "add the first one in M");
            assert!(again.is_some(), "{session}: {id} is not taken");
        }
        let wanted = confirmed + usize::from(open.is_some());
        if wanted > 0 {
            let cart = say(&server.address, Some(session), "last", "show my cart").unwrap();
            assert_eq!(cart["cart"]["lines"][0]["quantity"], wanted, "{session}: {cart}");
        }
    }
}

#[test]
fn two_hundred_kills() {
    nothing_is_lost_and_nothing_taken_twice(&Place::with_coats());
}

#[test]
fn two_hundred_kills_on_postgres() {
    let (place, _) = Place::with_coats_on_postgres();
    nothing_is_lost_and_nothing_taken_twice(&place);
}
