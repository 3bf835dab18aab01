//! Calls that were left to a person: what the person says settles them, once, and the shopper hears of it.

use agent::{Contents, EventKind, KeyFate, Line, Seen, StaffId, Stage, Teller, Told};
use serde_json::json;

use crate::scene::Scene;

/// A call of which nobody knows what became of it, after the shopper was told so.
fn left(tool: &str) -> Scene {
    let mut scene = Scene::new();
    scene.say("Do it");
    scene.calls(&[(tool, json!({ "item": "coat" }))]);
    scene.wait(1_000);
    scene
}

fn says(scene: &mut Scene, tool: &str, fate: KeyFate) {
    let (key, mut contents) = (scene.key(tool), Contents::default());
    let text = scene.hold(&mut contents, json!("Mail a coat?"));
    let digest = Seen::digest(&key.idempotency(&scene.state().session), "Mail a coat?");
    let (by, seen) = (Teller::Staff(StaffId::new("stf_bo")), Some(Seen { text, digest }));
    scene.happens_with(EventKind::Told(Told { key, by, fate, seen }), contents);
}

#[test]
fn what_a_person_says_begins_a_turn_and_is_marked_as_looked_into() {
    let mut scene = left("mail");
    scene.replies("Somebody will look into it.");
    scene.story();
    says(&mut scene, "mail", KeyFate::Done { output: None });
    insta::assert_snapshot!(scene.story(), @r"
    told
      settle done
      begin_turn
      think grammar
    ");
    let turn = scene.state().turn.as_ref().unwrap();
    assert!(matches!(&turn.lines[..], [Line::Settled { is_reviewed: true, .. }]), "{:?}", turn.lines);
    says(&mut scene, "mail", KeyFate::TakenBack);
    assert_eq!((scene.story().as_str(), scene.stage("mail").as_str()), ("", "done"), "once");
    assert_eq!(scene.replayed().state().digest(), scene.state().digest());
}

#[test]
fn a_person_takes_back_by_hand_and_nobody_else_does() {
    let mut scene = left("mail");
    let key = scene.key("mail");
    for fate in [KeyFate::TakenBack, KeyFate::TakeBack] {
        scene.happens(EventKind::Told(Told { key, by: Teller::Callee, fate, seen: None }));
        assert_eq!(scene.stage("mail"), "abandoned");
    }
    says(&mut scene, "mail", KeyFate::TakeBack);
    assert_eq!(scene.stage("mail"), "abandoned", "no tool takes it back");
    says(&mut scene, "mail", KeyFate::TakenBack);
    assert_eq!(scene.stage("mail"), "compensated");
    assert_eq!(scene.replayed().state().digest(), scene.state().digest());
}

/// A call that could not be asked about, and whose taking back was not answered either.
fn not_taken_back() -> Scene {
    let mut scene = left("hold");
    assert_eq!(scene.stage("hold"), "compensating");
    for _ in 0..200 {
        if scene.stage("hold") == "abandoned" {
            break;
        }
        scene.wait(600_000);
    }
    assert_eq!(scene.stage("hold"), "abandoned");
    scene.story();
    scene
}

#[test]
fn what_could_not_be_taken_back_is_left_to_a_person_who_has_it_tried_again() {
    let mut scene = not_taken_back();
    says(&mut scene, "hold", KeyFate::TakeBack);
    assert_eq!(scene.stage("hold"), "compensating");
    let open = scene.state().open_activities().find(|(_, activity)| activity.undoes.is_some());
    assert!(matches!(open, Some((_, activity)) if matches!(activity.stage, Stage::Issued { .. })));
    scene.returns("release", json!({}));
    assert_eq!(scene.stage("hold"), "compensated");
    assert_eq!(scene.replayed().state().digest(), scene.state().digest());
}

#[test]
fn and_a_late_answer_of_the_callee_does_not_say_what_became_of_it() {
    let mut scene = not_taken_back();
    let key = scene.key("hold");
    let fate = KeyFate::Done { output: None };
    scene.happens(EventKind::Told(Told { key, by: Teller::Callee, fate: fate.clone(), seen: None }));
    assert_eq!(scene.stage("hold"), "abandoned", "it may mean before it was taken back");
    says(&mut scene, "hold", fate);
    assert_eq!(scene.stage("hold"), "done");
}
