//! The two functions that everything goes through: what would happen, and what happens.

use commerce::Money;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::plan::{Case, Plan};
use crate::policy::Window;
use crate::tool::{Effect, ToolName};
use crate::{Actor, Change, Command, Policy, Refusal, Request, State};

/// What a command would do, in the words that somebody says yes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The tool that would be used.
    pub tool: ToolName,
    /// One sentence for each thing, with its amounts, as it reads once it has happened.
    pub lines: Vec<String>,
    /// The same sentences as they read before: what somebody says yes to.
    #[serde(default)]
    pub ahead: Vec<String>,
    /// How many orders would be cancelled.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub called_off: u32,
    /// Whether a yes is needed.
    pub needs_yes: bool,
    /// How long somebody of the shop has to say yes as well, where the policy wants that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Window>,
    /// What a yes names: another command, or other words, have another digest.
    pub digest: String,
}

/// Decides a request: the changes that follow, or why there are none. A request that was carried out before gives no
/// changes again.
pub fn decide(state: &State, policy: &Policy, request: &Request) -> Result<Vec<Change>, Refusal> {
    let digest = fingerprint(&[&json(&request.actor), &json(&request.command)]);
    match state.handled.get(&request.key) {
        Some(known) if *known == digest => return Ok(Vec::new()),
        Some(_) => return Err(Refusal::KeyReused { key: request.key.clone() }),
        None => {}
    }
    let plan = plan(state, policy, request)?;
    let summary = summary(policy, request, &plan);
    if summary.needs_yes {
        match &request.confirmation {
            None => return Err(Refusal::ConfirmationMissing),
            Some(yes) if yes.digest != summary.digest => return Err(Refusal::SummaryOutdated),
            Some(_) => {}
        }
    }
    let mut changes = plan.changes;
    changes.push(Change::Handled { key: request.key.clone(), digest });
    Ok(changes)
}

/// What a request would do if it was confirmed, or why it would be refused.
pub fn preview(state: &State, policy: &Policy, request: &Request) -> Result<Summary, Refusal> {
    plan(state, policy, request).map(|plan| summary(policy, request, &plan))
}

fn plan(state: &State, policy: &Policy, request: &Request) -> Result<Plan, Refusal> {
    let Request { key, actor, at, command, .. } = request;
    let case = Case { state, policy, actor, key, now: *at };
    match command {
        Command::Cart { cart, command } => crate::cart::plan(&case, cart, command),
        Command::Placement { cart, command } => crate::placement::plan(&case, cart, command),
        Command::Order { order, command } => crate::order::plan(&case, order, command),
        Command::Payment { order, command } => crate::payment::plan(&case, order, command),
        Command::Return { id, command } => crate::returns::plan(&case, id, command),
        Command::Profile(command) => crate::shopper::plan(&case, command),
        Command::Stock(command) => crate::stock::plan(&case, command),
        Command::Alert { alert, command } => crate::alert::plan(&case, alert, command),
        Command::Mandate { mandate, command } => crate::mandate::plan(&case, mandate, command),
        Command::Price(command) => crate::price_history::plan(&case, command),
        Command::Notices(command) => crate::notice::plan(&case, command),
    }
}

/// What the shop itself reports needs no yes: it has happened already.
fn summary(policy: &Policy, request: &Request, plan: &Plan) -> Summary {
    let tool = request.command.tool();
    let is_asked = policy.confirmation.also.iter().any(|name| name == tool.as_str());
    let needs_yes = request.actor != Actor::System && (tool.effect() == Effect::Irreversible || is_asked);
    let digest = fingerprint(&[tool.as_str(), &json(&request.command), &plan.ahead.join("\n")]);
    let is_shopper = matches!(request.actor, Actor::Shopper(_) | Actor::Guest { .. });
    let at_stake = Money::new(plan.at_stake_minor, policy.currency);
    let review = policy.review.of(tool, at_stake).filter(|_| is_shopper && needs_yes);
    let (lines, ahead) = (plan.lines.clone(), plan.ahead.clone());
    Summary { tool, lines, ahead, called_off: plan.called_off, needs_yes, review, digest }
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("commands have text keys only")
}

/// SHA-256 over the parts, each with its length before it, in hexadecimal.
pub(crate) fn fingerprint(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
