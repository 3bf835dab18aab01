//! A call of which nobody could say what became of it: it is listed, somebody of the shop settles it, and the shopper hears of it.

use std::time::Duration;

use agent::{
    CallId, Contents, DeviceId, Event, EventKind, Key, LeaseTaken, Message, MessageId, NodeId, Phase,
    PrivateId, Session, SessionId, State, Thought, Time, ToolName, Usage, Wanted, Woke, step,
};
use serde_json::{Value, json};
use store::Runtime;

use crate::conversations::Talk;
use crate::identity::{SECRET, serve};
use crate::program::{Place, Run, keeps_to};

/// How often a callee is asked before it is given up.
const MAX_ASKED: u32 = 1_000;

/// A session that this test writes to as a node does.
struct Hand {
    session: Session,
    lease: agent::Lease,
    at: Time,
}

impl Hand {
    async fn take(runtime: &Runtime, name: &str) -> Self {
        let (session, node) = (SessionId::new(name), NodeId::new("nod_of_a_test"));
        let at = Time::from_millis(jiff::Timestamp::now().as_millisecond());
        let lease = loop {
            if let Some(lease) = runtime.acquire(&session, &node, at, at.after(60_000)).await.unwrap() {
                break lease;
            }
        };
        let session = runtime.load(&session).await.unwrap().session().unwrap();
        let mut hand = Self { session, lease, at };
        let taken = LeaseTaken { node, epoch: hand.lease.epoch };
        hand.happens(EventKind::LeaseTaken(taken), Contents::default());
        hand
    }

    fn happens(&mut self, kind: EventKind, contents: Contents) {
        step(&mut self.session, Event { at: self.at, epoch: self.lease.epoch, kind, contents });
    }

    fn state(&self) -> &State {
        self.session.state()
    }

    fn says(&mut self, name: &str, value: Value, event: impl Fn(agent::Private) -> EventKind) {
        let mut contents = Contents::default();
        let id = PrivateId::of(&self.state().session.clone(), name);
        let private = contents.hold(id, value, &agent::Estimator::default());
        self.happens(event(private), contents);
    }

    fn thinking(&self) -> Key {
        match self.state().turn.as_ref().map(|turn| &turn.phase) {
            Some(Phase::Thinking(thinking)) => thinking.key,
            other => panic!("nobody thinks: {other:?}"),
        }
    }
}

/// Has the session call a tool that never answers, and that nobody can say anything about.
async fn lose(url: &str, name: &str, (tool, input): (&str, Value)) {
    let runtime = Runtime::open(url, Duration::from_secs(10)).await.unwrap();
    let mut hand = Hand::take(&runtime, name).await;
    hand.says("lost.message", json!({ "text": "two of them" }), |text| {
        EventKind::Message(Message {
            id: MessageId::new("msg_lost"),
            device: DeviceId::new("dev_test"),
            text,
        })
    });
    let key = hand.thinking();
    hand.says("lost.input", input, |input| {
        let wanted = Wanted { call: CallId::new("c"), tool: ToolName::new(tool), input };
        let outcome = agent::Outcome::Calls(vec![wanted]);
        EventKind::Thought(Thought { key, usage: Usage::default(), outcome })
    });
    for _ in 0..MAX_ASKED {
        let Some(due) = hand.state().due().filter(|_| hand.state().open_activities().next().is_some()) else {
            break;
        };
        hand.at = due;
        hand.happens(EventKind::Woke(Woke {}), Contents::default());
    }
    runtime.append(hand.session.take_unsaved()).await.unwrap();
    runtime.release(hand.lease).await.unwrap();
    runtime.close().await;
}

/// A conversation whose cart somebody wanted to change, and nobody knows whether that was done.
fn lost<'a>(place: &'a Place, url: &str, name: &'static str) -> (Talk<'a>, Value) {
    let talk = Talk { place, name };
    talk.say("rain jacket");
    talk.say("add the first one in M");
    let session = format!("ses_{name}");
    let journal = place.json(&["sessions", "show", &session]);
    let entries = journal["entries"].as_array().unwrap();
    let proposed = entries.iter().find_map(|entry| entry.pointer("/body/effect/propose")).unwrap();
    assert_eq!(proposed["tool"], "add_to_cart", "{proposed}");
    let words = entries.iter().find(|entry| !entry["body"]["effect"]["propose"].is_null()).unwrap();
    let input = words["words"][proposed["input"]["id"].as_str().unwrap()].clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(lose(url, &session, ("add_to_cart", input)));
    let told = talk.say("show my cart");
    assert_eq!(told["cart"]["lines"][0]["quantity"], 1, "{told}");
    let call = place.json(&["approvals", "unsettled"]);
    keeps_to("unsettled", &call);
    assert_eq!((&call["status"], &call["books"]), (&json!("unknown"), &json!("not_seen")), "{call}");
    assert!(call["text"].as_str().unwrap().starts_with("add_to_cart {"), "{call}");
    (talk, call)
}

fn sqlite(place: &Place) -> String {
    format!("sqlite:{}", place.path().join("data/sessions.db").display())
}

fn id(call: &Value) -> &str {
    call["id"].as_str().unwrap()
}

fn is_settled(place: &Place, url: &str) {
    let (talk, call) = lost(place, url, "lost");
    let settle = |verdict: &str, more: &[&str]| {
        let words = ["approvals", "settle", id(&call), "--as", verdict, "--by", "bo"];
        place.run(&[&words, more].concat())
    };
    assert!(settle("take-back", &[]).failed_with(1).err.contains("no tool takes this call back"));
    settle("happened", &["--seen", "zz"]).failed_with(1);
    let done: Value =
        settle("not-happened", &["--result", "The jacket was not added twice.", "--json"]).succeeded().json();
    keeps_to("unsettled", &done);
    assert_eq!((&done["status"], &done["settled"]["by"]), (&json!("not_happened"), &json!("staff:bo")));
    assert_eq!(done["text"], call["text"], "what was read stands with it");
    settle("happened", &[]).failed_with(1);
    assert_eq!(place.run(&["approvals", "unsettled", "--json"]).succeeded().out, "");
    let told = talk.tell("show my cart");
    assert!(told.starts_with("While you were away: The jacket was not added twice."), "{told}");
    assert!(!talk.tell("show my cart").contains("While you were away"));
    let journal = place.run(&["sessions", "show", "ses_lost"]).succeeded().out;
    assert_eq!(journal.matches("refused by staff bo").count(), 1, "{journal}");
    place.run(&["sessions", "replay", "ses_lost"]).succeeded();
}

#[test]
fn what_nobody_knows_is_settled_once_and_told() {
    let place = Place::with_coats();
    let url = sqlite(&place);
    is_settled(&place, &url);
}

#[test]
fn and_on_postgres() {
    let (place, url) = Place::with_coats_on_postgres();
    is_settled(&place, &url);
}

#[test]
fn the_staff_settles_it_over_the_api() {
    let place = Place::with_coats();
    let url = sqlite(&place);
    let (talk, call) = lost(&place, &url, "api");
    let done = {
        let server = serve(&place);
        let mut command = place.command(&["token", "bo", "--staff"]);
        let token = Run::of(command.env("RUSSET_TOKEN_SECRET", SECRET).output().unwrap()).succeeded().out;
        let ask = |head: &str, token: &str, body: &Value| {
            let headers = format!("Authorization: Bearer {}", token.trim());
            let (head, body) = server.request(head, &headers, &body.to_string());
            let status: u16 = head.split_whitespace().nth(1).unwrap().parse().unwrap();
            (status, serde_json::from_str::<Value>(&body).unwrap_or_default())
        };
        assert_eq!(ask("GET /api/staff/unsettled", "none", &Value::Null).0, 401);
        let (status, listed) = ask("GET /api/staff/unsettled", &token, &Value::Null);
        assert_eq!((status, &listed["calls"][0]["id"]), (200, &call["id"]), "{listed}");
        keeps_to("unsettled-list", &listed);
        let path = format!("POST /api/staff/unsettled/{}/settle", id(&call));
        let wrong = json!({ "digest": "0".repeat(64), "verdict": "taken_back" });
        assert_eq!(ask(&path, &token, &wrong).0, 409);
        let right = json!({ "digest": call["digest"], "verdict": "taken_back" });
        let (status, done) = ask(&path, &token, &right);
        assert_eq!(status, 200, "{done}");
        assert_eq!(ask(&path, &token, &right).0, 409, "once");
        done
    };
    assert_eq!((&done["status"], &done["settled"]["verdict"]), (&json!("taken_back"), &json!("taken_back")));
    let told = talk.tell("show my cart");
    assert!(told.starts_with("While you were away: ") && told.contains("it was taken back"), "{told}");
}
