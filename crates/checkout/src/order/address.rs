//! Sending an order elsewhere. What it costs stays, so the new place has to bear the same taxes and delivery.

use super::{Event, Order, OrderChange, allowed, not_too_often, noted};
use crate::cart::combined_rate;
use crate::plan::{Case, Plan};
use crate::{Address, Change, Refusal};

pub(super) fn plan(case: &Case<'_>, order: &Order, address: &Address) -> Result<Plan, Refusal> {
    let policy = &case.policy.orders.change_address;
    allowed(case, order, &policy.during, policy.within)?;
    not_too_often(order, Event::AddressChanged, policy.max_times)?;
    address.checked()?;
    if order.address == *address {
        // Asking for what is so already is granted, and does not count as a change.
        let mut plan = Plan::default();
        plan.say(format!("Order {} goes to {} already.", order.id, address.one_line()));
        return Ok(plan);
    }
    let tax = |at: &Address| -> Vec<_> {
        order.lines.iter().map(|line| combined_rate(&case.policy.tax, Some(at), &line.item)).collect()
    };
    if order.address.country != address.country || tax(&order.address) != tax(address) {
        return Err(Refusal::AddressChangesPrice);
    }
    let mut plan = Plan::default();
    plan.say(format!("Order {} goes to {}.", order.id, address.one_line()));
    plan.push(Change::Order { order: order.id.clone(), change: OrderChange::AddressSet(address.clone()) });
    plan.push(noted(case, &order.id, Event::AddressChanged));
    Ok(plan)
}
