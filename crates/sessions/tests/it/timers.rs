//! Timers over restarts, and sessions at rest.

use agent::Seq;
use sessions::Options;
use std::time::Duration;

use crate::on_every_engine;
use crate::place::Place;
use crate::world::{World, becomes, opening, replays, say, story, until, until_end};

on_every_engine!(
    tries_again_after_a_restart,
    a_session_at_rest_costs_nothing,
    beats_by_itself,
    keeps_snapshots_of_long_sessions
);

async fn tries_again_after_a_restart(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    world.put_off(1);
    let first = world.node(place.open().await?);
    let session = first.open(opening()?).await?;
    let mut stream = first.listen(&session, Seq(0));
    say(&first, &session, ("msg_1", "order 1")).await?;
    until(&mut stream, |part| matches!(part, agent::Part::ToolCalled { .. })).await?;
    let busy = || async { first.runtime().session(&session).await.map(|row| row.and_then(|row| row.due)) };
    while busy().await? > Some(agent::Time::from_millis(15_000)) {
        tokio::task::yield_now().await;
    }
    first.stop().await;

    let second = world.node(place.open().await?);
    let mut stream = second.listen(&session, stream.position());
    second.beat().await?;
    assert_eq!(second.live(), 0, "it is too early");
    world.clock.pass(15_000);
    second.beat().await?;
    let told = until_end(&mut stream).await?;
    assert_eq!(story(&told), ["calls order", "done", "reply: 1 settled", "replied"]);
    assert_eq!(world.counts(), [1]);
    replays(second.runtime(), &session).await
}

async fn a_session_at_rest_costs_nothing(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let mut sessions = Vec::new();
    for number in 0..20 {
        let session = node.open(opening()?).await?;
        let mut stream = node.listen(&session, Seq(0));
        say(&node, &session, (&format!("msg_{number}"), "hello")).await?;
        until_end(&mut stream).await?;
        sessions.push(session);
    }
    assert_eq!(node.live(), 20);
    world.clock.pass(1_000);
    node.beat().await?;
    becomes(|| node.live() == 0).await?;
    let mut stream = node.listen(&sessions[7], Seq(0));
    say(&node, &sessions[7], ("msg_again", "and again")).await?;
    let told = until(&mut stream, |_| true).await?;
    assert_eq!(story(&told)[..4], ["said: hello", "begins", "reply: You said: hello", "replied"]);
    Ok(())
}

async fn beats_by_itself(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let options = Options { beat: Some(Duration::from_millis(5)), ..Options::default() };
    let node = world.node_with(place.open().await?, options);
    let session = node.open(opening()?).await?;
    world.put_off(1);
    let mut stream = node.listen(&session, Seq(0));
    say(&node, &session, ("msg_1", "order 1")).await?;
    until(&mut stream, |part| matches!(part, agent::Part::ToolCalled { .. })).await?;
    let mut told = Vec::new();
    while story(&told).last().is_none_or(|last| last != "replied") {
        world.clock.go_on().await;
        told.extend(stream.look().await?);
    }
    becomes(|| {
        world.clock.pass(10);
        node.live() == 0
    })
    .await?;
    assert_eq!(world.counts(), [1]);
    assert_eq!(node.runtime().outbox(10).await?, []);
    node.stop().await;
    Ok(())
}

async fn keeps_snapshots_of_long_sessions(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let options = Options { beat: None, snapshot_every: 8, ..Options::default() };
    let node = world.node_with(place.open().await?, options);
    let session = node.open(opening()?).await?;
    let mut stream = node.listen(&session, Seq(0));
    for number in 0..6 {
        say(&node, &session, (&format!("msg_{number}"), "hello")).await?;
        until_end(&mut stream).await?;
    }
    node.stop().await;
    let runtime = place.open().await?;
    let loaded = runtime.load(&session).await?;
    assert!(loaded.snapshot.is_some() && loaded.tail.len() < 16, "{}", loaded.tail.len());
    replays(&runtime, &session).await
}
