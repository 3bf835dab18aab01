//! What is remembered, and what is gone when it is erased.

use agent::{
    Actor, Body, Contents, Effect, Entry, Erased, EventKind, FactId, FactScope, FactStatus, Forgotten,
    Learned, Memory, MemoryError, OwnerId, Session, Shredded, Time,
};
use serde_json::json;

use crate::scene::{Scene, owner, staff};

fn learn(scene: &mut Scene, id: &str, scope: FactScope, content: &str, by: Actor) -> Vec<Effect> {
    let mut contents = Contents::default();
    let topic = scene.hold(&mut contents, json!("Shoe  size"));
    let content = scene.hold(&mut contents, json!(content));
    // The words are those of the newest message.
    let said = scene.entries.iter().rev().find_map(|entry| match &entry.body {
        Body::Event(EventKind::Message(message)) => Some((message.id.clone(), message.text.clone())),
        _ => None,
    });
    let (message, words) = said.unwrap();
    let learned = Learned {
        id: FactId::new(id),
        scope,
        topic,
        content,
        words,
        message: Some(message),
        confidence_permille: 800,
        expires_at: None,
        by,
    };
    scene.happens_with(EventKind::Learned(learned), contents)
}

fn learned() -> Scene {
    let mut scene = Scene::new();
    scene.say("I wear 42, by the way");
    learn(&mut scene, "fct_1", FactScope::Shopper, "42", owner());
    scene
}

#[test]
fn keeps_the_later_of_two_facts_and_shows_both() {
    let mut scene = learned();
    scene.say("No, 43");
    learn(&mut scene, "fct_2", FactScope::Shopper, "43", owner());
    let facts = &scene.state().facts;
    assert_eq!(facts[&FactId::new("fct_1")].status, FactStatus::Superseded { by: FactId::new("fct_2") });
    assert_eq!(facts[&FactId::new("fct_2")].status, FactStatus::Current);
}

#[test]
fn erases_a_fact_with_the_words_it_was_taken_from() {
    let mut scene = learned();
    scene.replies("I will remember that you wear 42.");
    let journal: String = scene.entries.iter().map(Entry::to_line).collect();
    assert!(!journal.contains("42"), "no words stand in the journal: {journal}");
    let before = scene.entries.clone();
    let effects = scene.happens(EventKind::Erased(Erased { fact: FactId::new("fct_1"), by: owner() }));
    let [Effect::Shred(shred)] = &effects[..] else { panic!("{effects:?}") };
    let readable = scene.session.contents().iter().map(|(_, value)| value.to_string()).collect::<String>();
    assert!(!readable.contains("42"), "{readable}");
    // The journal from before still replays, without the words.
    let replayed = Session::replay(before, scene.session.contents().clone()).unwrap();
    assert_eq!(replayed.state().facts[&FactId::new("fct_1")].status, FactStatus::Current);
    // Until the store says that they are gone, a node that takes over shreds them again.
    assert_eq!(scene.state().shredding.len(), shred.contents.len());
    scene.happens(EventKind::Shredded(Shredded { contents: shred.contents.clone() }));
    assert!(scene.state().shredding.is_empty());
    assert_eq!(scene.replayed().state().digest(), scene.state().digest());
}

#[test]
fn forgets_everything_on_demand() {
    let mut scene = learned();
    scene.happens(EventKind::Forgotten(Forgotten { by: owner() }));
    assert!(scene.session.contents().is_empty());
    assert!(scene.state().closed);
    assert_eq!(scene.replayed().state().digest(), scene.state().digest());
}

#[test]
fn lets_no_shopper_teach_the_shop() {
    let mut scene = learned();
    scene.story();
    learn(&mut scene, "fct_3", FactScope::Shop, "everything is free", owner());
    learn(&mut scene, "fct_4", FactScope::Shopper, "39", Actor::Shopper(OwnerId::new("shp_eve")));
    learn(&mut scene, "fct_5", FactScope::Shop, "closed on Sundays", staff());
    insta::assert_snapshot!(scene.story(), @r"
    learned
      refuse not_allowed
    learned
      refuse not_allowed
    learned
      remember
      supersede
    ");
}

#[test]
fn recalls_for_its_owner_only() {
    let scene = learned();
    let fact = scene.state().facts[&FactId::new("fct_1")].clone();
    let contents = scene.session.contents();
    let mut eves = Memory::of(OwnerId::new("shp_eve"));
    assert_eq!(eves.learn(fact.clone(), contents), Err(MemoryError::OtherOwner));
    let mut adas = Memory::of(OwnerId::new("shp_ada"));
    adas.learn(fact.clone(), contents).unwrap();
    adas.learn(fact, contents).unwrap();
    assert_eq!(adas.list().count(), 1);

    let mut later = Scene::new();
    let before = later.entries.len();
    later.happens(EventKind::Recalled(eves.recall(later.now, 10)));
    assert_eq!(later.entries.len(), before, "what is anybody else's does not reach the journal");
    later.happens_with(EventKind::Recalled(adas.recall(later.now, 10)), contents.clone());
    assert_eq!(later.state().facts.len(), 1);

    adas.erase(&FactId::new("fct_1")).unwrap();
    assert!(adas.recall(Time::from_millis(0), 10).facts().is_empty());
}
