//! Price alerts: somebody wants to know when a variant costs so much or less. An alert goes off once.

use commerce::{Money, VariantId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::MAX_AMOUNT_MINOR;
use crate::plan::{Case, Plan};
use crate::{AlertId, Change, Owner, Refusal, State};

/// A price alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Whose.
    pub owner: Owner,
    /// On what.
    pub variant: VariantId,
    /// The price at or below which it goes off.
    pub at_or_below: Money,
    /// How far it is.
    pub status: AlertStatus,
    /// Whether its owner was told that it went off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_told: bool,
}

/// How far an alert is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertStatus {
    /// It waits.
    Waiting,
    /// It went off.
    Fired {
        /// When.
        at: Timestamp,
        /// At which price.
        price: Money,
    },
    /// It was taken back.
    Dropped,
}

/// What can be done to an alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertCommand {
    /// A new one.
    Set {
        /// On what.
        variant: VariantId,
        /// The price at or below which it goes off.
        at_or_below: Money,
    },
    /// Takes it back.
    Drop,
}

/// What became of an alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertChange {
    /// It was set.
    Set(Alert),
    /// It is this far.
    StatusSet(AlertStatus),
    /// Its owner was told that it went off.
    Told,
    /// Somebody turned out to be somebody else.
    OwnerSet(Owner),
}

impl Alert {
    /// Whether it waits for this price.
    pub fn is_reached(&self, price: Money) -> bool {
        self.status == AlertStatus::Waiting
            && self.at_or_below.currency == price.currency
            && price.amount_minor <= self.at_or_below.amount_minor
    }
}

/// Lays a change over an alert.
pub(crate) fn apply(state: &mut State, id: &AlertId, change: &AlertChange) {
    match change {
        AlertChange::Set(alert) => {
            state.alerts.insert(id.clone(), alert.clone());
        }
        AlertChange::StatusSet(status) => {
            if let Some(alert) = state.alerts.get_mut(id) {
                alert.status = *status;
            }
        }
        AlertChange::Told => {
            if let Some(alert) = state.alerts.get_mut(id) {
                alert.is_told = true;
            }
        }
        AlertChange::OwnerSet(owner) => {
            if let Some(alert) = state.alerts.get_mut(id) {
                alert.owner = owner.clone();
            }
        }
    }
}

/// Decides a command on an alert.
pub(crate) fn plan(case: &Case<'_>, id: &AlertId, command: &AlertCommand) -> Result<Plan, Refusal> {
    let mut plan = Plan::default();
    let change = match command {
        AlertCommand::Set { variant, at_or_below } => set(case, id, variant, *at_or_below, &mut plan)?,
        AlertCommand::Drop => {
            let alert = case.state.alerts.get(id).filter(|alert| case.actor.is_owner(&alert.owner));
            let alert = alert.ok_or(Refusal::AlertNotFound)?;
            if alert.status != AlertStatus::Waiting {
                return Err(Refusal::NothingToChange);
            }
            plan.tell(|mood| format!("The price alert {} off.", mood.of("is", "would be")));
            AlertChange::StatusSet(AlertStatus::Dropped)
        }
    };
    plan.push(Change::Alert { alert: id.clone(), change });
    Ok(plan)
}

fn set(
    case: &Case<'_>,
    id: &AlertId,
    variant: &VariantId,
    at_or_below: Money,
    plan: &mut Plan,
) -> Result<AlertChange, Refusal> {
    let owner = case.actor.owner().ok_or(Refusal::ShopperOnly)?;
    let item = case.item(variant)?;
    if case.state.alerts.contains_key(id) {
        return Err(Refusal::IdTaken { id: id.to_string() });
    }
    let is_sane = (1..=MAX_AMOUNT_MINOR).contains(&at_or_below.amount_minor);
    if at_or_below.currency != case.policy.currency || !is_sane {
        return Err(Refusal::AmountNotTaken { currency: case.policy.currency });
    }
    let price = item.price.ok_or_else(|| Refusal::NoPrice { item: item.name() })?;
    if price.currency == at_or_below.currency && price.amount_minor <= at_or_below.amount_minor {
        return Err(Refusal::AlreadyCheaper { item: item.name(), price });
    }
    let waits = |alert: &&crate::Alert| alert.owner == owner && alert.status == AlertStatus::Waiting;
    let most = case.policy.alerts.max_per_shopper;
    if case.state.alerts.values().filter(waits).count() >= most as usize {
        return Err(Refusal::TooManyAlerts { most });
    }
    plan.tell(|mood| {
        format!("You {} told once {} costs {at_or_below} or less.", mood.of("are", "would be"), item.name())
    });
    let (variant, status) = (variant.clone(), AlertStatus::Waiting);
    Ok(AlertChange::Set(Alert { owner, variant, at_or_below, status, is_told: false }))
}

/// Lets every alert go off that waited for this price.
pub(crate) fn go_off(case: &Case<'_>, variant: &VariantId, price: Money, plan: &mut Plan) {
    for (id, alert) in &case.state.alerts {
        if alert.variant == *variant && alert.is_reached(price) {
            let change = AlertChange::StatusSet(AlertStatus::Fired { at: case.now, price });
            plan.push(Change::Alert { alert: id.clone(), change });
        }
    }
}
