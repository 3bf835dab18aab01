//! Calling an order off: its goods are free again and its money goes back.

use super::{Event, Order, OrderChange, OrderStatus, allowed, money, noted};
use crate::exact::shown;
use crate::plan::{Case, Plan};
use crate::{Change, Holder, Key, Refusal, stock};

pub(super) fn plan(case: &Case<'_>, order: &Order, reason: Option<&str>) -> Result<Plan, Refusal> {
    let policy = &case.policy.orders.cancel;
    allowed(case, order, (Event::Cancelled, policy))?;
    let reason = checked_reason(&policy.reasons, reason)?;
    let mut plan = Plan::default();
    plan.tell(|mood| format!("Order {} {} cancelled.", order.id, mood.of("is", "would be")));
    if let Some(reason) = &reason {
        plan.say(format!("The reason is: {reason}."));
    }
    for charge in order.movements.iter().filter(|charge| charge.is_secured()) {
        plan.at_stake_minor += order.refundable_minor(charge);
        let amount = shown(order.refundable_minor(charge), order.currency);
        let time = case.policy.payment.refund_time(charge.kind);
        plan.tell(|mood| {
            format!("{amount} {} back to {} {time}.", mood.of("goes", "would go"), charge.label)
        });
    }
    cancel(case, order, reason, None, &mut plan);
    Ok(plan)
}

/// Calls off what nobody has paid in time. An answer of the provider that comes later finds the order cancelled, and the
/// amount goes back.
pub(super) fn lapse(case: &Case<'_>, order: &Order) -> Result<Plan, Refusal> {
    if !case.actor.is_shop() {
        return Err(Refusal::StaffOnly);
    }
    let is_due =
        order.placed_at.is_some_and(|placed| case.policy.stock.reserve_for.after(placed) <= case.now);
    if order.status != OrderStatus::Placed || !is_due {
        return Err(Refusal::WrongStatus { order: order.id.clone(), status: order.status });
    }
    let mut plan = Plan::default();
    plan.tell(|mood| {
        format!("Order {} was not paid in time and {} cancelled.", order.id, mood.of("is", "would be"))
    });
    cancel(case, order, Some("not paid in time".to_owned()), None, &mut plan);
    Ok(plan)
}

/// Calls an order off for a reason of the shop's. One charge is left alone, because it is dealt with where it is known.
pub(crate) fn call_off(case: &Case<'_>, order: &Order, reason: &str, but: Option<&Key>, plan: &mut Plan) {
    cancel(case, order, Some(reason.to_owned()), but, plan);
}

fn cancel(case: &Case<'_>, order: &Order, reason: Option<String>, but: Option<&Key>, plan: &mut Plan) {
    money::give_back_all(case, order, but, plan);
    stock::release_all(case.state, plan, &Holder::Order(order.id.clone()));
    plan.changes.extend(order.rules_used(-1));
    plan.push(Change::Order { order: order.id.clone(), change: OrderChange::Cancelled { reason } });
    plan.push(noted(case, &order.id, Event::Cancelled));
}

/// The reason as the policy writes it; none where it asks for none.
pub(crate) fn checked_reason(reasons: &[String], said: Option<&str>) -> Result<Option<String>, Refusal> {
    if reasons.is_empty() {
        return Ok(said.map(|said| said.chars().filter(|c| !c.is_control()).take(200).collect()));
    }
    let known = reasons.iter().find(|known| said.is_some_and(|said| known.eq_ignore_ascii_case(said.trim())));
    known.cloned().map(Some).ok_or_else(|| Refusal::ReasonNotTaken { reasons: reasons.to_vec() })
}
