//! What is remembered of one shopper across sessions, and of nobody else.

use agent::{Actor, DeviceId, FactScope, FactStatus, MessageId, OwnerId, Seq, SessionId};
use serde_json::json;
use sessions::{NewFact, Node, Opening};

use crate::on_every_engine;
use crate::place::Place;
use crate::world::{World, ada, opening, owner, replays, say, story, until_end};

on_every_engine!(
    recalls_across_sessions,
    keeps_shoppers_apart,
    is_put_right_and_erased_everywhere,
    forgets_what_was_told_in_words
);

fn size(content: &str) -> NewFact {
    NewFact {
        scope: FactScope::Shopper,
        topic: "shoe size".to_owned(),
        content: content.to_owned(),
        words: format!("I wear {content}"),
        confidence_permille: 900,
        expires_at: None,
    }
}

async fn remembered(node: &Node, session: &SessionId, message: &str) -> anyhow::Result<String> {
    remembered_of(node, session, (message, ada())).await
}

/// What the decider is shown of the memory of whoever asks.
async fn remembered_of(
    node: &Node,
    session: &SessionId,
    (message, by): (&str, Actor),
) -> anyhow::Result<String> {
    let message = (MessageId::new(message), DeviceId::new("dev_1"));
    let receipt = node.say(session, by, message, json!("remembered")).await?;
    let mut stream = node.listen(session, receipt.first);
    let told = until_end(&mut stream).await?;
    Ok(story(&told).into_iter().find(|part| part.starts_with("reply")).unwrap_or_default())
}

async fn recalls_across_sessions(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let first = node.open(opening()?).await?;
    let old = node.learn(&first, ada(), size("42")).await?;
    node.beat().await?;
    world.clock.pass(10);
    node.learn(&first, ada(), size("43")).await?;
    node.beat().await?;
    let second = node.open(opening()?).await?;
    assert_eq!(remembered(&node, &second, "msg_1").await?, "reply: 43");
    let (memory, _) = node.memory(&owner()).await?;
    let superseded = memory.list().find(|fact| fact.id == old).map(|fact| fact.status.clone());
    assert!(matches!(superseded, Some(FactStatus::Superseded { .. })), "{superseded:?}");
    replays(node.runtime(), &second).await
}

async fn keeps_shoppers_apart(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let hers = node.open(opening()?).await?;
    let fact = node.learn(&hers, ada(), size("42")).await?;
    node.beat().await?;
    let eve = OwnerId::new("shp_eve");
    let theirs = node.open(Opening { owner: eve.clone(), ..opening()? }).await?;
    let by = Actor::Shopper(eve.clone());
    assert_eq!(remembered_of(&node, &theirs, ("msg_1", by)).await?, "reply: ");
    assert_eq!(node.memory(&eve).await?.0.list().count(), 0);
    assert!(!node.correct(&eve, &fact, "36").await?);
    assert!(!node.erase(&eve, &fact).await?);
    let loaded = node.runtime().load(&theirs).await?;
    assert!(loaded.contents.iter().all(|(_, words)| !words.to_string().contains("42")));
    // A memory that is handed in by force is refused before it reaches the journal.
    let (memory, words) = node.memory(&owner()).await?;
    let recalled = memory.recall(agent::Time::from_millis(0), 10);
    let forced = node.hand_in(&theirs, move |_| Ok((agent::EventKind::Recalled(recalled), words)));
    assert!(!forced.await?.is_news);
    Ok(())
}

async fn is_put_right_and_erased_everywhere(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let (first, second) = (node.open(opening()?).await?, node.open(opening()?).await?);
    let mut stream = node.listen(&first, Seq(0));
    say(&node, &first, ("msg_1", "hello")).await?;
    until_end(&mut stream).await?;
    let fact = node.learn(&first, ada(), size("42")).await?;
    node.beat().await?;
    let third = node.open(opening()?).await?;
    world.clock.pass(10);
    assert!(node.correct(&owner(), &fact, "44").await?);
    node.beat().await?;
    assert_eq!(remembered(&node, &third, "msg_2").await?, "reply: 44");
    assert_eq!(remembered(&node, &second, "msg_2").await?, "reply: ", "it was opened before");

    assert!(node.erase(&owner(), &fact).await?);
    node.beat().await?;
    assert_eq!(remembered(&node, &third, "msg_3").await?, "reply: ");
    node.beat().await?;
    let (memory, words) = node.memory(&owner()).await?;
    assert!(memory.list().all(|fact| fact.status == FactStatus::Erased) && words.is_empty());
    for session in [&first, &second, &third] {
        let loaded = node.runtime().load(session).await?;
        let is_told = |words: &serde_json::Value| {
            ["42", "44", "shoe size"]
                .iter()
                .any(|word| words.as_str().is_some_and(|text| text.contains(word)))
        };
        assert_eq!(loaded.contents.iter().filter(|(_, words)| is_told(words)).count(), 0);
        replays(node.runtime(), session).await?;
    }
    assert_eq!(node.runtime().outbox(10).await?, []);
    Ok(())
}

async fn forgets_what_was_told_in_words(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let node = world.node(place.open().await?);
    let (first, other) = (node.open(opening()?).await?, node.open(opening()?).await?);
    assert_eq!(asked(&node, &first, ("msg_1", "learn forty-two")).await?, "reply: noted forty-two");
    node.beat().await?;
    let second = node.open(opening()?).await?;
    assert_eq!(asked(&node, &second, ("msg_1", "remembered")).await?, "reply: forty-two");
    assert_eq!(asked(&node, &second, ("msg_2", "hello")).await?, "reply: You said: hello");
    let (memory, words) = node.memory(&owner()).await?;
    let said = memory.list().find_map(|fact| words.value(&fact.provenance.words)).cloned();
    assert_eq!(said, Some(json!("learn forty-two")), "the memory holds the message itself");

    assert_eq!(asked(&node, &second, ("msg_3", "forget forty-two")).await?, "reply: gone 1");
    node.beat().await?;
    assert_eq!(asked(&node, &first, ("msg_2", "remembered")).await?, "reply: ");
    let (memory, words) = node.memory(&owner()).await?;
    assert!(words.is_empty() && memory.list().all(|fact| fact.status == FactStatus::Erased));
    for session in [&first, &second, &other] {
        let loaded = node.runtime().load(session).await?;
        let telling = loaded.contents.iter().filter(|(_, words)| words.to_string().contains("forty-two"));
        assert_eq!(telling.count(), 0, "{session}");
        replays(node.runtime(), session).await?;
    }
    let kept = node.runtime().load(&second).await?.contents;
    assert!(kept.iter().any(|(_, words)| words == &json!("hello")), "what has nothing to do with it stays");

    // What is erased before it has reached the memory does not reach it later.
    asked(&node, &other, ("msg_4", "learn fifty")).await?;
    asked(&node, &other, ("msg_5", "forget")).await?;
    node.beat().await?;
    assert_eq!(
        node.memory(&owner()).await?.0.list().filter(|fact| fact.status == FactStatus::Current).count(),
        0
    );
    Ok(())
}

/// The reply to a message.
async fn asked(node: &Node, session: &SessionId, message: (&str, &str)) -> anyhow::Result<String> {
    let (id, words) = message;
    let message = (MessageId::new(id), DeviceId::new("dev_1"));
    let receipt = node.say(session, ada(), message, json!(words)).await?;
    let mut stream = node.listen(session, receipt.first);
    let told = until_end(&mut stream).await?;
    Ok(story(&told).into_iter().find(|part| part.starts_with("reply")).unwrap_or_default())
}
