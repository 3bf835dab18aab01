//! An order arrives: from now on its return windows run.

use super::{Event, Order, OrderChange, OrderStatus, noted};
use crate::plan::{Case, Plan};
use crate::{Change, Refusal};

pub(super) fn plan(case: &Case<'_>, order: &Order) -> Result<Plan, Refusal> {
    if !case.actor.is_shop() {
        return Err(Refusal::StaffOnly);
    }
    if order.status != OrderStatus::Shipped {
        return Err(Refusal::WrongStatus { order: order.id.clone(), status: order.status });
    }
    let mut plan = Plan::default();
    plan.say(format!("Order {} has arrived.", order.id));
    plan.push(Change::Order { order: order.id.clone(), change: OrderChange::Delivered { at: case.now } });
    plan.push(noted(case, &order.id, Event::Delivered));
    Ok(plan)
}
