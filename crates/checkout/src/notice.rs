//! What has happened to somebody's wishes while they were away: price alerts that went off and standing orders that bought.
//! Each is told once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::alert::{AlertChange, AlertStatus};
use crate::mandate::{MandateChange, MandateStatus};
use crate::plan::{Case, Plan};
use crate::{Alert, Change, Mandate, OrderId, Owner, Refusal};

/// What can be done about news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeCommand {
    /// Tells the actor all that they have not been told.
    Take,
}

impl Alert {
    /// Whether it went off and its owner does not know.
    pub fn is_news(&self) -> bool {
        matches!(self.status, AlertStatus::Fired { .. }) && !self.is_told
    }
}

impl Mandate {
    /// Whether it bought, or its time is over, and the shopper does not know.
    pub fn is_news(&self) -> bool {
        matches!(self.status, MandateStatus::Acted { .. } | MandateStatus::RanOut) && !self.is_told
    }
}

/// Decides a command about news: a sentence for each, and a note that it was told.
pub(crate) fn plan(case: &Case<'_>, command: &NoticeCommand) -> Result<Plan, Refusal> {
    let NoticeCommand::Take = command;
    let owner = case.actor.owner().ok_or(Refusal::ShopperOnly)?;
    let mut plan = Plan::default();
    for (id, alert) in case.state.alerts.iter().filter(|(_, alert)| alert.owner == owner && alert.is_news()) {
        plan.say(gone_off(case, alert));
        plan.push(Change::Alert { alert: id.clone(), change: AlertChange::Told });
    }
    let is_own = |mandate: &Mandate| Owner::Shopper(mandate.terms.shopper.clone()) == owner;
    for (id, mandate) in &case.state.mandates {
        if is_own(mandate) && mandate.is_news() {
            plan.say(bought(case, mandate));
            plan.push(Change::Mandate { mandate: id.clone(), change: MandateChange::Told });
        }
    }
    Ok(plan)
}

fn gone_off(case: &Case<'_>, alert: &Alert) -> String {
    let name = case.item(&alert.variant).map_or_else(|_| "What you wait for".to_owned(), |item| item.name());
    let AlertStatus::Fired { price, .. } = alert.status else { return String::new() };
    let now = case.item(&alert.variant).ok().and_then(|item| item.price).filter(|now| *now != price);
    let since = now.map_or_else(String::new, |now| format!(" It costs {now} now."));
    format!(
        "Your price alert went off: {name} came down to {price}; you wanted to know at {}.{since}",
        alert.at_or_below
    )
}

fn bought(case: &Case<'_>, mandate: &Mandate) -> String {
    let name = case.item(&mandate.terms.variant).map_or_else(|_| "it".to_owned(), |item| item.name());
    let MandateStatus::Acted { order } = &mandate.status else {
        let cap = mandate.terms.unit_cap;
        return format!(
            "Your standing order for {} × {name} is over: it did not come down to {cap} in time, and nothing was bought.",
            mandate.terms.quantity
        );
    };
    let paid = total(case, order).map_or_else(String::new, |total| format!(" for {total}"));
    format!("Your standing order has bought {} × {name}{paid}: order {order}.", mandate.terms.quantity)
}

fn total(case: &Case<'_>, order: &OrderId) -> Option<commerce::Money> {
    case.state.orders.get(order).map(|order| order.money(order.total_minor))
}
