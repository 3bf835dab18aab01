//! A guest signs in: what the session knows by itself and has said last goes on in another one, once, and is erased there.

use agent::{Actor, DeviceId, FactScope, FactStatus, MessageId, OwnerId, SessionId};
use serde_json::{Value, json};
use sessions::{Heir, Legacy, NewFact, Node, Opening};

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

/// The session of the account.
fn heir(session: &SessionId) -> Heir {
    Heir { session: session.clone(), owner: owner() }
}

/// What is told of what comes along.
fn tell(legacy: &Legacy) -> Option<String> {
    let facts = legacy.facts.iter();
    let texts: Vec<&str> = facts.filter_map(|fact| legacy.words.text(&fact.content)).collect();
    (!texts.is_empty()).then(|| texts.join(" and "))
}

/// What the account's session is left, as it is to be told.
async fn inherit(node: &Node, after: &SessionId, before: &SessionId) -> anyhow::Result<Vec<String>> {
    let untold = node.inherit(&heir(after), before, all, tell).await?;
    Ok(untold.into_iter().map(|untold| untold.text).collect())
}

async fn statuses(node: &Node, session: &SessionId) -> anyhow::Result<Vec<FactStatus>> {
    let session = node.runtime().load(session).await?.session()?;
    Ok(session.state().facts.values().map(|fact| fact.status.clone()).collect())
}

async fn goes_on_once(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let (before, after) = both(&node).await?;
    assert_eq!(inherit(&node, &after, &before).await?, ["wide"]);
    assert_eq!(statuses(&node, &before).await?, [FactStatus::Moved { to: after.clone() }]);
    let there = node.runtime().load(&after).await?.session()?;
    let fact = there.state().facts.values().next().cloned();
    assert_eq!(fact.as_ref().map(|fact| (&fact.owner, &fact.provenance.session)), Some((&owner(), &before)));
    assert_eq!(there.state().history.len(), 1);
    // Whoever was to tell it has died, and others come instead.
    assert_eq!(inherit(&node, &after, &before).await?, ["wide"], "nobody has told it yet");
    node.stop().await;
    let node = world.node(place.open().await?);
    assert_eq!(inherit(&node, &after, &before).await?, ["wide"]);
    assert_eq!(node.runtime().load(&after).await?.session()?.state().untold.len(), 1);
    assert_eq!(ask(&node, &after, ada(), "remembered").await?, "reply: wide");
    assert_eq!(inherit(&node, &after, &before).await?, Vec::<String>::new(), "it is told once");
    assert_eq!(ask(&node, &before, Actor::Shopper(guest()), "remembered").await?, "reply: ");
    // Another node comes to the same, and a fact of another owner is refused before it reaches the journal.
    replays(node.runtime(), &before).await?;
    replays(node.runtime(), &after).await?;
    let forged = agent::Inherited {
        from: before.clone(),
        turn: agent::TurnId(99),
        reply: None,
        told: None,
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
    assert!(node.name_heir(&before, &heir(&after)).await?);
    inherit(&node, &after, &before).await?;
    let eve = Heir { session: eves.clone(), owner: OwnerId::new("shp_eve") };
    assert!(!node.name_heir(&before, &eve).await?);
    assert_eq!(node.inherit(&eve, &before, all, tell).await?, []);
    assert_eq!(statuses(&node, &eves).await?, []);
    assert_eq!(inherit(&node, &after, &SessionId::new("ses_none")).await?, Vec::<String>::new());
    Ok(())
}

async fn is_erased_where_it_was_said(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let (before, after) = both(&node).await?;
    inherit(&node, &after, &before).await?;
    let there = node.runtime().load(&after).await?.session()?;
    let ids: Vec<_> = there.state().facts.keys().cloned().collect();
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
    inherit(&node, &after, &before).await?;
    assert_eq!(ask(&node, &after, ada(), "remembered").await?, "reply: wide");
    node.stop().await;
    // What the account says does not come back when the session changes hands.
    let next = world.node(place.open().await?);
    world.clock.pass(10);
    assert_eq!(ask(&next, &after, ada(), "remembered").await?, "reply: wide");
    Ok(())
}
