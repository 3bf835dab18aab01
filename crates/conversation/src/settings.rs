//! What a session runs under: the tools of the shop as data.

use std::collections::{BTreeMap, BTreeSet};

use agent::{
    ApprovalPolicy, ApprovalText, BadSettings, Budget, CallRules, Caps, CheckedSettings, Decider,
    DeciderKind, DeciderName, EffectClass, Idempotency, Limits, Retry, Role, Settings, Tool, ToolName,
};
use checkout::Policy;
use checkout::tool::{self, Effect};
use serde_json::{Value, json};

/// What a shopper's session is allowed.
pub(crate) const SCOPE: &str = "shopper";
/// How long a question stands.
const EXPIRES_MS: u64 = 3 * 24 * 3_600_000;
/// How long a call may take.
const CALL_TIMEOUT_MS: u64 = 20_000;
/// How long an answer may take, the language model included.
const ANSWER_TIMEOUT_MS: u64 = 60_000;
/// The ledger remembers a key for ever; here that is a hundred years.
const REMEMBERS_MS: u64 = 100 * 366 * 24 * 3_600_000;
/// Thoughts and calls of one turn.
const MAX_STEPS: u64 = 24;
/// Tokens of language models in one turn; then nobody asks one, and grammars and templates go on.
const MAX_TURN_TOKENS: u64 = 16_000;
/// Tokens of language models in a whole conversation.
const MAX_SESSION_TOKENS: u64 = 400_000;
/// Tokens of a context: a grammar reads it, so only memory counts.
const CONTEXT_TOKENS: u32 = 400_000;

/// What language models may cost, in millionths of the shop's currency; what is left out is limited by tokens alone. Where there
/// is no room left nobody asks one, and grammars and templates go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spending {
    /// In one turn.
    pub turn_micros: Option<u64>,
    /// In a whole conversation.
    pub session_micros: Option<u64>,
}

/// The settings of new sessions under this policy.
pub fn settings(policy: &Policy, spending: Spending) -> Result<CheckedSettings, BadSettings> {
    let tools = tool::tools().into_iter().filter(|tool| tool.scope == tool::Scope::Shopper);
    let tools: BTreeMap<ToolName, Tool> =
        tools.map(|known| as_tool(known, policy)).map(|known| (known.name.clone(), known)).collect();
    let guide = Decider {
        name: DeciderName::new("guide"),
        kind: DeciderKind::Reader,
        timeout_ms: ANSWER_TIMEOUT_MS,
        attempts: 2,
    };
    let settings = Settings {
        agent: "shop".to_owned(),
        tools,
        deciders: vec![guide],
        budget: Budget {
            turn: Limits {
                steps: Some(MAX_STEPS),
                tokens: Some(MAX_TURN_TOKENS),
                money_micros: spending.turn_micros,
                ..Limits::default()
            },
            session: Limits {
                tokens: Some(MAX_SESSION_TOKENS),
                money_micros: spending.session_micros,
                ..Limits::default()
            },
        },
        caps: Caps { context_tokens: CONTEXT_TOKENS, ..Caps::default() },
        ..Settings::default()
    };
    settings.checked()
}

fn as_tool(known: tool::Tool, policy: &Policy) -> Tool {
    let name = known.name.as_str();
    let class = match known.effect {
        Effect::Read => EffectClass::Read,
        Effect::Reversible => EffectClass::Reversible,
        Effect::Irreversible => EffectClass::Irreversible,
    };
    let is_asked = policy.confirmation.also.iter().any(|also| also == name);
    let needs_yes = class == EffectClass::Irreversible || (is_asked && class != EffectClass::Read);
    let approval = match needs_yes {
        true => {
            ApprovalPolicy::Always { by: Role::Shopper, expires_ms: EXPIRES_MS, text: ApprovalText::Preview }
        }
        false => ApprovalPolicy::Never,
    };
    Tool {
        name: ToolName::new(name),
        description: known.description.to_owned(),
        input: with_proof(known.input.to_value()),
        output: json!({}),
        scopes: BTreeSet::from([agent::Scope::new(SCOPE)]),
        approval,
        cost_micros: 0,
        rules: CallRules {
            class,
            timeout_ms: CALL_TIMEOUT_MS,
            retry: Retry { attempts: 5, base_ms: 50, max_ms: 2_000 },
            idempotency: Idempotency::Keyed { remembers_ms: REMEMBERS_MS, undo: None },
        },
    }
}

/// A call may carry what a guest knows of an order that was placed elsewhere.
fn with_proof(mut schema: Value) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        let properties = schema.entry("properties").or_insert_with(|| json!({}));
        properties["proof"] = json!({ "type": "object" });
    }
    schema
}
