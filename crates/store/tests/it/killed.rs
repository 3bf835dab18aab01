//! An import whose process is killed leaves the old catalog.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use commerce::Listing;
use store::ImportMode;
use testkit::fixtures::product;

use crate::engine::Place;
use crate::{everything, on_every_engine};

/// Set for the process that is to be killed: the store that it writes to.
const VICTIM: &str = "STORE_TEST_VICTIM_URL";
/// What it prints when it is in the middle of its import.
const READY: &str = "in the middle of an import";

on_every_engine!(a_killed_import_leaves_the_old_catalog);

async fn a_killed_import_leaves_the_old_catalog(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let mut import = store.begin_import(ImportMode::Merge).await?;
    import.product(product("MUG", "Mug")).await?;
    import.finish().await?;
    let url = place.url.clone();
    tokio::task::spawn_blocking(move || kill_in_the_middle(&url)).await??;
    assert_eq!(everything(&store).await?, vec![Listing::from(product("MUG", "Mug"))]);
    // The lock of the dead import is gone. A server needs a moment to notice.
    let patient = store::Store::open(&place.url).await?;
    let mut import = patient.begin_import(ImportMode::Merge).await?;
    import.product(product("CUP", "Cup")).await?;
    assert_eq!(import.finish().await?.products.added, 1);
    assert_eq!(store.counts().await?.products, 2);
    Ok(())
}

fn kill_in_the_middle(url: &str) -> anyhow::Result<()> {
    let mut victim = Command::new(std::env::current_exe()?)
        .args(["--exact", "killed::victim", "--nocapture"])
        .env(VICTIM, url)
        .stdout(Stdio::piped())
        .spawn()?;
    let output = victim.stdout.take().ok_or_else(|| anyhow::anyhow!("no output"))?;
    let is_ready = BufReader::new(output).lines().map_while(Result::ok).any(|line| line.contains(READY));
    victim.kill()?;
    victim.wait()?;
    anyhow::ensure!(is_ready, "the victim ended by itself");
    Ok(())
}

/// Not a test by itself: what the process does that is killed.
#[tokio::test]
async fn victim() -> anyhow::Result<()> {
    let Ok(url) = std::env::var(VICTIM) else { return Ok(()) };
    let store = store::Store::open(&url).await?;
    let mut import = store.begin_import(ImportMode::Replace).await?;
    for number in 0..5000 {
        import.product(product(&format!("P{number}"), "Never seen")).await?;
    }
    println!("{READY}");
    std::future::pending().await
}
