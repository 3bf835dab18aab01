//! What a node refuses, at once and clearly.

use agent::{Actor, DeviceId, MessageId, OwnerId, Seq, SessionId};
use serde_json::json;
use sessions::{NodeError, Options};

use crate::on_every_engine;
use crate::place::Place;
use crate::world::{World, ada, opening, say, until_end};

on_every_engine!(refuses_strangers, refuses_what_is_too_much, refuses_a_name_that_is_known);

fn refusal<T: std::fmt::Debug>(result: anyhow::Result<T>) -> Option<NodeError> {
    result.err()?.downcast().ok()
}

async fn refuses_strangers(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let unknown = say(&node, &SessionId::new("ses_none"), ("msg_1", "hello")).await;
    assert!(matches!(refusal(unknown), Some(NodeError::Unknown)));
    assert_eq!(node.runtime().sessions(None, None, 10).await?, [], "asking makes no session");

    let session = node.open(opening()?).await?;
    let eve = Actor::Shopper(OwnerId::new("shp_eve"));
    let message = (MessageId::new("msg_1"), DeviceId::new("dev_1"));
    let said = node.say(&session, eve.clone(), message, json!("What did she say?")).await;
    assert!(matches!(said, Err(NodeError::NotYours)), "{said:?}");
    assert!(matches!(node.forget(&session, eve).await, Err(NodeError::NotYours)));
    node.close(&session, ada()).await?;
    assert!(matches!(refusal(say(&node, &session, ("msg_2", "hello")).await), Some(NodeError::Closed)));
    Ok(())
}

async fn refuses_what_is_too_much(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let options = Options { beat: None, max_live: 1, ..Options::default() };
    let node = world.node_with(place.open().await?, options);
    let session = node.open(opening()?).await?;
    assert!(matches!(node.open(opening()?).await, Err(NodeError::Overloaded)));
    let mut stream = node.listen(&session, Seq(0));
    say(&node, &session, ("msg_1", "hello")).await?;
    until_end(&mut stream).await?;
    node.stop().await;
    assert!(matches!(refusal(say(&node, &session, ("msg_2", "hello")).await), Some(NodeError::Stopped)));
    Ok(())
}

async fn refuses_a_name_that_is_known(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let session = SessionId::new("ses_known");
    node.begin(&session, opening()?).await?;
    assert!(node.runtime().session(&session).await?.is_none(), "nothing was said in it yet");
    let mut stream = node.listen(&session, Seq(0));
    say(&node, &session, ("msg_1", "hello")).await?;
    until_end(&mut stream).await?;
    let again = world.node(place.open().await?);
    again.begin(&session, opening()?).await?;
    let refused = refusal(say(&again, &session, ("msg_2", "hello")).await);
    assert!(matches!(refused, Some(NodeError::Elsewhere)), "{refused:?}");
    assert_eq!(
        node.runtime().entries(&session, Seq(0)).await?.iter().filter(|entry| entry.seq == Seq(1)).count(),
        1
    );
    Ok(())
}
