//! Several devices and several nodes in one session.

use agent::{Cancelled, Effect, Epoch, EventKind, LeaseTaken, NodeId, Part, Seq, Target};
use serde_json::json;

use crate::scene::{Scene, owner};

#[test]
fn shows_all_devices_the_same_order_from_any_position() {
    let mut scene = Scene::new();
    scene.say_as("msg_a", "dev_phone", "A coat");
    scene.say_as("msg_b", "dev_widget", "A red one");
    scene.replies("Here.");
    let all: Vec<_> = agent::parts(&scene.entries, Seq(0)).collect();
    for (seen, part) in all.iter().enumerate() {
        let rest: Vec<_> = agent::parts(&scene.entries, part.position).collect();
        assert_eq!(rest, all[seen + 1..]);
    }
    assert!(
        all.iter().any(
            |part| matches!(&part.part, Part::Message { device, .. } if device.as_str() == "dev_widget")
        )
    );
}

#[test]
fn takes_a_message_once() {
    let mut scene = Scene::new();
    scene.say_as("msg_a", "dev_phone", "A coat");
    let before = scene.entries.len();
    assert_eq!(scene.say_as("msg_a", "dev_phone", "A coat"), []);
    assert_eq!(scene.entries.len(), before);
}

#[test]
fn refuses_a_node_that_has_lost_the_session() {
    let mut scene = Scene::new();
    scene.epoch = Epoch(2);
    scene.happens(EventKind::LeaseTaken(LeaseTaken { node: NodeId::new("nod_2"), epoch: Epoch(2) }));
    scene.epoch = Epoch(1);
    let before = scene.entries.len();
    let effects = scene.say("A coat");
    assert!(matches!(&effects[..], [Effect::StandDown(down)] if down.held == Epoch(2)), "{effects:?}");
    assert_eq!(scene.entries.len(), before);
}

#[test]
fn stops_a_turn_with_all_it_proposed() {
    let mut scene = Scene::new();
    scene.say("Buy it all");
    scene.calls(&[("order", json!({})), ("mail", json!({})), ("pay", json!({ "amount": 1 }))]);
    scene.story();
    let what = Target::Turn(scene.state().turn.as_ref().unwrap().id);
    scene.happens(EventKind::Cancelled(Cancelled { what, by: owner() }));
    insta::assert_snapshot!(scene.story(), @r"
    cancelled
      cancel
      cancel
      settle failed cancelled
      cancel
      close_approval no
      settle failed cancelled
      end_turn cancelled
    ");
}

#[test]
fn asks_the_next_decider_when_one_passes_or_fails() {
    let mut scene = Scene::new();
    scene.say("Hello");
    scene.thinks(agent::Outcome::Pass, agent::Contents::default());
    scene.wait(2_000);
    scene.thinks(agent::Outcome::Failed, agent::Contents::default());
    insta::assert_snapshot!(scene.story(), @r"
    message
      begin_turn
      think grammar
    thought
      pass_on
      think small-model
    woke
      cancel
      lapse
      think small-model
    thought
      lapse
      pass_on
      reply
      end_turn no_answer
    ");
}
