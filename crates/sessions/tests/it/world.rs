//! The outside of a session under test: a clock, a decider that reads simple words, a callee that counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use agent::{
    Actor, ApprovalPolicy, ApprovalText, CallRules, Decider as Named, DeciderKind, DeciderName, DeviceId,
    EffectClass, FactId, FactScope, FactStatus, Idempotency, Line, MessageId, OwnerId, Part, Retry, Role,
    Seq, SessionId, Settings, Time, Tool, ToolName, Usage, Words,
};
use futures::future::BoxFuture;
use serde_json::{Value, json};
use sessions::{
    Asked, CallRequest, Callee, Clock, Decider, Decision, Fate, Listening, NewFact, NoCourier, Node, Opening,
    Options, Outside, Receipt, Said, Told, Voice, Wish,
};
use store::Runtime;

/// Milliseconds of a lease in these tests.
pub(crate) const LEASE_MS: i64 = 3_000;

/// A clock that is set by hand.
#[derive(Default)]
pub(crate) struct HandClock(AtomicI64);

impl HandClock {
    pub(crate) fn pass(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }

    /// Goes on a little, and lets everybody work meanwhile: deadlines are far beyond any number of such steps.
    pub(crate) async fn go_on(&self) {
        tokio::time::sleep(Duration::from_millis(1)).await;
        self.pass(10);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Time {
        Time::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Where a node dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dies {
    /// The call is in the journal and has not been made.
    BeforeTheCall,
    /// The call was made and its answer is not in the journal.
    AfterTheCall,
    /// The callee was asked what became of a key.
    WhileAsking,
    /// Two parts of a reply were told.
    WhileTelling,
    /// A language model has answered, and nothing was made of it yet.
    WhileAdvised,
}

/// Everything outside of the nodes. It outlives them.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) clock: HandClock,
    /// How often each key was done.
    done: Mutex<BTreeMap<String, u32>>,
    /// How often a key is put off before it is done.
    busy: Mutex<u32>,
    dying: Mutex<Option<(Dies, Node)>>,
    /// How often the language model was asked.
    advised: AtomicI64,
}

impl World {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    /// A node that does nothing by itself between letters.
    pub(crate) fn node(self: &Arc<Self>, runtime: Runtime) -> Node {
        self.node_with(runtime, Options { beat: None, ..Options::default() })
    }

    pub(crate) fn node_with(self: &Arc<Self>, runtime: Runtime, options: Options) -> Node {
        let outside = Outside {
            callee: Arc::new(World::share(self)),
            decider: Arc::new(World::share(self)),
            courier: Arc::new(NoCourier),
            clock: Arc::new(World::share(self)),
        };
        Node::start(runtime, outside, options)
    }

    /// The decider by itself, for nodes with another outside.
    pub(crate) fn decider(self: &Arc<Self>) -> Arc<dyn Decider> {
        Arc::new(World::share(self))
    }

    fn share(world: &Arc<Self>) -> Shared {
        Shared(Arc::clone(world))
    }

    pub(crate) fn kill_when(&self, dies: Dies, node: &Node) {
        *self.dying.lock().expect("nobody panics while holding it") = Some((dies, node.clone()));
    }

    /// Whether the node that was to die has done so.
    pub(crate) fn is_dead(&self) -> bool {
        self.dying.lock().expect("nobody panics while holding it").is_none()
    }

    pub(crate) fn put_off(&self, times: u32) {
        *self.busy.lock().expect("nobody panics while holding it") = times;
    }

    /// How often the language model was asked.
    pub(crate) fn advised(&self) -> i64 {
        self.advised.load(Ordering::SeqCst)
    }

    /// How often each key was done, in the order of the keys.
    pub(crate) fn counts(&self) -> Vec<u32> {
        self.done.lock().expect("nobody panics while holding it").values().copied().collect()
    }

    /// Never comes back where the node dies at this place.
    async fn pass(&self, place: Dies) {
        let node = {
            let mut dying = self.dying.lock().expect("nobody panics while holding it");
            match &*dying {
                Some((dies, _)) if *dies == place => dying.take().map(|(_, node)| node),
                _ => None,
            }
        };
        if let Some(node) = node {
            node.kill();
            std::future::pending::<()>().await;
        }
    }
}

#[derive(Clone)]
struct Shared(Arc<World>);

impl Clock for Shared {
    fn now(&self) -> Time {
        self.0.clock.now()
    }
}

impl Callee for Shared {
    fn call(&self, request: CallRequest) -> BoxFuture<'_, Said> {
        Box::pin(async move {
            let world = &self.0;
            world.pass(Dies::BeforeTheCall).await;
            {
                let mut busy = world.busy.lock().expect("nobody panics while holding it");
                if *busy > 0 {
                    *busy -= 1;
                    return Said::Busy;
                }
            }
            // It does not look whether it did the key before: that nobody makes it do so twice is what is tested.
            *world.done.lock().expect("nobody panics while holding it").entry(request.key).or_default() += 1;
            world.pass(Dies::AfterTheCall).await;
            Said::Done(json!({ "of": request.owner, "input": request.input }))
        })
    }

    fn fate<'a>(&'a self, _: &'a ToolName, key: &'a str) -> BoxFuture<'a, Option<Fate>> {
        Box::pin(async move {
            self.0.pass(Dies::WhileAsking).await;
            let is_done = self.0.done.lock().expect("nobody panics while holding it").contains_key(key);
            Some(if is_done { Fate::Done(None) } else { Fate::NotSeen })
        })
    }
}

impl Decider for Shared {
    fn decide<'a>(&'a self, asked: Asked, voice: &'a Voice) -> BoxFuture<'a, (Decision, Usage)> {
        Box::pin(async move { (self.decision(&asked, voice).await, Usage::default()) })
    }
}

impl Shared {
    /// Has a language model asked, unless it has answered already. It says something else each time.
    async fn advise(&self, asked: &Asked, voice: &Voice, prompt: &str) -> Decision {
        if let Some(known) = crate::consulted::known(asked) {
            return Decision::Reply(json!(known));
        }
        let Ok(Some(key)) =
            voice.consult(("small", agent::Rate::default()), json!({ "prompt": prompt }), 20).await
        else {
            return Decision::Failed;
        };
        let nth = self.0.advised.fetch_add(1, Ordering::SeqCst) + 1;
        let advice = format!("advice {nth} on {prompt}");
        let used = Usage { input_tokens: 8, output_tokens: 3, money_micros: 0 };
        if voice.advised(key, Some(json!(advice)), Some(used)).await.is_err() {
            return Decision::Failed;
        }
        self.0.pass(Dies::WhileAdvised).await;
        Decision::Reply(json!(advice))
    }

    /// `order 3` calls the tool `order`; `tell a b c` tells three parts; `advise x` asks a model; anything else is repeated.
    async fn decision(&self, asked: &Asked, voice: &Voice) -> Decision {
        let said = asked.said().and_then(Value::as_str).unwrap_or_default().to_owned();
        let settled = asked.lines.iter().filter(|line| matches!(line, Line::Settled { .. })).count();
        let has_called = asked.lines.iter().any(|line| matches!(line, Line::Called { .. }));
        let mut words = said.split_whitespace();
        match words.next() {
            Some("remembered") => {
                let facts = asked.context.items.iter().filter_map(|item| match item {
                    agent::Item::Fact { content, .. } => asked.words.text(content),
                    _ => None,
                });
                let told = facts.collect::<Vec<_>>().join(", ");
                let known = asked.facts.iter().filter(|fact| fact.status == FactStatus::Current);
                match voice.repeats(known.map(|fact| fact.id.clone()).collect()).await {
                    Ok(()) => Decision::Reply(json!(told)),
                    Err(_) => Decision::Failed,
                }
            }
            Some("learn") => {
                let content = words.collect::<Vec<_>>().join(" ");
                let fact = NewFact {
                    scope: FactScope::Shopper,
                    topic: "size".to_owned(),
                    content: content.clone(),
                    words: String::new(),
                    confidence_permille: 1000,
                    expires_at: None,
                };
                let id = FactId::new(format!("fct_{}_{}", asked.session, asked.turn));
                let Some(said) = asked.said_in().cloned() else { return Decision::Failed };
                match voice.learn(id, said, fact).await {
                    Ok(()) => Decision::Reply(json!(format!("noted {content}"))),
                    Err(_) => Decision::Failed,
                }
            }
            Some("forget") => {
                let ids: Vec<FactId> = asked.facts.iter().map(|fact| fact.id.clone()).collect();
                let is_told = voice.repeats(ids.clone()).await.is_ok();
                match voice.erase(&ids).await {
                    Ok(count) if is_told => Decision::Reply(json!(format!("gone {count}"))),
                    _ => Decision::Failed,
                }
            }
            Some("advise") => self.advise(asked, voice, &words.collect::<Vec<_>>().join(" ")).await,
            Some("tell") => {
                let parts: Vec<&str> = words.collect();
                for part in parts.iter().skip(asked.uttered.len()) {
                    if voice.utter(json!(part)).await.is_err() {
                        return Decision::Failed;
                    }
                    if *part == "b" {
                        self.0.pass(Dies::WhileTelling).await;
                    }
                }
                Decision::Reply(json!(parts.join(" ")))
            }
            Some(tool @ ("order" | "pay" | "slow")) if !has_called => {
                let amount: u64 = words.next().and_then(|amount| amount.parse().ok()).unwrap_or(1);
                let wish = Wish {
                    call: "c1".to_owned(),
                    tool: ToolName::new(tool),
                    input: json!({ "amount": amount }),
                };
                Decision::Calls(vec![wish])
            }
            _ if settled > 0 => Decision::Reply(json!(format!("{settled} settled"))),
            _ if has_called => Decision::Reply(json!("It waits for you.")),
            _ => Decision::Reply(json!(format!("You said: {said}"))),
        }
    }
}

/// Two tools: `order` needs nobody's yes, `pay` needs the shopper's.
pub(crate) fn settings() -> Settings {
    let decider = Named {
        name: DeciderName::new("words"),
        kind: DeciderKind::Reader,
        timeout_ms: 3_000_000,
        attempts: 2,
    };
    let yes = ApprovalPolicy::Always {
        by: Role::Shopper,
        expires_ms: 3 * 24 * 3_600_000,
        text: ApprovalText::Template("Pay {/amount}?".to_owned()),
    };
    let tools = [("order", ApprovalPolicy::Never), ("pay", yes)].map(|(name, approval)| tool(name, approval));
    Settings {
        agent: "shop".to_owned(),
        deciders: vec![decider],
        tools: tools.into_iter().map(|tool| (tool.name.clone(), tool)).collect(),
        ..Settings::default()
    }
}

fn tool(name: &str, approval: ApprovalPolicy) -> Tool {
    Tool {
        name: ToolName::new(name),
        description: format!("Does {name}."),
        input: json!({ "type": "object", "properties": { "amount": { "type": "integer" } } }),
        output: json!({}),
        scopes: BTreeSet::new(),
        approval,
        cost_micros: 0,
        rules: CallRules {
            class: EffectClass::Irreversible,
            timeout_ms: 3_000_000,
            retry: Retry { attempts: 3, base_ms: 1_000, max_ms: 10_000 },
            idempotency: Idempotency::Keyed { remembers_ms: 3_600_000, undo: None },
        },
    }
}

pub(crate) fn owner() -> OwnerId {
    OwnerId::new("shp_ada")
}

pub(crate) fn ada() -> Actor {
    Actor::Shopper(owner())
}

pub(crate) fn opening() -> anyhow::Result<Opening> {
    Ok(Opening { owner: owner(), settings: settings().checked()?, scopes: BTreeSet::new() })
}

pub(crate) async fn say(
    node: &Node,
    session: &SessionId,
    (id, words): (&str, &str),
) -> anyhow::Result<Receipt> {
    let message = (MessageId::new(id), DeviceId::new("dev_1"));
    Ok(node.say(session, ada(), message, json!(words)).await?)
}

/// What is told until a turn has ended.
pub(crate) async fn until_end(stream: &mut Listening) -> anyhow::Result<Vec<Told>> {
    until(stream, |part| matches!(part, Part::TurnEnded { .. })).await
}

/// What is told until so many turns have ended, in however many pieces it comes.
pub(crate) async fn until_ends(stream: &mut Listening, turns: usize) -> anyhow::Result<Vec<Told>> {
    let mut told = Vec::new();
    let ends =
        |told: &[Told]| told.iter().filter(|told| matches!(told.part.part, Part::TurnEnded { .. })).count();
    while ends(&told) < turns {
        told.extend(until_end(stream).await?);
    }
    Ok(told)
}

/// What is told until a part for which this holds.
pub(crate) async fn until(
    stream: &mut Listening,
    is_last: impl Fn(&Part) -> bool,
) -> anyhow::Result<Vec<Told>> {
    let mut told = Vec::new();
    loop {
        let next = tokio::time::timeout(Duration::from_secs(30), stream.next()).await??;
        let is_end = next.iter().any(|told| is_last(&told.part.part));
        told.extend(next);
        if is_end {
            return Ok(told);
        }
    }
}

/// What was told, in short.
pub(crate) fn story(told: &[Told]) -> Vec<String> {
    let words = |told: &Told| told.words.as_ref().and_then(Value::as_str).unwrap_or("–").to_owned();
    let short = |told: &Told| match &told.part.part {
        Part::Message { .. } => format!("said: {}", words(told)),
        Part::Uttered { .. } => format!("part: {}", words(told)),
        Part::Reply { words: Words::Said(_), .. } => format!("reply: {}", words(told)),
        Part::Reply { words: Words::Notice(notice), .. } => format!("notice: {notice:?}"),
        Part::ApprovalRequested { .. } => format!("asked: {}", words(told)),
        Part::ApprovalClosed { is_granted, .. } => format!("answered: {is_granted}"),
        Part::ToolCalled { tool, .. } => format!("calls {tool}"),
        Part::ToolSettled { fate, .. } => match fate {
            agent::Fate::Done { .. } => "done".to_owned(),
            other => format!("{other:?}"),
        },
        Part::TurnBegan { .. } => "begins".to_owned(),
        Part::TurnEnded { end, .. } => format!("{end:?}").to_lowercase(),
        Part::Closed => "closed".to_owned(),
    };
    told.iter().map(short).collect()
}

/// The journal of a session leads to one state, whichever way it is read.
pub(crate) async fn replays(runtime: &Runtime, session: &SessionId) -> anyhow::Result<()> {
    let loaded = runtime.load(session).await?;
    let contents = loaded.contents.clone();
    let resumed = loaded.session()?;
    let replayed = agent::Session::replay(runtime.entries(session, Seq(0)).await?, contents)?;
    anyhow::ensure!(replayed.state().digest() == resumed.state().digest(), "another state");
    Ok(())
}

/// Waits for something that tasks of this process do.
pub(crate) async fn becomes(is_so: impl Fn() -> bool) -> anyhow::Result<()> {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    Ok(tokio::time::timeout(Duration::from_secs(30), waiting).await?)
}
