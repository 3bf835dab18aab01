//! Who plays: the tools, the deciders and the budgets of a simulated session.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Random;
use crate::{
    ApprovalPolicy, ApprovalText, Budget, CallRules, Caps, Decider, DeciderKind, DeciderName, EffectClass,
    Estimator, Idempotency, Limits, Retry, Role, Settings, Tool, ToolName,
};

/// How long the keyed callee remembers, in milliseconds.
pub(super) const REMEMBERS_MS: u64 = 3_600_000;

/// The tools by name: each way of idempotency, each class, each way of approval.
const TOOLS: [(&str, EffectClass, Way, Consent); 9] = [
    ("look", EffectClass::Read, Way::None, Consent::None),
    ("pay", EffectClass::Irreversible, Way::Keyed, Consent::Shopper),
    ("book", EffectClass::Reversible, Way::KeyedWith("unbook"), Consent::None),
    ("unbook", EffectClass::Reversible, Way::Keyed, Consent::None),
    ("reserve", EffectClass::Reversible, Way::Compensated("release"), Consent::None),
    ("release", EffectClass::Reversible, Way::Keyed, Consent::None),
    ("letter", EffectClass::Irreversible, Way::None, Consent::None),
    ("grant", EffectClass::Irreversible, Way::Keyed, Consent::StaffPreview),
    ("ship", EffectClass::Irreversible, Way::Keyed, Consent::None),
];

#[derive(Clone, Copy)]
enum Way {
    Keyed,
    KeyedWith(&'static str),
    Compensated(&'static str),
    None,
}

#[derive(Clone, Copy)]
enum Consent {
    None,
    Shopper,
    StaffPreview,
}

/// The names that deciders call.
pub(super) const CALLED: [&str; 7] = ["look", "pay", "book", "reserve", "letter", "grant", "ship"];

/// The settings of a run.
pub fn settings(random: &mut Random) -> Settings {
    let tools =
        TOOLS.map(|(name, class, way, consent)| (ToolName::new(name), tool(name, class, way, consent)));
    Settings {
        agent: "simulated".to_owned(),
        instructions: "Do what is asked.".to_owned(),
        tools: tools.into_iter().collect(),
        deciders: vec![decider("grammar", DeciderKind::Reader), decider("model", model())],
        budget: budget(random),
        estimator: Estimator::default(),
        caps: Caps { history_tokens: 200, context_tokens: 4_000, asks: 12, ..Caps::default() },
    }
}

fn tool(name: &str, class: EffectClass, way: Way, consent: Consent) -> Tool {
    Tool {
        name: ToolName::new(name),
        description: format!("Does {name}."),
        input: schema(),
        output: json!({ "type": "object" }),
        scopes: BTreeSet::new(),
        approval: approval(consent),
        cost_micros: 10,
        rules: CallRules {
            class,
            timeout_ms: 5_000,
            retry: Retry { attempts: 3, base_ms: 500, max_ms: 10_000 },
            idempotency: idempotency(way),
        },
    }
}

/// Takers of keys take anything, so that one schema serves what is called and what takes it back.
fn schema() -> Value {
    json!({ "type": "object", "properties": { "amount": { "type": "integer", "minimum": 0 } } })
}

fn idempotency(way: Way) -> Idempotency {
    match way {
        Way::Keyed => Idempotency::Keyed { remembers_ms: REMEMBERS_MS, undo: None },
        Way::KeyedWith(undo) => {
            Idempotency::Keyed { remembers_ms: REMEMBERS_MS, undo: Some(ToolName::new(undo)) }
        }
        Way::Compensated(undo) => Idempotency::Compensated { undo: ToolName::new(undo) },
        Way::None => Idempotency::None,
    }
}

fn approval(consent: Consent) -> ApprovalPolicy {
    let expires_ms = 2 * 24 * 3_600_000;
    match consent {
        Consent::None => ApprovalPolicy::Never,
        Consent::Shopper => ApprovalPolicy::Always {
            by: Role::Shopper,
            expires_ms,
            text: ApprovalText::Template("Pay {/amount}?".to_owned()),
        },
        Consent::StaffPreview => {
            ApprovalPolicy::Always { by: Role::Staff, expires_ms, text: ApprovalText::Preview }
        }
    }
}

fn decider(name: &str, kind: DeciderKind) -> Decider {
    Decider { name: DeciderName::new(name), kind, timeout_ms: 4_000, attempts: 2 }
}

fn model() -> DeciderKind {
    DeciderKind::Model { provider: "simulated".to_owned(), max_output_tokens: 100, micros_per_1000_tokens: 5 }
}

fn budget(random: &mut Random) -> Budget {
    let roomy =
        Limits { steps: Some(30), tokens: Some(60_000), money_micros: Some(5_000), wall_ms: Some(60_000) };
    let tight = Limits { steps: Some(4), tokens: Some(3_000), money_micros: Some(60), wall_ms: Some(9_000) };
    let turn = if random.percent(25) { tight } else { roomy };
    let session =
        Limits { steps: Some(80), tokens: Some(150_000), money_micros: Some(20_000), wall_ms: None };
    Budget { turn, session }
}
