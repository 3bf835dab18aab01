//! The tools and deciders of the tests.

use std::collections::BTreeSet;

use agent::{
    ApprovalPolicy, ApprovalText, CallRules, Decider, DeciderKind, DeciderName, EffectClass, Idempotency,
    Retry, Role, Scope, Settings, Tool, ToolName,
};
use serde_json::{Value, json};

pub(crate) const DAY_MS: u64 = 24 * 3_600_000;

pub(crate) fn settings() -> Settings {
    let keyed =
        |undo: Option<&str>| Idempotency::Keyed { remembers_ms: DAY_MS, undo: undo.map(ToolName::new) };
    let tools = [
        tool("find", EffectClass::Read, Idempotency::None),
        tool("order", EffectClass::Irreversible, keyed(None)),
        tool("reserve", EffectClass::Reversible, keyed(Some("release"))),
        tool("release", EffectClass::Reversible, keyed(None)),
        tool("hold", EffectClass::Reversible, Idempotency::Compensated { undo: ToolName::new("release") }),
        tool("mail", EffectClass::Irreversible, Idempotency::None),
        Tool {
            approval: ask(Role::Shopper, template()),
            ..tool("pay", EffectClass::Irreversible, keyed(None))
        },
        Tool {
            approval: ask(Role::Staff, ApprovalText::Preview),
            ..tool("refund", EffectClass::Irreversible, keyed(None))
        },
        Tool {
            scopes: BTreeSet::from([Scope::new("staff")]),
            ..tool("price", EffectClass::Reversible, keyed(None))
        },
    ];
    Settings {
        agent: "shop".to_owned(),
        instructions: "Help the shopper.".to_owned(),
        tools: tools.into_iter().map(|tool| (tool.name.clone(), tool)).collect(),
        deciders: vec![decider("grammar", DeciderKind::Reader), decider("small-model", model())],
        ..Settings::default()
    }
}

fn tool(name: &str, class: EffectClass, idempotency: Idempotency) -> Tool {
    Tool {
        name: ToolName::new(name),
        description: format!("{name} something"),
        input: schema(),
        output: json!({ "type": "object" }),
        scopes: BTreeSet::new(),
        approval: ApprovalPolicy::Never,
        cost_micros: 100,
        rules: CallRules {
            class,
            timeout_ms: 1_000,
            retry: Retry { attempts: 2, base_ms: 100, max_ms: 1_000 },
            idempotency,
        },
    }
}

fn schema() -> Value {
    json!({
        "type": "object",
        "properties": { "item": { "type": "string" }, "amount": { "type": "integer", "minimum": 1 } },
    })
}

fn template() -> ApprovalText {
    ApprovalText::Template("Pay {/amount} for {/item}?".to_owned())
}

fn ask(by: Role, text: ApprovalText) -> ApprovalPolicy {
    ApprovalPolicy::Always { by, expires_ms: 3 * DAY_MS, text }
}

fn decider(name: &str, kind: DeciderKind) -> Decider {
    Decider { name: DeciderName::new(name), kind, timeout_ms: 2_000, attempts: 2 }
}

fn model() -> DeciderKind {
    DeciderKind::Model { provider: "local".to_owned(), max_output_tokens: 200, micros_per_1000_tokens: 10 }
}
