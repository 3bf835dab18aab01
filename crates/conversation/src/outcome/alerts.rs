//! Price alerts and standing orders in words.

use checkout::alert::AlertStatus;
use checkout::mandate::{MandateStatus, last_moment};
use checkout::query::{Query, View};
use checkout::{Actor, Alert, AlertId, Item, Mandate, MandateId};
use commerce::VariantId;

use super::Outcome;
use crate::Counter;

/// What is said of each kind at most.
const MAX_LISTED: usize = 20;

/// What somebody waits for, and what their standing orders have bought.
pub(super) async fn list(
    counter: &Counter,
    actor: &Actor,
    alerts: &[(AlertId, Alert)],
    mandates: &[(MandateId, Mandate)],
) -> Outcome {
    let mut lines = Vec::new();
    let waiting = alerts.iter().filter(|(_, alert)| alert.status == AlertStatus::Waiting);
    for (_, alert) in waiting.take(MAX_LISTED) {
        let (name, price) = named(counter, actor, &alert.variant).await;
        lines.push(format!("- {name}: an alert at {} or less{price}", alert.at_or_below));
    }
    let standing = mandates
        .iter()
        .filter(|(_, mandate)| !matches!(mandate.status, MandateStatus::Revoked | MandateStatus::RanOut));
    for (_, mandate) in standing.take(MAX_LISTED) {
        lines.push(standing_text(counter, actor, mandate).await);
    }
    match lines.is_empty() {
        true => Outcome::say("You have no price alerts and no standing orders."),
        false => Outcome::say(format!("You wait for:\n{}", lines.join("\n"))),
    }
}

async fn standing_text(counter: &Counter, actor: &Actor, mandate: &Mandate) -> String {
    let terms = &mandate.terms;
    let (name, price) = named(counter, actor, &terms.variant).await;
    let (pieces, cap) = (terms.quantity, terms.unit_cap);
    match &mandate.status {
        MandateStatus::Acted { order } => {
            format!("- {pieces} × {name}: your standing order has bought, order {order}")
        }
        _ => {
            let until = last_moment(terms.valid_until);
            format!("- {pieces} × {name}: a standing order at {cap} or less until {until}{price}")
        }
    }
}

/// What it is called, and what it costs now.
async fn named(counter: &Counter, actor: &Actor, variant: &VariantId) -> (String, String) {
    let item: Option<Item> = match counter.view(actor, &Query::Item(variant.clone())).await {
        Ok(View::Items(items)) => items.into_iter().next().map(|(item, _)| item),
        _ => None,
    };
    let price = item.as_ref().and_then(|item| item.price);
    let price = price.map_or_else(String::new, |price| format!("; it costs {price} now"));
    (item.map_or_else(|| "something that is not sold any more".to_owned(), |item| item.name()), price)
}
