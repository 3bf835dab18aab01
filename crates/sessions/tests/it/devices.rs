//! Several devices and nodes in one session.

use std::time::Duration;

use agent::{Cancelled, EventKind, Part, Seq, Target};
use sessions::NodeError;

use crate::on_every_engine;
use crate::place::Place;
use crate::world::{
    LEASE_MS, World, ada, becomes, opening, replays, say, story, until, until_end, until_ends,
};

on_every_engine!(
    two_nodes_show_one_order,
    a_session_at_rest_goes_to_whoever_waits,
    a_node_that_was_replaced_stores_nothing,
    a_message_that_is_sent_twice_is_one,
    a_turn_can_be_stopped,
);

async fn two_nodes_show_one_order(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let (first, second) = (world.node(place.open().await?), world.node(place.open().await?));
    let session = first.open(opening()?).await?;
    let mut here = first.listen(&session, Seq(0));
    let mut there = second.listen(&session, Seq(0));
    say(&first, &session, ("msg_1", "hello")).await?;
    let mut seen_here = until_end(&mut here).await?;
    world.clock.pass(1_000);
    first.beat().await?;
    becomes(|| first.live() == 0).await?;
    say(&second, &session, ("msg_2", "order 2")).await?;
    let seen_there = until_ends(&mut there, 2).await?;
    first.beat().await?;
    seen_here.extend(until_end(&mut here).await?);
    let (ends_here, ends_there) = (story(&seen_here), story(&seen_there));
    assert_eq!(ends_here, ends_there);
    assert_eq!(seen_here, seen_there);
    replays(first.runtime(), &session).await
}

/// No time passes, so that the session is not idle and its lease does not run out.
async fn a_session_at_rest_goes_to_whoever_waits(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let nodes = [world.node(place.open().await?), world.node(place.open().await?)];
    let session = nodes[0].open(opening()?).await?;
    for turn in 0..4 {
        let (speaks, other) = (&nodes[turn % 2], &nodes[(turn + 1) % 2]);
        let (id, to, node) = (format!("msg_{turn}"), session.clone(), speaks.clone());
        let said = tokio::spawn(async move { say(&node, &to, (&id, "hello")).await });
        while !said.is_finished() {
            other.beat().await?;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let receipt = said.await??;
        until_end(&mut speaks.listen(&session, receipt.first)).await?;
    }
    replays(nodes[0].runtime(), &session).await
}

async fn a_node_that_was_replaced_stores_nothing(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let (first, second) = (world.node(place.open().await?), world.node(place.open().await?));
    let session = first.open(opening()?).await?;
    let mut stream = second.listen(&session, Seq(0));
    // The first node sleeps through the end of its lease.
    world.clock.pass(LEASE_MS + 1);
    say(&second, &session, ("msg_1", "order 1")).await?;
    until_end(&mut stream).await?;
    let refused = say(&first, &session, ("msg_2", "order 2")).await;
    assert!(
        matches!(refused.as_ref().map_err(|error| error.downcast_ref()), Err(Some(NodeError::Elsewhere))),
        "{refused:?}"
    );
    first.beat().await?;
    becomes(|| first.live() == 0).await?;
    assert_eq!(world.counts(), [1]);
    assert_eq!(stream.look().await?, []);
    replays(second.runtime(), &session).await
}

async fn a_message_that_is_sent_twice_is_one(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let session = node.open(opening()?).await?;
    let mut stream = node.listen(&session, Seq(0));
    assert!(say(&node, &session, ("msg_1", "order 1")).await?.is_news);
    assert!(!say(&node, &session, ("msg_1", "order 1")).await?.is_news);
    until_end(&mut stream).await?;
    assert!(!say(&node, &session, ("msg_1", "order 1")).await?.is_news);
    assert_eq!(world.counts(), [1]);
    Ok(())
}

async fn a_turn_can_be_stopped(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    world.put_off(1);
    let node = world.node(place.open().await?);
    let session = node.open(opening()?).await?;
    let mut stream = node.listen(&session, Seq(0));
    say(&node, &session, ("msg_1", "order 1")).await?;
    until(&mut stream, |part| matches!(part, Part::ToolCalled { .. })).await?;
    let stopped = node.hand_in(&session, |state| {
        let turn = state.turn.as_ref().map(|turn| turn.id).ok_or(NodeError::Unknown)?;
        let cancelled = Cancelled { what: Target::Turn(turn), by: ada() };
        Ok((EventKind::Cancelled(cancelled), agent::Contents::default()))
    });
    stopped.await?;
    let told = until_end(&mut stream).await?;
    assert_eq!(story(&told).last().map(String::as_str), Some("cancelled"));
    assert!(world.counts().is_empty());
    replays(node.runtime(), &session).await
}
