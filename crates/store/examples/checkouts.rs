//! How many orders the books take, and how long one waits: `cargo run --release -p store --example checkouts -- [URL]`.
//!
//! Each order is one request that reads its item from the catalog, holds stock and queues a payment, durably committed.
//! Without a URL it measures SQLite in a temporary folder.

#![expect(clippy::print_stdout, reason = "an example that prints what it measured")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use checkout::cart::{Cart, CartLine};
use checkout::order::Tender;
use checkout::placement::PlacementCommand;
use checkout::{
    Actor, Address, CartId, Command, Confirmation, Contact, GuestId, Key, MethodId, MethodKind, OrderId,
    Owner, Policy, Request, State,
};
use commerce::VariantId;
use jiff::Timestamp;
use store::{Books, ImportMode, Store};
use testkit::fixtures;

/// Orders of each round.
const ORDERS: usize = 2_000;
/// Items that they are spread over.
const ITEMS: usize = 500;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str| format!("sqlite:{}?mode=rwc", folder.path().join(name).display());
    let url = std::env::args().nth(1);
    let store = Store::open(&url.clone().unwrap_or_else(|| file("catalog.db"))).await?;
    let books_url = url.unwrap_or_else(|| file("books.db"));
    let books = Books::open(&books_url, store.clone(), Duration::from_secs(60)).await?;
    let items = stock(&store).await?;
    let policy = Arc::new(policy()?);
    println!("{:>12} {:>12} {:>10} {:>10} {:>10}", "at once", "orders/s", "p50 ms", "p99 ms", "max ms");
    for (round, at_once) in [1, 8, 64].into_iter().enumerate() {
        let requests = carts(&books, &policy, &items, round).await?;
        let (seconds, mut waits) = place(&books, &policy, requests, at_once).await?;
        waits.sort();
        let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        let rate = ORDERS as f64 / seconds;
        println!("{at_once:>12} {rate:>12.0} {:>10.2} {:>10.2} {:>10.2}", at(0.5), at(0.99), at(1.0));
    }
    Ok(())
}

async fn stock(store: &Store) -> anyhow::Result<Vec<VariantId>> {
    let mut import = store.begin_import(ImportMode::Merge).await?;
    let mut items = Vec::new();
    for number in 0..ITEMS {
        let mut product = fixtures::product(&format!("P{number}"), "A thing that sells well");
        product.variants[0].offer.price = Some(fixtures::price("12.50 USD"));
        product.variants[0].offer.stock = Some(1_000_000);
        items.push(product.variants[0].id.clone());
        import.product(product).await?;
    }
    import.finish().await?;
    Ok(items)
}

/// Fills carts and shows each what it will cost.
async fn carts(
    books: &Books,
    policy: &Policy,
    items: &[VariantId],
    round: usize,
) -> anyhow::Result<Vec<Request>> {
    let mut filled = State::default();
    let mut requests = Vec::new();
    for number in 0..ORDERS {
        let guest = id(GuestId::parse(&format!("g{round}-{number}")))?;
        let mut cart = Cart::new(Owner::Guest(guest.clone()));
        let variant = items[number * 7 % items.len()].clone();
        cart.lines.push(CartLine::new(variant, 1, 1_250));
        cart.address = Some(address());
        cart.contact = Some(Contact { name: "Gus Guest".to_owned(), email: "gus@example.com".to_owned() });
        let cart_id = id(CartId::parse(&format!("c{round}-{number}")))?;
        filled.carts.insert(cart_id.clone(), cart);
        let order = id(OrderId::parse(&format!("o{round}-{number}")))?;
        let (method, label) = (id(MethodId::parse("tok"))?, "Visa".to_owned());
        let pay_with = Tender::Token { method, kind: MethodKind::Card, label };
        requests.push(Request {
            key: id(Key::parse(&format!("k{round}-{number}")))?,
            actor: Actor::Guest { session: guest, proof: None },
            at: Timestamp::from_second(1_760_000_000)?,
            command: Command::Placement {
                cart: cart_id,
                command: PlacementCommand::Place { order, pay_with },
            },
            confirmation: None,
        });
    }
    books.put(&filled).await?;
    for request in &mut requests {
        let digest = books.preview(policy, request).await?.digest;
        request.confirmation = Some(Confirmation { digest });
    }
    Ok(requests)
}

async fn place(
    books: &Books,
    policy: &Arc<Policy>,
    requests: Vec<Request>,
    at_once: usize,
) -> anyhow::Result<(f64, Vec<Duration>)> {
    let start = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for worker in 0..at_once {
        let own: Vec<Request> = requests.iter().skip(worker).step_by(at_once).cloned().collect();
        let (books, policy) = (books.clone(), policy.clone());
        workers.spawn(async move {
            let mut waits = Vec::with_capacity(own.len());
            for request in own {
                let start = Instant::now();
                books.carry_out(&policy, &request).await?;
                waits.push(start.elapsed());
            }
            anyhow::Ok(waits)
        });
    }
    let mut waits = Vec::new();
    while let Some(own) = workers.join_next().await {
        waits.extend(own??);
    }
    Ok((start.elapsed().as_secs_f64(), waits))
}

fn policy() -> anyhow::Result<Policy> {
    let fault = |faults: Vec<checkout::policy::Fault>| anyhow::anyhow!("{faults:?}");
    Policy::parse("currency = \"USD\"\n[payment]\nkinds = [\"card\"]\n").map_err(fault)
}

fn address() -> Address {
    Address {
        line1: "1 Main Street".to_owned(),
        city: "Springfield".to_owned(),
        postcode: "62701".to_owned(),
        country: "US".to_owned(),
        ..Address::default()
    }
}

fn id<T>(parsed: Option<T>) -> anyhow::Result<T> {
    parsed.ok_or_else(|| anyhow::anyhow!("not an id"))
}
