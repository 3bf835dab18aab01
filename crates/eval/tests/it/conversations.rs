//! Golden conversations: what has to hold of every one of them, and a floor under the goals that are reached.

use eval::catalog::Catalog;
use eval::conversations::{self, Players};

/// Goals that are reached on the built-in store, at least.
const FLOOR: f64 = 0.70;

#[tokio::test]
async fn every_check_holds_of_every_conversation() {
    let held = conversations::run(Catalog::Demo, None, &Players::default()).await.unwrap();
    let held = held.expect("the built-in store is always here");
    assert!(held.outcomes.len() >= 100, "{} conversations", held.outcomes.len());
    let faults = held.faults();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(held.reached() >= FLOOR, "{:.2} of the goals are reached", held.reached());
}

#[tokio::test]
async fn every_check_holds_on_a_store_of_clothes() {
    let Some(held) = conversations::run(Catalog::Luma, None, &Players::default()).await.unwrap() else {
        println!("luma is left out: its data is not on this machine");
        return;
    };
    let faults = held.faults();
    assert!(faults.is_empty(), "{faults:#?}");
}
