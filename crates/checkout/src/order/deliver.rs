//! An order arrives, or what goods of it were exchanged for: from now on their return windows run.

use super::{Event, Order, OrderChange, OrderStatus, noted};
use crate::plan::{Case, Plan};
use crate::{Change, Refusal};

pub(super) fn plan(case: &Case<'_>, order: &Order) -> Result<Plan, Refusal> {
    if !case.actor.is_shop() {
        return Err(Refusal::StaffOnly);
    }
    let has_more = order.shipments.iter().any(|parcel| order.is_on_the_way(parcel));
    let is_due = order.status == OrderStatus::Shipped || order.status == OrderStatus::Delivered && has_more;
    if !is_due {
        return Err(Refusal::WrongStatus { order: order.id.clone(), status: order.status });
    }
    let mut plan = Plan::default();
    plan.tell(|mood| format!("Order {} {}.", order.id, mood.of("has arrived", "would be noted as arrived")));
    plan.push(Change::Order { order: order.id.clone(), change: OrderChange::Delivered { at: case.now } });
    plan.push(noted(case, &order.id, Event::Delivered));
    Ok(plan)
}
