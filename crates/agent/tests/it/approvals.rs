//! A person says yes, days later, to the text that they saw.

use agent::{
    Actor, Approval, ApprovalPolicy, ApprovalText, Approved, Contents, Denied, Edited, Effect, EventKind,
    LeaseTaken, NodeId, OwnerId, Previewed, Review, Role, Seq, ToolName,
};
use serde_json::json;

use crate::scene::{Scene, owner, staff};
use crate::settings::{DAY_MS, settings};

fn asked() -> Scene {
    let mut scene = Scene::new();
    scene.say("Buy the coat");
    scene.calls(&[("pay", json!({ "item": "coat", "amount": 40 }))]);
    scene
}

fn question(scene: &Scene, tool: &str) -> Approval {
    scene.state().activities[&scene.key(tool)].approval.clone().unwrap()
}

fn approve(scene: &mut Scene, tool: &str, by: Actor) -> Vec<Effect> {
    let (key, digest) = (scene.key(tool), question(scene, tool).digest);
    scene.happens(EventKind::Approved(Approved { key, digest, by, message: None }))
}

#[test]
fn waits_for_days_and_across_nodes() {
    let mut scene = asked();
    assert_eq!(scene.session.contents().text(&question(&scene, "pay").text), Some("Pay 40 for coat?"));
    scene.replies("Please confirm.");
    scene.wait(DAY_MS);
    scene.epoch = scene.epoch.next();
    let (node, epoch) = (NodeId::new("nod_2"), scene.epoch);
    scene.happens(EventKind::LeaseTaken(LeaseTaken { node, epoch }));
    scene.session = scene.replayed();
    scene.now = scene.now.after(DAY_MS);
    approve(&mut scene, "pay", owner());
    scene.returns("pay", json!({}));
    scene.replies("It is yours.");
    insta::assert_snapshot!(scene.story(), @r"
    message
      begin_turn
      think grammar
    thought
      propose pay
      request_approval
      think grammar
    thought
      reply
      end_turn replied
    lease_taken
    approved
      close_approval yes
      call pay ses_1.6#1
    returned
      settle done
      begin_turn
      think grammar
    thought
      reply
      end_turn replied
    ");
}

#[test]
fn remembers_who_said_yes_to_which_text_and_when() {
    let mut scene = asked();
    scene.wait(5);
    approve(&mut scene, "pay", owner());
    let approval = question(&scene, "pay");
    let verdict = approval.verdict.unwrap();
    assert_eq!((verdict.by, verdict.is_granted, verdict.at), (owner(), true, scene.state().now));
    assert_eq!(scene.session.contents().text(&approval.text), Some("Pay 40 for coat?"));
}

#[test]
fn expires() {
    let mut scene = asked();
    scene.replies("Please confirm.");
    scene.story();
    scene.wait(3 * DAY_MS);
    insta::assert_snapshot!(scene.story(), @r"
    woke
      close_approval no
      settle failed expired
      begin_turn
      think grammar
    ");
}

#[test]
fn can_be_edited_first_and_is_asked_anew() {
    let mut scene = asked();
    let (key, digest) = (scene.key("pay"), question(&scene, "pay").digest);
    for amount in [0, 30] {
        let mut contents = Contents::default();
        let input = scene.hold(&mut contents, json!({ "item": "coat", "amount": amount }));
        scene.happens_with(EventKind::Edited(Edited { key, digest, input, by: owner() }), contents);
    }
    assert_eq!(scene.session.contents().text(&question(&scene, "pay").text), Some("Pay 30 for coat?"));
    // The text that was seen first is not what would be done now.
    scene.happens(EventKind::Approved(Approved { key, digest, by: owner(), message: None }));
    approve(&mut scene, "pay", owner());
    insta::assert_snapshot!(scene.story(), @r#"
    message
      begin_turn
      think grammar
    thought
      propose pay
      request_approval
      think grammar
    edited
      refuse bad_input ["/amount: minimum"]
    edited
      revise
      request_approval
    approved
      refuse outdated_text
    approved
      close_approval yes
      call pay ses_1.6#1
    "#);
}

#[test]
fn takes_no_answer_of_anybody_else() {
    let mut scene = asked();
    scene.story();
    approve(&mut scene, "pay", staff());
    approve(&mut scene, "pay", Actor::Shopper(OwnerId::new("shp_eve")));
    insta::assert_snapshot!(scene.story(), @r"
    approved
      refuse not_allowed
    approved
      refuse not_allowed
    ");
    assert_eq!(scene.stage("pay"), "awaiting_approval");
}

#[test]
fn takes_a_no() {
    let mut scene = asked();
    scene.replies("Please confirm.");
    scene.story();
    let (key, digest) = (scene.key("pay"), question(&scene, "pay").digest);
    scene.happens(EventKind::Denied(Denied { key, digest, by: owner(), message: None }));
    insta::assert_snapshot!(scene.story(), @r"
    denied
      close_approval no
      settle failed denied
      begin_turn
      think grammar
    ");
}

#[test]
fn shows_staff_what_the_callee_says_it_would_do() {
    let mut scene = Scene::new();
    scene.say("I want my money back");
    scene.calls(&[("refund", json!({ "amount": 40 }))]);
    let (key, mut contents) = (scene.key("refund"), Contents::default());
    let text = Some(scene.hold(&mut contents, json!("Refund 40 to the card that ends in 42.")));
    scene.happens_with(EventKind::Previewed(Previewed { key, text, review: None }), contents);
    scene.story();
    approve(&mut scene, "refund", owner());
    approve(&mut scene, "refund", staff());
    insta::assert_snapshot!(scene.story(), @r"
    approved
      refuse not_allowed
    approved
      close_approval yes
      call refund ses_1.6#1
    ");
    let parts: Vec<_> = agent::parts(&scene.entries, Seq(0)).map(|part| part.position).collect();
    assert!(parts.windows(2).all(|pair| pair[0] < pair[1]));
}

/// A refund that the shopper said yes to and that the callee wants somebody of the shop to look at.
fn passed_on() -> Scene {
    let mut settings = settings();
    let refund = settings.tools.get_mut(&ToolName::new("refund")).unwrap();
    refund.approval =
        ApprovalPolicy::Always { by: Role::Shopper, expires_ms: DAY_MS, text: ApprovalText::Preview };
    let mut scene = Scene::with(settings);
    scene.say("I want my money back");
    scene.calls(&[("refund", json!({ "amount": 40 }))]);
    foreseen(&mut scene, "Refund 40 to the card that ends in 42.");
    scene.replies("Please confirm.");
    scene.story();
    approve(&mut scene, "refund", owner());
    scene
}

fn foreseen(scene: &mut Scene, text: &str) {
    let (key, mut contents) = (scene.key("refund"), Contents::default());
    let text = Some(scene.hold(&mut contents, json!(text)));
    let review = Some(Review { by: Role::Staff, expires_ms: 3 * DAY_MS });
    scene.happens_with(EventKind::Previewed(Previewed { key, text, review }), contents);
}

#[test]
fn is_passed_on_to_the_staff_with_the_text_that_the_shopper_saw() {
    let mut scene = passed_on();
    scene.replies("Somebody looks at it.");
    scene.wait(DAY_MS);
    scene.epoch = scene.epoch.next();
    let (node, epoch) = (NodeId::new("nod_2"), scene.epoch);
    scene.happens(EventKind::LeaseTaken(LeaseTaken { node, epoch }));
    scene.session = scene.replayed();
    approve(&mut scene, "refund", owner());
    approve(&mut scene, "refund", staff());
    scene.returns("refund", json!({}));
    insta::assert_snapshot!(scene.story(), @r"
    approved
      close_approval yes
      request_approval
      begin_turn
      think grammar
    thought
      reply
      end_turn replied
    lease_taken
    approved
      refuse not_allowed
    approved
      close_approval yes
      call refund ses_1.6#1
    returned
      settle done
      begin_turn
      think grammar
    ");
    let activity = &scene.state().activities[&scene.key("refund")];
    let asked: Vec<&Approval> = activity.earlier.iter().chain(&activity.approval).collect();
    let said: Vec<Actor> = asked.iter().map(|one| one.verdict.clone().unwrap().by).collect();
    assert_eq!(said, [owner(), staff()]);
    assert_eq!(asked[0].text, asked[1].text);
}

#[test]
fn what_the_staff_changes_goes_back_to_the_shopper() {
    let mut scene = passed_on();
    scene.replies("Somebody looks at it.");
    scene.story();
    let (key, digest) = (scene.key("refund"), question(&scene, "refund").digest);
    let mut contents = Contents::default();
    let input = scene.hold(&mut contents, json!({ "amount": 30 }));
    scene.happens_with(EventKind::Edited(Edited { key, digest, input, by: staff() }), contents);
    foreseen(&mut scene, "Refund 30 to the card that ends in 42.");
    assert_eq!(question(&scene, "refund").by, Role::Shopper);
    scene.replies("The shop offers 30.");
    approve(&mut scene, "refund", owner());
    assert_eq!(question(&scene, "refund").by, Role::Staff);
    insta::assert_snapshot!(scene.story(), @r"
    edited
      revise
      preview
    previewed
      request_approval
      begin_turn
      think grammar
    thought
      reply
      end_turn replied
    approved
      close_approval yes
      request_approval
      begin_turn
      think grammar
    ");
}

#[test]
fn what_was_said_yes_to_before_signing_in_may_be_done_for_the_account() {
    let mut scene = passed_on();
    scene.replies("Somebody looks at it.");
    scene.say("And pay");
    scene.calls(&[("pay", json!({ "item": "hat", "amount": 1 }))]);
    scene.replies("Please confirm.");
    let account = OwnerId::new("shp_account");
    let signed_in = || {
        let (to, owner) = (agent::SessionId::new("ses_2"), Some(account.clone()));
        EventKind::Bequeathed(agent::Bequeathed { to, facts: Vec::new(), owner })
    };
    let heir = |scene: &Scene, tool| scene.state().activities[&scene.key(tool)].heir.clone();
    scene.happens(signed_in());
    assert_eq!((heir(&scene, "refund"), heir(&scene, "pay")), (Some(account.clone()), None));
    scene.story();
    scene.happens(signed_in());
    assert_eq!(scene.story(), "", "it is known");
    // What is said yes to after that is the account's once they sign in again.
    approve(&mut scene, "pay", owner());
    assert_eq!(heir(&scene, "pay"), None);
    scene.happens(signed_in());
    assert_eq!(heir(&scene, "pay"), Some(account.clone()));
    assert_eq!(scene.replayed().state().digest(), scene.state().digest());
}

#[test]
fn what_nobody_of_the_staff_looks_at_is_not_done() {
    let mut scene = passed_on();
    scene.replies("Somebody looks at it.");
    scene.story();
    scene.wait(3 * DAY_MS);
    insta::assert_snapshot!(scene.story(), @r"
    woke
      close_approval no
      settle failed expired
      begin_turn
      think grammar
    ");
}

/// A refund that has its yes and waits behind another change that is under way.
fn behind() -> Scene {
    let mut scene = Scene::new();
    scene.say("I want my money back, and hold the coat");
    scene.calls(&[("reserve", json!({ "item": "coat" })), ("refund", json!({ "amount": 40 }))]);
    let (key, mut contents) = (scene.key("refund"), Contents::default());
    let text = Some(scene.hold(&mut contents, json!("Refund 40 to the card that ends in 42.")));
    scene.happens_with(EventKind::Previewed(Previewed { key, text, review: None }), contents);
    approve(&mut scene, "refund", staff());
    assert_eq!((scene.stage("reserve"), scene.stage("refund")), ("issued".to_owned(), "proposed".to_owned()));
    scene
}

#[test]
fn what_has_its_yes_and_waits_for_its_way_waits_for_no_text() {
    let mut scene = behind();
    // What is under way is lost, and asked about for longer than a callee has to say what it would do.
    for _ in 0..3 {
        scene.now = scene.state().due().unwrap().after(1);
        scene.happens(EventKind::Woke(agent::Woke {}));
    }
    assert!(scene.state().due().is_some_and(|due| due > scene.now), "{:?}", scene.state().due());
    assert_eq!(scene.stage("refund"), "proposed");
}

#[test]
fn a_text_that_comes_late_does_not_take_a_yes_back() {
    let mut scene = behind();
    let key = scene.key("refund");
    scene.happens(EventKind::Previewed(Previewed { key, text: None, review: None }));
    assert_eq!(scene.stage("refund"), "proposed");
    scene.returns("reserve", json!({}));
    assert_eq!(scene.stage("refund"), "issued");
}
