//! A guest signs in: what that session has ordered, and the prices it waits for, are the shopper's from then on.

use crate::alert::{AlertChange, AlertStatus};
use crate::order::{Event, Order, OrderChange, OrderStatus, noted};
use crate::plan::{Case, Plan};
use crate::{Change, GuestId, Owner, Refusal, ShopperId};

/// Moves all that is the guest's and nothing else; a second time there is nothing left to move.
pub(super) fn plan(case: &Case<'_>, shopper: &ShopperId, guest: &GuestId) -> Result<Plan, Refusal> {
    if !case.actor.is_shop() {
        return Err(Refusal::StaffOnly);
    }
    case.state.shoppers.get(shopper).ok_or(Refusal::ShopperNotFound)?;
    let (from, to) = (Owner::Guest(guest.clone()), Owner::Shopper(shopper.clone()));
    let mut plan = Plan::default();
    for order in case.state.orders.values().filter(|order| order.owner == from) {
        take(case, order, &to, &mut plan);
    }
    for (id, alert) in case.state.alerts.iter().filter(|(_, alert)| alert.owner == from) {
        let change = AlertChange::OwnerSet(to.clone());
        plan.push(Change::Alert { alert: id.clone(), change });
        if alert.status == AlertStatus::Waiting {
            let name = case.item(&alert.variant).map_or_else(|_| "an item".to_owned(), crate::Item::name);
            plan.tell(|mood| {
                format!("The price alert on {name} {} in your account now.", mood.of("is", "would be"))
            });
        }
    }
    Ok(plan)
}

fn take(case: &Case<'_>, order: &Order, to: &Owner, plan: &mut Plan) {
    let change = OrderChange::OwnerSet(to.clone());
    plan.push(Change::Order { order: order.id.clone(), change });
    plan.push(noted(case, &order.id, Event::TakenOver));
    // What was called off has given its uses back already.
    for rule in order.limited_rules.iter().filter(|_| order.status != OrderStatus::Cancelled) {
        for (owner, times) in [(&order.owner, -1), (to, 1)] {
            plan.push(Change::RuleUsed { rule: rule.clone(), owner: owner.clone(), mail: None, times });
        }
    }
    plan.tell(|mood| format!("Order {} {} in your account now.", order.id, mood.of("is", "would be")));
}
