//! The world of one run.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::advisers::{Advisers, consulted};
use super::happening::{Happening, Process, Request};
use super::node::Node;
use super::staff::Staff;
use super::verdict::{self, Violation};
use super::{Asked, Breakage, Callees, Disk, Random, Says, Trade};
use crate::{
    Answer, Call, Contents, Effect, Epoch, Event, EventKind, Key, KeyFate, LeaseTaken, MessageId, NodeId,
    Opened, OwnerId, Previewed, PrivateId, Returned, Review, Role, Session, SessionId, Shredded, Teller,
    Thought, Time, Told, Usage, Woke, step,
};

/// After this nothing breaks any more, so that everything can come to its end.
const CALM_AT: i64 = 150_000;
/// More than this happens in no run that comes to its end.
const MOST_HAPPENINGS: u32 = 20_000;

/// What a run leaves behind.
#[derive(Debug)]
pub struct Outcome {
    /// The store at the end.
    pub disk: Disk,
    /// What did not hold.
    pub violations: Vec<Violation>,
    /// How many calls reached callees.
    pub calls: u32,
    /// How often a node died.
    pub crashes: u32,
}

/// Plays a seed.
pub fn run(seed: u64, breakage: Breakage) -> Outcome {
    run_with(seed, breakage, &mut Callees::default())
}

/// Plays a seed with these callees.
pub fn run_with(seed: u64, breakage: Breakage, trade: &mut dyn Trade) -> Outcome {
    let mut world = World::new(seed, breakage, trade);
    let mut happened = 0;
    while let Some(((at, _), happening)) = world.queue.pop_first() {
        world.now = world.now.max(at);
        world.happen(happening);
        happened += 1;
        if happened > MOST_HAPPENINGS {
            world.violations.push(Violation::Endless);
            break;
        }
    }
    world.finish()
}

pub(super) struct World<'t> {
    pub(super) random: Random,
    pub(super) breakage: Breakage,
    pub(super) now: Time,
    pub(super) queue: BTreeMap<(Time, u64), Happening>,
    pub(super) scheduled: u64,
    pub(super) disk: Disk,
    pub(super) nodes: [Node; 2],
    pub(super) trade: &'t mut dyn Trade,
    pub(super) holder: usize,
    pub(super) session: SessionId,
    pub(super) owner: OwnerId,
    pub(super) said: BTreeSet<MessageId>,
    pub(super) violations: Vec<Violation>,
    pub(super) calls: u32,
    pub(super) crashes: u32,
    pub(super) facts: u64,
    pub(super) timer: u32,
    pub(super) staff: Staff,
    pub(super) advisers: Advisers,
}

impl<'t> World<'t> {
    fn new(seed: u64, breakage: Breakage, trade: &'t mut dyn Trade) -> Self {
        let mut random = Random::seeded(seed);
        let (session, owner) = (SessionId::new("ses_1"), OwnerId::new("shp_1"));
        let now = Time::from_millis(0);
        let opened = Opened {
            session: session.clone(),
            owner: owner.clone(),
            node: NodeId::new("nod_0"),
            settings: trade.settings(&mut random).into(),
            scopes: BTreeSet::new(),
            seed,
        };
        let epoch = Epoch(1);
        let event = Event { at: now, epoch, kind: EventKind::Opened(opened), contents: Contents::default() };
        let mut opened = Session::open(event).expect("the event opens a session");
        let mut disk = Disk { epoch, ..Disk::default() };
        disk.force(opened.take_unsaved());
        let mut world = Self {
            random,
            breakage,
            now,
            queue: BTreeMap::new(),
            scheduled: 0,
            disk,
            nodes: [Node { session: Some(opened), ..Node::default() }, Node::default()],
            trade,
            holder: 0,
            session,
            owner,
            said: BTreeSet::new(),
            violations: Vec::new(),
            calls: 0,
            crashes: 0,
            facts: 0,
            timer: 0,
            staff: Staff::seeded(seed),
            advisers: Advisers::seeded(seed),
        };
        world.plan();
        world
    }

    /// What people do and what breaks by itself.
    fn plan(&mut self) {
        for message in 0..1 + self.random.below(self.trade.most_messages()) {
            self.within(60_000, Happening::Say(message));
        }
        for _ in 0..self.random.below(3) {
            let node = self.random.below(2) as usize;
            self.within(90_000, Happening::Crash(node));
        }
        for _ in 0..self.random.below(3) {
            let node = self.random.below(2) as usize;
            self.within(90_000, Happening::TakeOver(node));
        }
        if self.random.percent(30) {
            self.within(90_000, Happening::Stop);
        }
        for _ in 0..self.random.below(3) {
            self.within(90_000, Happening::Memory);
        }
        if let Some(pause) = self.trade.begins_after_ms() {
            self.after(pause, Happening::GoOn);
        }
    }

    pub(super) fn within(&mut self, millis: u64, happening: Happening) {
        let pause = self.random.below(millis);
        self.after(pause, happening);
    }

    pub(super) fn after(&mut self, millis: u64, happening: Happening) {
        self.scheduled += 1;
        self.queue.insert((self.now.after(millis), self.scheduled), happening);
    }

    /// Whether something breaks that breaks so often in a hundred times.
    fn breaks(&mut self, percent: u64) -> bool {
        self.now.millis() < CALM_AT && self.random.percent(percent)
    }

    fn process(&self, node: usize) -> Process {
        Process { node, life: self.nodes[node].life }
    }

    fn is_alive(&self, process: Process) -> bool {
        self.nodes[process.node].life == process.life
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Say(number) => self.say(number),
            Happening::Deliver { to, kind, contents } => self.deliver(to, kind, contents),
            Happening::Append { by, batch, effects } => self.append(by, *batch, effects),
            Happening::Act { by, effect } => self.act(by, *effect),
            Happening::Arrive { from, request } => self.arrive(from, &request),
            Happening::Look(key) => self.look(key),
            Happening::LookInto(key) => self.look_into(key),
            Happening::TakeOver(node) => self.take_over(node),
            Happening::Crash(node) => self.crash(node),
            Happening::Timer(set) if set == self.timer => self.go_off(),
            Happening::Timer(_) => {}
            Happening::Stop => self.stop(),
            Happening::Memory => self.remember(),
            Happening::GoOn => self.go_on(),
        }
    }

    /// The callees' own affairs go on for as long as anything else does.
    fn go_on(&mut self) {
        let is_calm = self.now.millis() >= CALM_AT;
        let pause = self.trade.go_on(self.now, is_calm, &mut self.random);
        if !self.queue.is_empty() {
            self.after(pause, Happening::GoOn);
        }
    }

    pub(super) fn hold(&self, contents: &mut Contents, name: &str, value: Value) -> crate::Private {
        contents.hold(PrivateId::of(&self.session, name), value, &crate::Estimator::default())
    }

    pub(super) fn tell_holder(&mut self, kind: EventKind, contents: Contents) {
        let to = self.process(self.holder);
        self.after(1, Happening::Deliver { to, kind, contents });
    }

    fn deliver(&mut self, to: Process, kind: EventKind, contents: Contents) {
        if !self.is_alive(to) {
            return;
        }
        if self.nodes[to.node].is_writing {
            self.after(50, Happening::Deliver { to, kind, contents });
            return;
        }
        let Some(mut session) = self.nodes[to.node].session.take() else { return };
        let epoch = match &kind {
            EventKind::LeaseTaken(lease) => lease.epoch,
            _ => session.state().epoch,
        };
        let effects = step(&mut session, Event { at: self.now, epoch, kind, contents });
        verdict::after_step(&session, &mut self.violations);
        let batch = session.take_unsaved();
        self.nodes[to.node].session = Some(session);
        if batch.entries.is_empty() {
            return;
        }
        if self.breakage == Breakage::ActBeforeAppend {
            effects.iter().for_each(|effect| self.schedule_act(to, effect.clone()));
        }
        if self.breaks(2) {
            self.crash(to.node);
            return;
        }
        self.nodes[to.node].is_writing = true;
        let pause = if self.breaks(5) { 8_000 } else { 2 };
        self.after(pause, Happening::Append { by: to, batch: Box::new(batch), effects });
    }

    fn append(&mut self, by: Process, batch: crate::Batch, effects: Vec<Effect>) {
        // A node that died while it wrote does not know whether the disk got to it, and neither do we.
        if !self.is_alive(by) && self.random.percent(50) {
            return;
        }
        let said: Vec<MessageId> = verdict::messages(&batch.entries);
        let left = verdict::handed_over(&batch.entries);
        let asked = consulted(&batch.entries);
        let result = if self.breakage == Breakage::NoFencing {
            self.disk.force(batch);
            Ok(())
        } else {
            self.disk.append(batch)
        };
        if result.is_ok() {
            self.said.extend(said);
            self.leave_to_staff(left);
            self.set_timer();
        }
        if !self.is_alive(by) {
            return;
        }
        self.nodes[by.node].is_writing = false;
        match result {
            Err(_) => self.nodes[by.node].session = None,
            Ok(()) if self.breaks(3) => self.crash(by.node),
            Ok(()) if self.breakage == Breakage::ActBeforeAppend => {}
            Ok(()) => {
                self.advise(by, asked);
                effects.into_iter().for_each(|effect| self.schedule_act(by, effect));
            }
        }
        if self.random.percent(10) && self.breakage == Breakage::None && self.disk.take_snapshot().is_err() {
            self.violations.push(Violation::DoesNotReplay);
        }
    }

    /// There is one timer; setting it anew takes the place of what it was set to.
    fn set_timer(&mut self) {
        self.timer = self.timer.wrapping_add(1);
        if let Some(due) = self.disk.due {
            let pause = due.since(self.now);
            self.after(pause, Happening::Timer(self.timer));
        }
    }

    fn schedule_act(&mut self, by: Process, effect: Effect) {
        let pause = 1 + if self.breaks(5) { self.random.below(20_000) } else { self.random.below(5) };
        self.after(pause, Happening::Act { by, effect: Box::new(effect) });
    }

    fn act(&mut self, by: Process, effect: Effect) {
        if !self.is_alive(by) {
            return;
        }
        if self.breaks(1) {
            self.crash(by.node);
            return;
        }
        match effect {
            Effect::Think(think) => self.think(by, think.key),
            Effect::Call(call) => self.send(by, &call),
            Effect::Ask(ask) => {
                let (tool, key) = (ask.tool.to_string(), ask.idempotency_key);
                let asked = Asked { tool, key, undoes: None, input: Value::Null, approved: None };
                self.send_request(by, Request { key: ask.key, asked, attempt: None });
            }
            Effect::Preview(preview) => {
                let (tool, key) = (preview.tool.to_string(), preview.key.idempotency(&self.session));
                let input = self.content(by, &preview.input);
                let asked = Asked { tool, key, undoes: None, input, approved: None };
                let text = self.trade.preview(&asked, self.now, &mut self.random);
                let mut contents = Contents::default();
                let name = format!("preview.{}.{}", preview.key, self.scheduled);
                let text = text.map(|text| self.hold(&mut contents, &name, json!(text)));
                // Every other one needs a second yes. It follows from the key, so that the seeds lead where they led.
                let review = Review { by: Role::Shopper, expires_ms: 2 * 24 * 3_600_000 };
                let review = preview.key.0.is_multiple_of(2).then_some(review);
                let previewed = Previewed { key: preview.key, text, review };
                self.answer(by, EventKind::Previewed(previewed), contents);
            }
            Effect::RequestApproval(request) => {
                let wait = self.trade.answers_within_ms(&mut self.random);
                self.within(wait, Happening::Look(request.key));
            }
            Effect::Shred(shred) => {
                let kind = EventKind::Shredded(Shredded { contents: shred.contents });
                self.answer(by, kind, Contents::default());
            }
            Effect::StandDown(_) => self.nodes[by.node].session = None,
            _ => {}
        }
    }

    fn think(&mut self, by: Process, key: Key) {
        self.consult(by, key);
        let mut contents = Contents::default();
        let outcome = match self.random.below(10) {
            0..=3 => {
                let text = self.hold(&mut contents, &format!("thought.{key}"), json!("So it is."));
                crate::Outcome::Reply { text }
            }
            4..=7 => crate::Outcome::Calls(self.wanted(key, &mut contents)),
            8 => crate::Outcome::Pass,
            _ => crate::Outcome::Failed,
        };
        let input_tokens = self.random.below(400);
        let usage = Usage { input_tokens, output_tokens: self.random.below(150), money_micros: 1 };
        self.answer(by, EventKind::Thought(Thought { key, usage, outcome }), contents);
    }

    fn send(&mut self, by: Process, call: &Call) {
        let asked = Asked {
            tool: call.tool.to_string(),
            key: call.idempotency_key.clone(),
            undoes: call.undoes.clone(),
            input: self.content(by, &call.input),
            approved: self.approved(by, call.key),
        };
        self.send_request(by, Request { key: call.key, asked, attempt: Some(call.attempt) });
    }

    /// A content as a node has it, or else the disk; null where it was erased.
    fn content(&self, by: Process, private: &crate::Private) -> Value {
        let held = self.nodes[by.node].session.as_ref().and_then(|session| session.contents().value(private));
        held.or_else(|| self.disk.contents.value(private)).cloned().unwrap_or_default()
    }

    /// The text that a person said yes to.
    fn approved(&self, by: Process, key: Key) -> Option<String> {
        let activity = self.nodes[by.node].session.as_ref()?.state().activities.get(&key)?;
        let approval = activity.approval.as_ref().filter(|_| activity.is_granted())?;
        self.content(by, &approval.text).as_str().map(str::to_owned)
    }

    fn send_request(&mut self, from: Process, request: Request) {
        if self.breaks(8) {
            self.lost(from, &request);
            return;
        }
        let pause = if self.breaks(8) { self.random.below(30_000) } else { 1 + self.random.below(200) };
        let is_again = request.attempt.is_none();
        let request = match self.breakage {
            Breakage::NewKeyAfterCrash if is_again => Request {
                asked: Asked { key: format!("{}+", request.asked.key), ..request.asked },
                attempt: Some(u32::MAX),
                ..request
            },
            _ => request,
        };
        self.after(pause, Happening::Arrive { from, request });
    }

    /// A shell that knows no better takes silence for a no.
    fn lost(&mut self, from: Process, request: &Request) {
        if let (Breakage::LostMeansNotDone, Some(attempt)) = (self.breakage, request.attempt) {
            let kind = EventKind::Returned(Returned { key: request.key, attempt, answer: Answer::Busy });
            self.after(2_000, Happening::Deliver { to: from, kind, contents: Contents::default() });
        }
    }

    fn arrive(&mut self, from: Process, request: &Request) {
        let Request { key, asked, attempt } = request;
        let key = *key;
        let Some(attempt) = *attempt else {
            let says = self.trade.fate(&asked.key, self.now);
            let mut contents = Contents::default();
            let fate = match says {
                Says::Done => KeyFate::Done { output: Some(self.output(key, &mut contents)) },
                Says::Refused => KeyFate::Refused { why: self.output(key, &mut contents) },
                Says::Busy => KeyFate::Running,
                Says::NotSeen if self.random.percent(5) => KeyFate::Forgotten,
                Says::NotSeen => KeyFate::NotSeen,
            };
            self.answer(from, EventKind::Told(Told { key, by: Teller::Callee, fate, seen: None }), contents);
            return;
        };
        self.calls += 1;
        verdict::before_call(&self.disk, key, &asked.key, &asked.tool, &mut self.violations);
        let says = self.trade.call(asked, self.now, &mut self.random);
        if self.breaks(10) {
            self.lost(from, request);
            return;
        }
        let mut contents = Contents::default();
        let answer = match says {
            Says::Done => Answer::Done { output: self.output(key, &mut contents) },
            Says::Refused => Answer::Refused { why: self.output(key, &mut contents) },
            Says::Busy | Says::NotSeen => Answer::Busy,
        };
        let answer = if self.breaks(3) { Answer::Unclear } else { answer };
        self.answer(from, EventKind::Returned(Returned { key, attempt, answer }), contents);
    }

    fn output(&self, key: Key, contents: &mut Contents) -> crate::Private {
        self.hold(contents, &format!("output.{key}"), json!({ "ok": true }))
    }

    /// An answer goes to the process that asked, sometimes late, sometimes twice, sometimes never.
    fn answer(&mut self, to: Process, kind: EventKind, contents: Contents) {
        if self.breaks(5) {
            return;
        }
        let pause = if self.breaks(8) { self.random.below(30_000) } else { 1 + self.random.below(300) };
        if self.breaks(5) {
            let (kind, contents) = (kind.clone(), contents.clone());
            self.after(pause + 700, Happening::Deliver { to, kind, contents });
        }
        self.after(pause, Happening::Deliver { to, kind, contents });
    }

    fn take_over(&mut self, node: usize) {
        // A node that takes a session over begins afresh.
        self.nodes[node].die();
        match self.disk.load() {
            Ok(session) => self.nodes[node].session = Some(session),
            Err(_) => {
                self.violations.push(Violation::DoesNotReplay);
                return;
            }
        }
        self.disk.epoch = self.disk.epoch.next();
        self.holder = node;
        let (node_id, epoch) = (NodeId::new(format!("nod_{node}")), self.disk.epoch);
        self.tell_holder(EventKind::LeaseTaken(LeaseTaken { node: node_id, epoch }), Contents::default());
    }

    fn crash(&mut self, node: usize) {
        self.crashes += 1;
        self.nodes[node].die();
        if node == self.holder {
            let next = self.random.below(2) as usize;
            let pause = 100 + self.random.below(20_000);
            self.after(pause, Happening::TakeOver(next));
        }
    }

    fn go_off(&mut self) {
        let is_due = self.disk.due.is_some_and(|due| due <= self.now);
        if !is_due || self.breakage == Breakage::NoTimers {
            return;
        }
        let holder = &self.nodes[self.holder];
        if holder.session.is_some() && !holder.is_writing {
            self.tell_holder(EventKind::Woke(Woke {}), Contents::default());
        }
        // What is handed in may be lost with the node; the timer stays until it is set to something else.
        self.after(1_000, Happening::Timer(self.timer));
    }

    fn finish(mut self) -> Outcome {
        let live = self.nodes[self.holder].session.take();
        let found = verdict::at_end(&self, live.as_ref());
        self.violations.extend(found);
        self.violations.extend(self.trade.faults(self.now).into_iter().map(Violation::Books));
        Outcome { disk: self.disk, violations: self.violations, calls: self.calls, crashes: self.crashes }
    }
}
