//! A node dies at each point between append, act and record; another one goes on.

use agent::Seq;

use crate::on_every_engine;
use crate::place::Place;
use crate::world::{Dies, LEASE_MS, World, opening, replays, say, story, until, until_end};

on_every_engine!(
    answers_and_replays,
    calls_once_when_it_dies_before_the_call,
    calls_once_when_it_dies_after_the_call,
    calls_once_when_it_dies_while_asking,
    goes_on_telling_where_another_node_stopped,
);

async fn answers_and_replays(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let session = node.open(opening()?).await?;
    let mut stream = node.listen(&session, Seq(0));
    say(&node, &session, ("msg_1", "order 3")).await?;
    let told = until_end(&mut stream).await?;
    let expected = ["said: order 3", "begins", "calls order", "done", "reply: 1 settled", "replied"];
    assert_eq!(story(&told), expected);
    assert_eq!(world.counts(), [1]);
    node.stop().await;
    replays(&place.open().await?, &session).await
}

/// One node dies there; the next finds the session by its lease, and the shopper's stream goes on.
async fn survives(place: Place, dies: Dies) -> anyhow::Result<()> {
    let world = World::new();
    let first = world.node(place.open().await?);
    let session = first.open(opening()?).await?;
    let mut stream = first.listen(&session, Seq(0));
    world.kill_when(if dies == Dies::WhileAsking { Dies::AfterTheCall } else { dies }, &first);
    say(&first, &session, ("msg_1", "order 3")).await?;
    let mut told = until(&mut stream, |part| matches!(part, agent::Part::ToolCalled { .. })).await?;
    crate::world::becomes(|| world.is_dead()).await?;
    if dies == Dies::WhileAsking {
        let middle = world.node(place.open().await?);
        world.kill_when(dies, &middle);
        world.clock.pass(LEASE_MS + 1);
        middle.beat().await?;
        crate::world::becomes(|| world.is_dead()).await?;
    }
    let second = world.node(place.open().await?);
    let mut stream = second.listen(&session, stream.position());
    second.beat().await?;
    assert_eq!(stream.look().await?, [], "the lease of a dead node has to run out");
    world.clock.pass(LEASE_MS + 1);
    while story(&told).last().is_none_or(|last| last != "replied") {
        second.beat().await?;
        told.extend(stream.look().await?);
        world.clock.go_on().await;
    }
    let calls = story(&told).iter().filter(|part| *part == "calls order").count();
    assert_eq!(calls, if dies == Dies::BeforeTheCall { 2 } else { 1 }, "{:?}", story(&told));
    assert_eq!(story(&told).last().map(String::as_str), Some("replied"));
    assert_eq!(world.counts(), [1]);
    replays(second.runtime(), &session).await
}

async fn calls_once_when_it_dies_before_the_call(place: Place) -> anyhow::Result<()> {
    survives(place, Dies::BeforeTheCall).await
}

async fn calls_once_when_it_dies_after_the_call(place: Place) -> anyhow::Result<()> {
    survives(place, Dies::AfterTheCall).await
}

async fn calls_once_when_it_dies_while_asking(place: Place) -> anyhow::Result<()> {
    survives(place, Dies::WhileAsking).await
}

async fn goes_on_telling_where_another_node_stopped(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let first = world.node(place.open().await?);
    let session = first.open(opening()?).await?;
    let mut stream = first.listen(&session, Seq(0));
    world.kill_when(Dies::WhileTelling, &first);
    say(&first, &session, ("msg_1", "tell a b c d")).await?;
    let mut told = until(&mut stream, |part| matches!(part, agent::Part::Uttered { .. })).await?;
    crate::world::becomes(|| world.is_dead()).await?;
    let second = world.node(place.open().await?);
    let mut stream = second.listen(&session, stream.position());
    world.clock.pass(LEASE_MS + 1);
    second.beat().await?;
    told.extend(until_end(&mut stream).await?);
    let expected = [
        "said: tell a b c d",
        "begins",
        "part: a",
        "part: b",
        "part: c",
        "part: d",
        "reply: a b c d",
        "replied",
    ];
    assert_eq!(story(&told), expected);
    replays(second.runtime(), &session).await
}
