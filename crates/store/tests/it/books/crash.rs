//! A checkout that is dropped, or whose process is killed, anywhere in the middle leaves all of it or nothing.

use std::io::{BufRead, BufReader};
use std::process::{Command as Process, Stdio};

use store::Fate;

use super::shop::{Shop, saved, shopper};
use crate::engine::Place;
use crate::on_every_engine;
use checkout::placement::PlacementCommand;
use checkout::{Command, OrderId};

/// Set for the process that is to be killed: the catalog that it sells from.
const VICTIM: &str = "STORE_TEST_SELLER_URL";

on_every_engine!(a_dropped_checkout_leaves_all_or_nothing, a_killed_seller_leaves_whole_orders);

async fn a_dropped_checkout_leaves_all_or_nothing(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    let cart = shop.cart("ann", "c1", &[("MUG", 1)]).await?;
    let order = OrderId::parse("1").unwrap();
    let command = PlacementCommand::Place { order, pay_with: saved("card") };
    let mut request = shop.request(&shopper("ann"), Command::Placement { cart, command });
    let summary = shop.books.preview(&shop.policy, &request).await?;
    request.confirmation = Some(checkout::Confirmation { digest: summary.digest });
    for turns in (0..14).map(|power| 1 << power) {
        tokio::select! {
            biased;
            () = yields(turns) => {}
            outcome = shop.books.carry_out(&shop.policy, &request) => drop(outcome?),
        }
        // A commit that was on its way when its future was dropped may still arrive, between two of these reads at the latest.
        let before = shop.books.fate(&request.key).await?;
        let orders = shop.books.everything().await?.orders.len();
        if before == shop.books.fate(&request.key).await? {
            assert_eq!(orders, usize::from(before != Fate::NeverSeen));
        }
    }
    shop.books.carry_out(&shop.policy, &request).await?;
    assert_eq!(shop.books.everything().await?.orders.len(), 1);
    shop.check_ledger().await
}

async fn yields(turns: u32) {
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}

async fn a_killed_seller_leaves_whole_orders(place: Place) -> anyhow::Result<()> {
    let shop = Shop::open(&place).await?;
    for _ in 0..3 {
        let url = place.url.clone();
        let orders = tokio::task::spawn_blocking(move || kill_after_some_orders(&url)).await??;
        let kept = shop.books.everything().await?;
        assert!(kept.orders.len() >= orders, "{} of {orders}", kept.orders.len());
        shop.check_ledger().await?;
    }
    Ok(())
}

/// How many orders the victim knows to be kept.
fn kill_after_some_orders(url: &str) -> anyhow::Result<usize> {
    let mut victim = Process::new(std::env::current_exe()?)
        .args(["--exact", "books::crash::seller", "--nocapture"])
        .env(VICTIM, url)
        .stdout(Stdio::piped())
        .spawn()?;
    let output = victim.stdout.take().ok_or_else(|| anyhow::anyhow!("no output"))?;
    let lines = BufReader::new(output).lines().map_while(Result::ok);
    let sold = lines.filter(|line| line.contains("sold")).take(5).count();
    victim.kill()?;
    victim.wait()?;
    anyhow::ensure!(sold == 5, "the seller ended by itself");
    Ok(sold)
}

/// Not a test by itself: what the process does that is killed.
#[tokio::test]
async fn seller() -> anyhow::Result<()> {
    let Ok(url) = std::env::var(VICTIM) else { return Ok(()) };
    let mut shop = Shop::reopen(&Place::at(&url)).await?;
    let start = shop.books.everything().await?.orders.len();
    for number in start.. {
        shop.wait(1);
        let name = format!("{}-{number}", std::process::id());
        let order = shop.place("ann", &name, &[("LAMP", 1)], saved("card")).await?;
        println!("sold {order}");
    }
    Ok(())
}
