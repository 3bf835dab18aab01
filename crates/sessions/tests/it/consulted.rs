//! Language models that a decider asks: what they are shown is on the disk first, and a thought that is asked for again has their
//! answers.

use agent::{Advice, Body, EventKind, Seq};
use serde_json::json;

use crate::on_every_engine;
use crate::place::Place;
use crate::world::{Dies, LEASE_MS, World, becomes, opening, replays, say, story, until_end};

on_every_engine!(stands_on_the_disk_before_and_after, is_asked_once_whoever_dies);

async fn stands_on_the_disk_before_and_after(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let session = node.open(opening()?).await?;
    let receipt = say(&node, &session, ("msg_1", "advise which one")).await?;
    let told = until_end(&mut node.listen(&session, receipt.first)).await?;
    assert!(story(&told).contains(&"reply: advice 1 on which one".to_owned()), "{:?}", story(&told));
    let loaded = node.runtime().load(&session).await?;
    let contents = loaded.contents.clone();
    let state = loaded.session()?;
    let turn = state.state().history.last().ok_or_else(|| anyhow::anyhow!("a turn"))?;
    let words: Vec<_> = turn.consulted.iter().map(|private| contents.value(private).cloned()).collect();
    assert_eq!(words, [Some(json!({ "prompt": "which one" })), Some(json!("advice 1 on which one"))]);
    // Eleven of what was set aside was used.
    assert_eq!(state.state().spent.tokens, 11);
    replays(node.runtime(), &session).await
}

async fn is_asked_once_whoever_dies(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let first = world.node(place.open().await?);
    let session = first.open(opening()?).await?;
    world.kill_when(Dies::WhileAdvised, &first);
    let receipt = say(&first, &session, ("msg_1", "advise which one")).await?;
    becomes(|| world.is_dead()).await?;
    let second = world.node(place.open().await?);
    let mut stream = second.listen(&session, receipt.first);
    world.clock.pass(LEASE_MS + 1);
    second.beat().await?;
    let told = until_end(&mut stream).await?;
    assert!(story(&told).contains(&"reply: advice 1 on which one".to_owned()), "{:?}", story(&told));
    let entries = second.runtime().entries(&session, Seq(0)).await?;
    let asked = entries.iter().filter(|entry| matches!(&entry.body, Body::Event(EventKind::Consulted(_))));
    assert_eq!((asked.count(), world.advised()), (1, 1));
    replays(second.runtime(), &session).await
}

/// What a decider was told before, if it was.
pub(crate) fn known(asked: &sessions::Asked) -> Option<String> {
    asked.consulted.iter().find_map(|consulted| match &consulted.advice {
        Advice::Given { output, .. } => asked.words.text(output).map(str::to_owned),
        _ => None,
    })
}
