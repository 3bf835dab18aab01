//! Two hundred kills of the real server while shoppers fill carts, check out, pay and cancel. What was said again is taken once,
//! every yes has its order, none has two, and the books hold what the provider took and what left the stock.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use checkout::payment::{Operation, PaymentAnswer, ProviderCommand, outstanding};
use checkout::{Order, OrderStatus, Policy, State};
use jiff::{SignedDuration, Timestamp};
use payments::{TestProvider, Till};
use serde_json::{Value, json};
use store::{Books, Store};

use crate::conversations::ADDRESS;
use crate::program::Place;
use crate::server::Server;

const KILLS: usize = 200;
const SHOPPERS: usize = 4;
/// Milliseconds for shoppers to come to a yes.
const MOST_WAITS: usize = 60_000;
/// More than everybody buys.
const PIECES: u32 = 9_000;
/// How cards end, by number of the session: at once, with a lost answer, a lost question, an answer that comes later, a no.
const CARDS: [&str; 5] = ["one", "timeout", "lost", "late", "decline"];
/// What tells a yes in a script.
const YES: &str = "yes";

/// One conversation, from its first words to the last.
struct Visit {
    session: String,
    script: Vec<String>,
    /// How much of the script was answered.
    heard: usize,
    /// The order that a reply has told.
    order: Option<String>,
}

/// What everybody sees: where the server is, how much it has confirmed, and whether the day is over.
#[derive(Default)]
struct Street {
    address: Mutex<String>,
    visits: AtomicUsize,
    confirmed: AtomicUsize,
    /// Yeses that were said, whether or not anybody heard of them.
    yeses: AtomicUsize,
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

/// What a visitor says after the first words: one, two or three of a jacket, bought with a card that has its ways; every
/// fourth one thinks better of it.
fn script(number: usize) -> Vec<String> {
    let add = "add the first one in M".to_owned();
    let mut words = vec![add; 1 + number % 3];
    let card = format!("card tok_{number}_{}", CARDS[number % CARDS.len()]);
    words.extend(["check out", ADDRESS, "standard", &card, YES].map(str::to_owned));
    if number % 4 == 3 {
        words.extend(["cancel it", YES].map(str::to_owned));
    }
    words
}

impl Visit {
    fn begin(street: &Street, address: &str) -> Option<Self> {
        let begun = say(address, None, "m0", "rain jacket")?;
        let session = begun["session"].as_str().unwrap().to_owned();
        let number = street.visits.fetch_add(1, Ordering::Relaxed);
        Some(Self { session, script: script(number), heard: 0, order: None })
    }

    /// Goes on as far as the server lives.
    fn go_on(&mut self, street: &Street, address: &str) {
        while let Some(words) = self.script.get(self.heard).cloned() {
            if words == YES {
                street.yeses.fetch_add(1, Ordering::Relaxed);
            }
            let id = format!("m{}", self.heard + 1);
            let Some(reply) = say(address, Some(&self.session), &id, &words) else { return };
            if reply["confirm"].is_object() && words == YES {
                // The provider has answered meanwhile, so that the sums are others: the new summary has its own yes.
                self.script.insert(self.heard + 1, YES.to_owned());
            } else if words == YES {
                let told = reply["orders"][0]["id"].as_str().map(str::to_owned);
                assert!(told.is_some(), "{}: a yes without an order: {reply}", self.session);
                assert!(self.order.is_none() || self.order == told, "{}: another order", self.session);
                self.order = told;
            }
            self.heard += 1;
            street.confirmed.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn is_open(&self) -> bool {
        self.heard < self.script.len()
    }

    fn pieces(&self) -> u32 {
        self.script.iter().filter(|words| words.starts_with("add")).count() as u32
    }
}

fn shop(street: &Street) -> Vec<Visit> {
    let mut visits = Vec::new();
    while !street.is_over.load(Ordering::Relaxed) {
        let address = street.address.lock().unwrap().clone();
        match Visit::begin(street, &address) {
            None => thread::sleep(Duration::from_millis(5)),
            Some(mut visit) => {
                visit.go_on(street, &address);
                visits.push(visit);
            }
        }
    }
    visits
}

/// Kills one server after the other, a little later each time: each fourth while somebody waits for what comes of their yes, the
/// others as soon as they have confirmed something.
fn kill_all(place: &Place, street: &Street) {
    for number in 0..KILLS {
        let server = serve(place);
        let (confirmed, yeses) =
            (street.confirmed.load(Ordering::Relaxed), street.yeses.load(Ordering::Relaxed));
        street.address.lock().unwrap().clone_from(&server.address);
        let is_time = || match number % 4 {
            0 => street.yeses.load(Ordering::Relaxed) > yeses,
            _ => street.confirmed.load(Ordering::Relaxed) > confirmed + number % 4,
        };
        // Shoppers who have all failed would be waited for without end.
        let waits = (0..MOST_WAITS).take_while(|_| !is_time());
        waits.for_each(|_| thread::sleep(Duration::from_millis(1)));
        thread::sleep(Duration::from_millis(number as u64 * 7 % 20));
        drop(server);
    }
    street.is_over.store(true, Ordering::Relaxed);
}

/// A server whose provider knows its keys whatever becomes of the server.
fn serve(place: &Place) -> Server {
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("RUSSET_MAX_CONCURRENT", "64").env("RUSSET_PAYMENT_BOOK", place.path().join("provider"));
    Server::run(command)
}

/// The orders and the stock, after the provider was asked all that was still open.
fn settled(place: &Place, url: Option<&str>) -> State {
    let rules = place.run(&["policy", "show"]).succeeded().out;
    let policy = Arc::new(Policy::parse(&rules).unwrap());
    let file = |name: &str| format!("sqlite:{}?mode=rwc", place.path().join("data").join(name).display());
    let url_of = |name| url.map_or_else(|| file(name), str::to_owned);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let catalog = Store::open(&url_of("catalog.db")).await.unwrap();
        let books = Books::open(&url_of("books.db"), catalog, Duration::from_secs(10)).await.unwrap();
        let provider = TestProvider::default().with_book(&place.path().join("provider")).unwrap();
        let till = Till::new(books.clone(), policy, Arc::new(provider));
        // What was asked last is asked again after a minute.
        for round in 1..6 {
            till.settle(Timestamp::now() + SignedDuration::from_mins(2 * round)).await.unwrap();
        }
        books.everything().await.unwrap()
    })
}

fn check_orders(visits: &[Visit], state: &State) {
    let told: BTreeSet<&str> = visits.iter().filter_map(|visit| visit.order.as_deref()).collect();
    assert_eq!(told.len(), visits.len(), "each visit has an order of its own");
    let kept: BTreeSet<&str> = state.orders.keys().map(|id| id.as_str()).collect();
    assert_eq!(kept, told, "every yes has its order, and nothing else has one");
    for visit in visits {
        let order =
            &state.orders.iter().find(|(id, _)| visit.order.as_deref() == Some(id.as_str())).unwrap().1;
        assert_eq!(order.lines.len(), 1);
        assert_eq!(order.lines[0].quantity, visit.pieces(), "{}: {order:#?}", visit.session);
        let is_called_off = visit.script.iter().any(|words| words == "cancel it");
        assert_eq!(order.status == OrderStatus::Cancelled, is_called_off, "{}: {order:#?}", visit.session);
    }
}

fn check_stock(state: &State) {
    let wanted: u32 = live(state).map(|order| order.lines[0].quantity).sum();
    let variant = state.orders.values().next().unwrap().lines[0].item.variant.clone();
    let level = &state.stock[&variant];
    let held: u32 = level.held.values().map(|hold| hold.quantity).sum();
    assert_eq!((level.on_hand, held), (PIECES, wanted), "what is held is what orders wait for");
}

fn live(state: &State) -> impl Iterator<Item = &Order> {
    state.orders.values().filter(|order| order.status != OrderStatus::Cancelled)
}

/// What the provider did, by its own book, is what the orders say.
fn check_money(place: &Place, state: &State) {
    assert_eq!(outstanding(state), [], "the provider has answered everything");
    let book = std::fs::read_to_string(place.path().join("provider")).unwrap();
    let lines =
        book.lines().map(|line| serde_json::from_str::<(ProviderCommand, PaymentAnswer)>(line).unwrap());
    let (mut keys, mut moved) = (BTreeSet::new(), BTreeMap::<_, i64>::new());
    for (command, answer) in lines {
        assert!(keys.insert(command.key.clone()), "{} is done twice", command.key);
        if answer == PaymentAnswer::Succeeded {
            *moved.entry((command.order, command.operation)).or_default() += command.amount.amount_minor;
        }
    }
    let (mut charged, mut given_back) = (0, 0);
    for order in state.orders.values() {
        let sum = |operation| moved.get(&(order.id.clone(), operation)).copied().unwrap_or_default();
        let (taken, back) = (sum(Operation::Capture), sum(Operation::Refund));
        assert_eq!((taken, back), (order.captured_minor(), order.refunded_minor()), "{order:#?}");
        assert_eq!(
            sum(Operation::Authorise) - sum(Operation::Void),
            taken,
            "nothing stays set aside: {order:#?}"
        );
        let costs = match order.status {
            OrderStatus::Paid => order.total_minor,
            OrderStatus::Cancelled | OrderStatus::Placed => 0,
            other => panic!("{other:?}: {order:#?}"),
        };
        assert_eq!(taken - back, costs, "{order:#?}");
        (charged, given_back) = (charged + taken, given_back + back);
    }
    assert!(charged > 0 && given_back > 0, "{charged} came in and {given_back} went back");
}

fn nothing_is_lost_and_nothing_taken_twice(place: &Place, url: Option<&str>) {
    place.run(&["stock", "set", "RJ-M", &PIECES.to_string()]).succeeded();
    let street = Street::default();
    let mut visits: Vec<Visit> = thread::scope(|scope| {
        let shoppers: Vec<_> = (0..SHOPPERS).map(|_| scope.spawn(|| shop(&street))).collect();
        kill_all(place, &street);
        shoppers.into_iter().flat_map(|shopper| shopper.join().unwrap()).collect()
    });
    let cut_off = visits.iter().filter(|visit| visit.is_open());
    let unheard = cut_off.clone().count();
    let of_a_yes = cut_off.filter(|visit| visit.script[visit.heard] == YES).count();
    assert!(unheard >= KILLS / 4 && of_a_yes >= KILLS / 20, "{unheard} cut off, {of_a_yes} at a yes");
    let server = serve(place);
    thread::scope(|scope| {
        let (street, address) = (&street, server.address.as_str());
        let share = visits.len().div_ceil(SHOPPERS);
        for part in visits.chunks_mut(share) {
            scope.spawn(move || part.iter_mut().for_each(|visit| visit.go_on(street, address)));
        }
    });
    drop(server);
    let left = visits.iter().find(|visit| visit.is_open());
    assert!(
        left.is_none(),
        "not taken: {:?}",
        left.map(|visit| (&visit.session, &visit.script[visit.heard]))
    );
    let state = settled(place, url);
    check_orders(&visits, &state);
    check_stock(&state);
    check_money(place, &state);
}

#[test]
fn two_hundred_kills() {
    nothing_is_lost_and_nothing_taken_twice(&Place::with_coats(), None);
}

#[test]
fn two_hundred_kills_on_postgres() {
    let (place, url) = Place::with_coats_on_postgres();
    nothing_is_lost_and_nothing_taken_twice(&place, Some(&url));
}
