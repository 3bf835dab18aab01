//! Any events in any order: no panic, no budget passed, nothing sent that is not in the journal.

use agent::{
    Actor, Advised, Answer, Approved, Body, Budget, Cancelled, Closed, Consulted, Contents, Denied, Effect,
    Epoch, EventKind, Forgotten, Key, KeyFate, LeaseTaken, Limits, NodeId, Outcome, OwnerId, Previewed,
    Returned, Seq, Session, Target, Teller, Thought, Told, TurnId, Usage, Wanted,
};
use proptest::prelude::*;
use serde_json::json;

use crate::scene::{Scene, owner};
use crate::settings::settings;

/// What is tried; numbers pick keys, so that many of them meet something.
#[derive(Clone, Debug)]
enum Try {
    Say(u8),
    Think(u8, u8, u64),
    Consult(u64),
    Advise(u8, Option<u64>),
    Return(u8, u8, u32),
    Tell(u8, u8),
    Preview(u8, bool),
    Answer(u8, bool, bool),
    Cancel(u8, bool),
    Wait(u32),
    TakeOver(u64),
    Close(bool),
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        4 => any::<u8>().prop_map(Try::Say),
        8 => (any::<u8>(), any::<u8>(), 0_u64..5_000).prop_map(|(what, tool, used)| Try::Think(what, tool, used)),
        3 => (0_u64..2_000).prop_map(Try::Consult),
        3 => (any::<u8>(), prop::option::of(0_u64..3_000)).prop_map(|(pick, used)| Try::Advise(pick, used)),
        6 => (any::<u8>(), any::<u8>(), 0_u32..4).prop_map(|(key, what, attempt)| Try::Return(key, what, attempt)),
        4 => (any::<u8>(), any::<u8>()).prop_map(|(key, what)| Try::Tell(key, what)),
        2 => (any::<u8>(), any::<bool>()).prop_map(|(key, said)| Try::Preview(key, said)),
        3 => (any::<u8>(), any::<bool>(), any::<bool>()).prop_map(|(key, yes, own)| Try::Answer(key, yes, own)),
        2 => (any::<u8>(), any::<bool>()).prop_map(|(key, turn)| Try::Cancel(key, turn)),
        6 => prop_oneof![0_u32..3_000, any::<u32>()].prop_map(Try::Wait),
        1 => (0_u64..6).prop_map(Try::TakeOver),
        1 => prop::bool::weighted(0.1).prop_map(Try::Close),
    ];
    prop::collection::vec(one, 1..60)
}

fn limits() -> impl Strategy<Value = Limits> {
    let limit = |most: u64| prop::option::of(0..most);
    (limit(20), limit(5_000), limit(1_000), limit(5_000))
        .prop_map(|(steps, tokens, money_micros, wall_ms)| Limits { steps, tokens, money_micros, wall_ms })
}

fn attempt(scene: &mut Scene, number: usize, what: &Try) -> Vec<Effect> {
    let key = |pick: u8, scene: &Scene| {
        let keys: Vec<Key> = scene.state().activities.keys().copied().collect();
        keys.get(pick as usize % (keys.len() + 1)).copied().unwrap_or(Key(u64::from(pick)))
    };
    let mut contents = Contents::default();
    let held = scene.hold(&mut contents, json!({ "item": "coat", "amount": 1 }));
    let kind = match what {
        Try::Say(device) => {
            return scene.say_as(&format!("msg_{}", number % 50), &format!("dev_{device}"), "Hello");
        }
        Try::Wait(millis) => return scene.wait(u64::from(*millis)),
        Try::Think(what, tool, used) => {
            let tools = ["find", "order", "reserve", "hold", "mail", "pay", "refund", "price", "none"];
            let tool = agent::ToolName::new(tools[*tool as usize % tools.len()]);
            let call = agent::CallId::new("c");
            let wanted = Wanted { call, tool, input: held.clone() };
            let outcome = match what % 6 {
                0 => Outcome::Reply { text: held },
                1 => Outcome::Pass,
                2 => Outcome::Failed,
                more => Outcome::Calls(vec![wanted; usize::from(more)]),
            };
            let thinking = scene.state().turn.as_ref().map(|turn| turn.phase.clone());
            let key = match thinking {
                Some(agent::Phase::Thinking(thinking)) => thinking.key,
                _ => Key(*used),
            };
            let usage = Usage { input_tokens: *used, output_tokens: *used, money_micros: *used };
            EventKind::Thought(Thought { key, usage, outcome })
        }
        Try::Consult(used) => {
            let key = match scene.state().turn.as_ref().map(|turn| &turn.phase) {
                Some(agent::Phase::Thinking(thinking)) => thinking.key,
                _ => Key(*used),
            };
            let reserved = Usage { input_tokens: *used, output_tokens: *used, money_micros: *used };
            EventKind::Consulted(Consulted { key, model: "small".to_owned(), prompt: held, reserved })
        }
        Try::Advise(pick, used) => {
            let asked: Vec<Key> =
                scene.state().turn.iter().flat_map(|turn| turn.consulted.keys().copied()).collect();
            let key = asked.get(*pick as usize % (asked.len() + 1)).copied().unwrap_or(Key(u64::from(*pick)));
            let usage =
                used.map(|used| Usage { input_tokens: used, output_tokens: used, money_micros: used });
            let output = pick.is_multiple_of(2).then_some(held);
            EventKind::Advised(Advised { key, output, usage })
        }
        Try::Return(pick, what, attempt) => {
            let answer = match what % 4 {
                0 => Answer::Done { output: held },
                1 => Answer::Refused { why: held },
                2 => Answer::Busy,
                _ => Answer::Unclear,
            };
            EventKind::Returned(Returned { key: key(*pick, scene), attempt: *attempt, answer })
        }
        Try::Tell(pick, what) => {
            let fate = match what % 5 {
                0 => KeyFate::Done { output: None },
                1 => KeyFate::Refused { why: held },
                2 => KeyFate::NotSeen,
                3 => KeyFate::Running,
                _ => KeyFate::Forgotten,
            };
            EventKind::Told(Told { key: key(*pick, scene), by: Teller::Callee, fate, seen: None })
        }
        Try::Preview(pick, said) => {
            let text = said.then(|| scene.hold(&mut contents, json!("It would be done.")));
            EventKind::Previewed(Previewed { key: key(*pick, scene), text, review: None })
        }
        Try::Answer(pick, yes, own) => {
            let key = key(*pick, scene);
            let question = scene.state().activities.get(&key).and_then(|activity| activity.approval.clone());
            let digest = question.map_or(agent::Digest::of(&[]), |question| question.digest);
            let by = if *own { owner() } else { Actor::Shopper(OwnerId::new("shp_eve")) };
            if *yes {
                EventKind::Approved(Approved { key, digest, by, message: None })
            } else {
                EventKind::Denied(Denied { key, digest, by, message: None })
            }
        }
        Try::Cancel(pick, true) => {
            let turn = scene.state().turn.as_ref().map_or(TurnId(u64::from(*pick)), |turn| turn.id);
            EventKind::Cancelled(Cancelled { what: Target::Turn(turn), by: owner() })
        }
        Try::Cancel(pick, false) => {
            EventKind::Cancelled(Cancelled { what: Target::Activity(key(*pick, scene)), by: owner() })
        }
        Try::TakeOver(epoch) => {
            let epoch = Epoch(*epoch);
            scene.epoch = scene.epoch.max(epoch);
            EventKind::LeaseTaken(LeaseTaken { node: NodeId::new("nod_2"), epoch })
        }
        Try::Close(true) => EventKind::Forgotten(Forgotten { by: owner() }),
        Try::Close(false) if number.is_multiple_of(7) => EventKind::Closed(Closed { by: owner() }),
        Try::Close(false) => return Vec::new(),
    };
    scene.happens_with(kind, contents)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn holds_for_any_events_in_any_order(turn in limits(), session in limits(), tries in tries()) {
        let mut settings = settings();
        settings.budget = Budget { turn, session };
        let mut scene = Scene::with(settings);
        for (number, what) in tries.iter().enumerate() {
            let effects = attempt(&mut scene, number, what);
            for effect in effects.iter().filter(|effect| !matches!(effect, Effect::StandDown(_))) {
                let is_written =
                    scene.entries.iter().any(|entry| matches!(&entry.body, Body::Effect(written) if written == effect));
                prop_assert!(is_written, "{effect:?}");
            }
            let state = scene.state();
            prop_assert_eq!(session.passed_by(state.spent), None);
            prop_assert_eq!(state.turn.as_ref().and_then(|running| turn.passed_by(running.spent)), None);
            prop_assert!(state.due().is_none_or(|due| due > state.now));
        }
        prop_assert_eq!(scene.replayed().state().digest(), scene.state().digest());
        prop_assert!(scene.entries.iter().enumerate().all(|(place, entry)| entry.seq == Seq(place as u64 + 1)));
        let sent: Vec<(Key, u32)> = scene.entries.iter().filter_map(|entry| match &entry.body {
            Body::Effect(Effect::Call(call)) => Some((call.key, call.attempt)),
            _ => None,
        }).collect();
        let mut once = sent.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), sent.len(), "no attempt goes out twice");
        let _: Session = scene.session;
    }
}
