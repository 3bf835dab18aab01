//! A session in a test, with all that was stored of it.

use std::collections::BTreeSet;

use agent::{
    Actor, Answer, Body, CallId, Contents, DeviceId, Effect, Entry, Epoch, Event, EventKind, Key, Message,
    MessageId, NodeId, Opened, Outcome, OwnerId, Phase, Private, PrivateId, Returned, Scope, Session,
    SessionId, Settings, StaffId, State, Thought, Time, ToolName, Usage, Wanted, Woke, step,
};
use serde_json::{Value, json};

use crate::settings::settings;

pub(crate) struct Scene {
    pub(crate) session: Session,
    pub(crate) entries: Vec<Entry>,
    pub(crate) now: Time,
    pub(crate) epoch: Epoch,
    shown: usize,
    contents: u32,
}

pub(crate) fn owner() -> Actor {
    Actor::Shopper(OwnerId::new("shp_ada"))
}

pub(crate) fn staff() -> Actor {
    Actor::Staff(StaffId::new("stf_bo"))
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::with(settings())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        assert_eq!(settings.faults(), []);
        let (now, epoch) = (Time::from_millis(1_000), Epoch(1));
        let opened = Opened {
            session: SessionId::new("ses_1"),
            owner: OwnerId::new("shp_ada"),
            node: NodeId::new("nod_1"),
            settings: settings.into(),
            scopes: BTreeSet::from([Scope::new("orders")]),
            seed: 7,
        };
        let kind = EventKind::Opened(opened);
        let session = Session::open(Event { at: now, epoch, kind, contents: Contents::default() });
        let mut scene =
            Self { session: session.unwrap(), entries: Vec::new(), now, epoch, shown: 0, contents: 0 };
        scene.store();
        scene.shown = scene.entries.len();
        scene
    }

    pub(crate) fn state(&self) -> &State {
        self.session.state()
    }

    fn store(&mut self) {
        let batch = self.session.take_unsaved();
        assert_eq!(batch.expected.0 as usize, self.entries.len());
        self.entries.extend(batch.entries);
    }

    pub(crate) fn happens_with(&mut self, kind: EventKind, contents: Contents) -> Vec<Effect> {
        let effects = step(&mut self.session, Event { at: self.now, epoch: self.epoch, kind, contents });
        self.store();
        effects
    }

    pub(crate) fn happens(&mut self, kind: EventKind) -> Vec<Effect> {
        self.happens_with(kind, Contents::default())
    }

    pub(crate) fn hold(&mut self, contents: &mut Contents, value: Value) -> Private {
        self.contents += 1;
        let id = PrivateId::of(&self.state().session.clone(), self.contents);
        contents.hold(id, value, &self.state().settings.estimator)
    }

    pub(crate) fn wait(&mut self, millis: u64) -> Vec<Effect> {
        self.now = self.now.after(millis);
        self.happens(EventKind::Woke(Woke {}))
    }

    pub(crate) fn say(&mut self, text: &str) -> Vec<Effect> {
        let number = self.entries.len();
        self.say_as(&format!("msg_{number}"), "dev_phone", text)
    }

    pub(crate) fn say_as(&mut self, id: &str, device: &str, text: &str) -> Vec<Effect> {
        let mut contents = Contents::default();
        let text = self.hold(&mut contents, json!(text));
        let (id, device) = (MessageId::new(id), DeviceId::new(device));
        self.happens_with(EventKind::Message(Message { id, device, text }), contents)
    }

    pub(crate) fn thinking(&self) -> Key {
        match self.state().turn.as_ref().map(|turn| &turn.phase) {
            Some(Phase::Thinking(thinking)) => thinking.key,
            other => panic!("nobody is thinking: {other:?}"),
        }
    }

    pub(crate) fn thinks(&mut self, outcome: Outcome, contents: Contents) -> Vec<Effect> {
        let usage = Usage { input_tokens: 100, output_tokens: 20, money_micros: 0 };
        let thought = Thought { key: self.thinking(), usage, outcome };
        self.happens_with(EventKind::Thought(thought), contents)
    }

    pub(crate) fn replies(&mut self, text: &str) -> Vec<Effect> {
        let mut contents = Contents::default();
        let text = self.hold(&mut contents, json!(text));
        self.thinks(Outcome::Reply { text }, contents)
    }

    pub(crate) fn calls(&mut self, calls: &[(&str, Value)]) -> Vec<Effect> {
        let mut contents = Contents::default();
        let mut wanted = Vec::new();
        for (place, (tool, input)) in calls.iter().enumerate() {
            let input = self.hold(&mut contents, input.clone());
            wanted.push(Wanted { call: CallId::new(format!("c{place}")), tool: ToolName::new(*tool), input });
        }
        self.thinks(Outcome::Calls(wanted), contents)
    }

    /// The key of the newest activity of a tool.
    pub(crate) fn key(&self, tool: &str) -> Key {
        let of_tool = self.state().activities.iter().filter(|(_, activity)| activity.tool.as_str() == tool);
        of_tool.map(|(key, _)| *key).next_back().unwrap()
    }

    pub(crate) fn returns(&mut self, tool: &str, output: Value) -> Vec<Effect> {
        let mut contents = Contents::default();
        let output = self.hold(&mut contents, output);
        self.answers_with(tool, Answer::Done { output }, contents)
    }

    pub(crate) fn answers(&mut self, tool: &str, answer: Answer) -> Vec<Effect> {
        self.answers_with(tool, answer, Contents::default())
    }

    fn answers_with(&mut self, tool: &str, answer: Answer, contents: Contents) -> Vec<Effect> {
        let key = self.key(tool);
        let attempt = self.state().activities[&key].attempt;
        self.happens_with(EventKind::Returned(Returned { key, attempt, answer }), contents)
    }

    pub(crate) fn stage(&self, tool: &str) -> String {
        let stage = serde_json::to_value(&self.state().activities[&self.key(tool)].stage).unwrap();
        match stage {
            Value::String(name) => name,
            Value::Object(map) => map.keys().next().unwrap().clone(),
            other => panic!("{other}"),
        }
    }

    /// The names of the entries since the last look; those of effects are indented.
    pub(crate) fn story(&mut self) -> String {
        let new = self.entries[self.shown..].iter().map(|entry| match &entry.body {
            Body::Event(event) => event.name().to_owned(),
            Body::Effect(effect) => format!("  {}{}", effect.name(), detail(effect)),
        });
        let story = new.collect::<Vec<_>>().join("\n");
        self.shown = self.entries.len();
        story
    }

    pub(crate) fn replayed(&self) -> Session {
        let lines: Vec<String> = self.entries.iter().map(Entry::to_line).collect();
        let entries = lines.iter().map(|line| Entry::parse(line).unwrap());
        Session::replay(entries, self.session.contents().clone()).unwrap()
    }
}

fn detail(effect: &Effect) -> String {
    let name = |value: &dyn erased::Named| format!(" {}", value.named());
    match effect {
        Effect::Think(think) => format!(" {}", think.decider),
        Effect::Call(call) => format!(" {} {}#{}", call.tool, call.idempotency_key, call.attempt),
        Effect::Ask(ask) => format!(" {} {}", ask.tool, ask.idempotency_key),
        Effect::Propose(propose) => format!(" {}", propose.tool),
        Effect::Compensate(compensate) => format!(" {} by {}", compensate.key, compensate.tool),
        Effect::Settle(settle) => name(&settle.fate),
        Effect::EndTurn(ended) => name(&ended.end),
        Effect::Refuse(refuse) => name(&refuse.refusal),
        Effect::CloseApproval(closed) => format!(" {}", if closed.is_granted { "yes" } else { "no" }),
        _ => String::new(),
    }
}

mod erased {
    use serde_json::Value;

    /// The name of a variant, with the name of the one in it.
    pub(crate) trait Named {
        fn named(&self) -> String;
    }

    impl<T: serde::Serialize> Named for T {
        fn named(&self) -> String {
            fn name(value: &Value) -> String {
                match value {
                    Value::String(name) => name.clone(),
                    Value::Object(map) => {
                        let (outer, inner) = map.iter().next().unwrap();
                        match inner {
                            Value::String(inner) => format!("{outer} {inner}"),
                            Value::Object(_) if outer == "failed" => format!("{outer} {}", name(inner)),
                            Value::Array(list) => format!("{outer} {}", serde_json::to_string(list).unwrap()),
                            _ => outer.clone(),
                        }
                    }
                    _ => String::new(),
                }
            }
            name(&serde_json::to_value(self).unwrap())
        }
    }
}
