//! A guest signs in: what the session knows by itself and has said last goes on in another one, once, and is erased there.

use agent::{Actor, DeviceId, FactScope, FactStatus, MessageId, OwnerId, SessionId};
use serde_json::{Value, json};
use sessions::{NewFact, Node, Opening};

use crate::on_every_engine;
use crate::place::Place;
use crate::world::{World, ada, opening, owner, replays, story, until_end};

on_every_engine!(goes_on_once, has_one_heir, is_erased_where_it_was_said, the_later_of_two_holds);

fn guest() -> OwnerId {
    OwnerId::new("guest_1")
}

fn feet(content: &str) -> NewFact {
    NewFact {
        scope: FactScope::Session,
        topic: "feet".to_owned(),
        content: content.to_owned(),
        words: format!("my feet are {content}"),
        confidence_permille: 800,
        expires_at: None,
    }
}

async fn ask(node: &Node, session: &SessionId, by: Actor, words: &str) -> anyhow::Result<String> {
    let message = (MessageId::new(sessions::new_id("msg")), DeviceId::new("dev_1"));
    let receipt = node.say(session, by, message, json!(words)).await?;
    let mut stream = node.listen(session, receipt.first);
    let told = until_end(&mut stream).await?;
    Ok(story(&told).into_iter().find(|part| part.starts_with("reply")).unwrap_or_default())
}

/// A guest's session that knows something and has said it, and a shopper's that knows nothing.
async fn both(node: &Node) -> anyhow::Result<(SessionId, SessionId)> {
    let before = node.open(Opening { owner: guest(), ..opening()? }).await?;
    node.learn(&before, Actor::Shopper(guest()), feet("wide")).await?;
    ask(node, &before, Actor::Shopper(guest()), "remembered").await?;
    Ok((before, node.open(opening()?).await?))
}

fn all(value: &Value) -> Option<Value> {
    Some(value.clone())
}

async fn statuses(node: &Node, session: &SessionId) -> anyhow::Result<Vec<FactStatus>> {
    let session = node.runtime().load(session).await?.session()?;
    Ok(session.state().facts.values().map(|fact| fact.status.clone()).collect())
}

async fn goes_on_once(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let (before, after) = both(&node).await?;
    let legacy = node.inherit(&after, &before, all).await?;
    assert_eq!(legacy.facts.len(), 1);
    assert_eq!(node.inherit(&after, &before, all).await?.facts, [], "once");
    assert_eq!(statuses(&node, &before).await?, [FactStatus::Moved { to: after.clone() }]);
    let there = node.runtime().load(&after).await?.session()?;
    let fact = there.state().facts.values().next().cloned();
    assert_eq!(fact.as_ref().map(|fact| (&fact.owner, &fact.provenance.session)), Some((&owner(), &before)));
    assert_eq!(there.state().history.len(), 1);
    assert_eq!(ask(&node, &after, ada(), "remembered").await?, "reply: wide");
    assert_eq!(ask(&node, &before, Actor::Shopper(guest()), "remembered").await?, "reply: ");
    // Another node comes to the same, and a fact of another owner is refused before it reaches the journal.
    replays(node.runtime(), &before).await?;
    replays(node.runtime(), &after).await?;
    let forged = agent::Inherited {
        from: before.clone(),
        turn: agent::TurnId(99),
        reply: None,
        facts: fact.into_iter().map(|fact| agent::Fact { owner: guest(), ..fact }).collect(),
    };
    let forced =
        node.hand_in(&after, move |_| Ok((agent::EventKind::Inherited(forged), agent::Contents::default())));
    assert!(!forced.await?.is_news);
    Ok(())
}

async fn has_one_heir(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let (before, after) = both(&node).await?;
    let eves = node.open(Opening { owner: OwnerId::new("shp_eve"), ..opening()? }).await?;
    node.inherit(&after, &before, all).await?;
    assert_eq!(node.inherit(&eves, &before, all).await?.facts, []);
    assert_eq!(statuses(&node, &eves).await?, []);
    let missing = node.inherit(&after, &SessionId::new("ses_none"), all).await;
    assert!(matches!(missing, Ok(legacy) if legacy.facts.is_empty()));
    Ok(())
}

async fn is_erased_where_it_was_said(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let (before, after) = both(&node).await?;
    let legacy = node.inherit(&after, &before, all).await?;
    let ids: Vec<_> = legacy.facts.iter().map(|fact| fact.id.clone()).collect();
    assert_eq!(node.erase_all(&owner(), &ids).await?, 1);
    node.beat().await?;
    for session in [&before, &after] {
        let words = node.runtime().load(session).await?.contents;
        let telling = words.iter().filter(|(_, words)| words.to_string().contains("wide"));
        assert_eq!(telling.count(), 0, "{session}");
        replays(node.runtime(), session).await?;
    }
    assert_eq!(statuses(&node, &before).await?, [FactStatus::Erased]);
    Ok(())
}

async fn the_later_of_two_holds(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let other = node.open(opening()?).await?;
    node.learn(&other, ada(), NewFact { scope: FactScope::Shopper, ..feet("narrow") }).await?;
    node.beat().await?;
    world.clock.pass(10);
    let (before, after) = both(&node).await?;
    node.inherit(&after, &before, all).await?;
    assert_eq!(ask(&node, &after, ada(), "remembered").await?, "reply: wide");
    node.stop().await;
    // What the account says does not come back when the session changes hands.
    let next = world.node(place.open().await?);
    world.clock.pass(10);
    assert_eq!(ask(&next, &after, ada(), "remembered").await?, "reply: wide");
    Ok(())
}
