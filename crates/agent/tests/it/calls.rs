//! Calls: exactly once, whatever gets lost.

use agent::{
    Answer, Cancelled, Effect, EventKind, KeyFate, LeaseTaken, NodeId, StaffId, Target, Teller, Told,
};
use serde_json::json;

use crate::scene::{Scene, owner};

fn called(tool: &str) -> Scene {
    let mut scene = Scene::new();
    scene.say("Do it");
    scene.calls(&[(tool, json!({ "item": "coat" }))]);
    scene.story();
    scene
}

fn told(scene: &mut Scene, tool: &str, fate: KeyFate) {
    let key = scene.key(tool);
    scene.happens(EventKind::Told(Told { key, by: Teller::Callee, fate, seen: None }));
}

#[test]
fn goes_from_message_to_reply() {
    let mut scene = Scene::new();
    scene.say("Find me a coat");
    scene.calls(&[("find", json!({ "item": "coat" }))]);
    scene.returns("find", json!({ "found": 3 }));
    scene.replies("Three coats.");
    insta::assert_snapshot!(scene.story(), @r"
    message
      begin_turn
      think grammar
    thought
      propose find
      call find ses_1.6#1
    returned
      settle done
      think grammar
    thought
      reply
      end_turn replied
    ");
    assert_eq!(scene.replayed().state().digest(), scene.state().digest());
}

#[test]
fn asks_after_a_lost_answer_and_never_repeats_blindly() {
    let mut scene = called("order");
    scene.wait(1_000);
    assert_eq!(scene.stage("order"), "asking");
    told(&mut scene, "order", KeyFate::Running);
    scene.wait(3_000);
    told(&mut scene, "order", KeyFate::Done { output: None });
    insta::assert_snapshot!(scene.story(), @r"
    woke
      ask order ses_1.6
    woke
      ask order ses_1.6
    told
      settle done
      think grammar
    ");
}

#[test]
fn calls_again_with_the_same_key_when_the_callee_has_not_seen_it() {
    let mut scene = called("order");
    scene.wait(1_000);
    told(&mut scene, "order", KeyFate::NotSeen);
    scene.wait(500);
    insta::assert_snapshot!(scene.story(), @r"
    woke
      ask order ses_1.6
    told
      postpone
    woke
      call order ses_1.6#2
    ");
}

#[test]
fn does_not_believe_a_callee_that_may_have_forgotten() {
    let mut scene = called("order");
    scene.wait(2 * crate::settings::DAY_MS);
    told(&mut scene, "order", KeyFate::NotSeen);
    assert_eq!(scene.stage("order"), "abandoned");
}

#[test]
fn takes_back_what_cannot_be_asked_about() {
    let mut scene = called("hold");
    scene.wait(1_000);
    assert_eq!(scene.stage("hold"), "compensating");
    scene.returns("release", json!({}));
    insta::assert_snapshot!(scene.story(), @r"
    woke
      compensate 6 by release
      call release ses_1.9#1
    returned
      settle done
      settle compensated
      think grammar
    ");
    assert_eq!(scene.stage("hold"), "compensated");
}

#[test]
fn leaves_to_a_person_what_nobody_can_say() {
    let mut scene = called("mail");
    scene.wait(1_000);
    insta::assert_snapshot!(scene.story(), @r"
    woke
      settle abandoned
      hand_over
      think grammar
    ");
    let (key, by) = (scene.key("mail"), Teller::Staff(StaffId::new("stf_bo")));
    scene.happens(EventKind::Told(Told { key, by, fate: KeyFate::Done { output: None }, seen: None }));
    assert_eq!(scene.stage("mail"), "done");
}

#[test]
fn tries_again_while_the_callee_is_busy() {
    let mut scene = called("order");
    scene.answers("order", Answer::Busy);
    scene.wait(200);
    scene.answers("order", Answer::Busy);
    insta::assert_snapshot!(scene.story(), @r"
    returned
      postpone
    woke
      call order ses_1.6#2
    returned
      settle failed unavailable
      think grammar
    ");
}

#[test]
fn looks_into_what_the_last_node_had_under_way() {
    let mut scene = called("order");
    scene.epoch = scene.epoch.next();
    let (node, epoch) = (NodeId::new("nod_2"), scene.epoch);
    let effects = scene.happens(EventKind::LeaseTaken(LeaseTaken { node, epoch }));
    assert!(matches!(&effects[..], [Effect::Ask(_)]), "{effects:?}");
}

#[test]
fn calls_reads_side_by_side_and_changes_one_after_the_other() {
    let mut scene = Scene::new();
    scene.say("Everything");
    let item = json!({ "item": "coat" });
    let calls = ["find", "order", "mail", "find"].map(|tool| (tool, item.clone()));
    scene.calls(&calls);
    scene.story();
    scene.returns("order", json!({}));
    insta::assert_snapshot!(scene.story(), @r"
    returned
      settle done
      call mail ses_1.8#1
    ");
}

#[test]
fn takes_back_what_was_cancelled_and_done_all_the_same() {
    let mut scene = called("reserve");
    let what = Target::Activity(scene.key("reserve"));
    scene.happens(EventKind::Cancelled(Cancelled { what, by: owner() }));
    scene.returns("reserve", json!({}));
    insta::assert_snapshot!(scene.story(), @r"
    cancelled
      cancel
    returned
      compensate 6 by release
      call release ses_1.11#1
    ");
}

#[test]
fn brings_changes_to_their_end_after_an_interruption() {
    let mut scene = called("order");
    scene.say("Wait, another thing");
    scene.replies("Yes?");
    scene.returns("order", json!({ "number": 7 }));
    insta::assert_snapshot!(scene.story(), @r"
    message
      end_turn interrupted
      begin_turn
      think grammar
    thought
      reply
      end_turn replied
    returned
      settle done
      begin_turn
      think grammar
    ");
}

#[test]
fn drops_reads_when_interrupted() {
    let mut scene = called("find");
    scene.say("Never mind");
    insta::assert_snapshot!(scene.story(), @r"
    message
      cancel
      settle failed cancelled
      end_turn interrupted
      begin_turn
      think grammar
    ");
}

#[test]
fn takes_an_answer_once() {
    let mut scene = called("order");
    let key = scene.key("order");
    scene.returns("order", json!({ "number": 7 }));
    let before = scene.entries.len();
    let answer = Answer::Busy;
    scene.happens(EventKind::Returned(agent::Returned { key, attempt: 1, answer }));
    assert_eq!(scene.entries.len(), before);
}
