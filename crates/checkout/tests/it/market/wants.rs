//! What a decider of a simulated session wants of the shop: calls of its tools with inputs that fit the state more often than
//! not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use agent::sim::Random;
use agent::{
    ApprovalPolicy, ApprovalText, Budget, CallRules, Caps, Decider, DeciderKind, DeciderName, EffectClass,
    Idempotency, Limits, Retry, Role, Settings,
};
use checkout::tool::{Effect, ToolName, tools};
use checkout::{Order, OrderStatus};
use commerce::VariantId;
use serde_json::{Value, json};

use super::{CARTS, Market};
use crate::shop::{shopper, variant};

/// What is wanted, by how often: those that move money or goods, and a few that make room for them.
const WANTED: [(ToolName, u64); 14] = [
    (ToolName::PlaceOrder, 10),
    (ToolName::AddToCart, 2),
    (ToolName::SetCartQuantity, 1),
    (ToolName::HoldCart, 2),
    (ToolName::ReleaseCart, 1),
    (ToolName::ShowOrder, 1),
    (ToolName::CancelOrder, 2),
    (ToolName::ChangeOrderPayment, 2),
    (ToolName::ChangeOrderItems, 3),
    (ToolName::ReturnItems, 4),
    (ToolName::ExchangeItems, 4),
    (ToolName::WithdrawReturn, 3),
    (ToolName::RetryPayment, 2),
    (ToolName::AcceptPrices, 1),
];

/// How long somebody may think about a yes.
const EXPIRES_MS: u64 = 2 * 24 * 3_600_000;
/// The ledger remembers for ever.
const REMEMBERS_MS: u64 = 100 * 366 * 24 * 3_600_000;

/// The tools that are wanted, as data for the runtime.
pub(crate) static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
    let known = tools().into_iter().filter(|tool| WANTED.iter().any(|(name, _)| *name == tool.name));
    let known = known.map(as_tool).map(|tool| (tool.name.clone(), tool)).collect::<BTreeMap<_, _>>();
    let reader = |name: &str, timeout_ms| Decider {
        name: DeciderName::new(name),
        kind: DeciderKind::Reader,
        timeout_ms,
        attempts: 2,
    };
    let turn = Limits { steps: Some(24), ..Limits::default() };
    Settings {
        agent: "shop".to_owned(),
        tools: known,
        deciders: vec![reader("grammar", 4_000), reader("again", 4_000)],
        budget: Budget { turn, session: Limits { steps: Some(120), ..Limits::default() } },
        caps: Caps { history_tokens: 200, context_tokens: 4_000, asks: 12, ..Caps::default() },
        ..Settings::default()
    }
});

fn as_tool(known: checkout::tool::Tool) -> agent::Tool {
    let class = match known.effect {
        Effect::Read => EffectClass::Read,
        Effect::Reversible => EffectClass::Reversible,
        Effect::Irreversible => EffectClass::Irreversible,
    };
    let text = ApprovalText::Preview;
    let approval = match class {
        EffectClass::Irreversible => {
            ApprovalPolicy::Always { by: Role::Shopper, expires_ms: EXPIRES_MS, text }
        }
        _ => ApprovalPolicy::Never,
    };
    agent::Tool {
        name: agent::ToolName::new(known.name.as_str()),
        description: known.description.to_owned(),
        input: json!({ "type": "object" }),
        output: json!({}),
        scopes: BTreeSet::new(),
        approval,
        cost_micros: 0,
        rules: CallRules {
            class,
            timeout_ms: 5_000,
            retry: Retry { attempts: 3, base_ms: 500, max_ms: 10_000 },
            idempotency: Idempotency::Keyed { remembers_ms: REMEMBERS_MS, undo: None },
        },
    }
}

pub(crate) fn cart(number: u32) -> String {
    format!("cart {number}")
}

pub(crate) fn goods(random: &mut Random) -> VariantId {
    let all = [("Tee", "S"), ("Tee", "M"), ("Tee", "L"), ("Mug", "blue"), ("Lamp", "old")];
    let (product, name) = all[random.below(all.len() as u64) as usize];
    variant(product, name)
}

/// A tool with an input.
pub(crate) fn wanted(market: &Market, random: &mut Random) -> (String, Value) {
    let mut place = random.below(WANTED.iter().map(|(_, weight)| weight).sum());
    let mut name = ToolName::ShowOrder;
    for (tool, weight) in WANTED {
        if place < weight {
            name = tool;
            break;
        }
        place -= weight;
    }
    (name.as_str().to_owned(), input(market, name.as_str(), random))
}

/// An input for a tool.
pub(crate) fn input(market: &Market, tool: &str, random: &mut Random) -> Value {
    if random.percent(2) {
        return json!({ "order": 7 });
    }
    match ToolName::parse(tool) {
        Some(ToolName::PlaceOrder) => json!({ "cart": open_cart(market), "pay_with": tender(random) }),
        Some(ToolName::HoldCart | ToolName::ReleaseCart | ToolName::AcceptPrices) => {
            json!({ "cart": open_cart(market) })
        }
        Some(ToolName::AddToCart | ToolName::SetCartQuantity) => {
            json!({ "cart": open_cart(market), "variant": goods(random), "quantity": random.below(3) })
        }
        Some(ToolName::ChangeOrderPayment | ToolName::RetryPayment) => {
            json!({ "order": order(market, &[OrderStatus::Placed, OrderStatus::Paid], random), "pay_with": tender(random) })
        }
        Some(ToolName::ChangeOrderItems) => {
            let order = chosen(market, &[OrderStatus::Paid], random);
            let (from, quantity) = line(order, random);
            let swaps = json!([{ "variant": from, "to": goods(random), "quantity": quantity }]);
            json!({ "order": order.map(|order| &order.id), "swaps": swaps, "settle_with": method(random) })
        }
        Some(ToolName::ReturnItems) => {
            let order = chosen(market, &[OrderStatus::Delivered], random);
            let (variant, quantity) = line(order, random);
            let condition = random.percent(20).then_some("defective");
            let items = json!([{ "variant": variant, "quantity": quantity, "condition": condition }]);
            json!({ "order": order.map(|order| &order.id), "items": items, "refund_to": method(random) })
        }
        Some(ToolName::ExchangeItems) => {
            let order = chosen(market, &[OrderStatus::Delivered], random);
            let (variant, quantity) = line(order, random);
            let items = json!([{ "variant": variant, "to": goods(random), "quantity": quantity }]);
            json!({ "order": order.map(|order| &order.id), "items": items, "settle_with": method(random) })
        }
        Some(ToolName::WithdrawReturn) => {
            let open: Vec<_> = market.state.returns.iter().filter(|(_, known)| known.is_open()).collect();
            json!({ "id": pick(&open, random).map(|(id, _)| id) })
        }
        _ => json!({ "order": order(market, &[], random) }),
    }
}

/// The first cart that is not ordered yet.
fn open_cart(market: &Market) -> String {
    let is_open = |name: &String| {
        market.state.carts.iter().any(|(id, known)| id.as_str() == name && known.order.is_none())
    };
    (0..CARTS).map(cart).find(is_open).unwrap_or_else(|| cart(0))
}

/// An order of the shopper's, of these states where one is; sometimes of anybody's.
fn chosen<'m>(market: &'m Market, wanted: &[OrderStatus], random: &mut Random) -> Option<&'m Order> {
    let ann = shopper("ann");
    let is_anyone = random.percent(3);
    let own = market.state.orders.values().filter(|order| is_anyone || ann.is_owner(&order.owner));
    let own: Vec<&Order> = own.collect();
    let fit: Vec<&Order> = own.iter().copied().filter(|order| wanted.contains(&order.status)).collect();
    if random.percent(10) { pick(&own, random).copied() } else { pick(&fit, random).or(own.last()).copied() }
}

fn order(market: &Market, wanted: &[OrderStatus], random: &mut Random) -> Option<String> {
    chosen(market, wanted, random).map(|order| order.id.to_string())
}

/// A variant of an order, with some of its pieces.
fn line(order: Option<&Order>, random: &mut Random) -> (Option<VariantId>, u64) {
    let lines = order.map_or(&[][..], |order| &order.lines);
    let line = pick(lines, random);
    (
        line.map(|line| line.item.variant.clone()),
        line.map_or(1, |line| 1 + random.below(line.quantity.into())),
    )
}

fn pick<'a, T>(all: &'a [T], random: &mut Random) -> Option<&'a T> {
    all.get(random.below(all.len() as u64) as usize)
}

fn method(random: &mut Random) -> &'static str {
    ["card", "gift", "other"][random.below(3) as usize]
}

fn tender(random: &mut Random) -> Value {
    match random.below(5) {
        0 => json!({ "split": {
            "part": { "saved": "gift" }, "amount": crate::shop::usd(700), "rest": { "saved": "card" },
        } }),
        _ => json!({ "saved": method(random) }),
    }
}
