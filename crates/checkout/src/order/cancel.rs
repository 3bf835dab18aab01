//! Calling orders off: their goods are free again and their money goes back.

use super::{Event, Order, OrderChange, OrderStatus, allowed, money, noted};
use crate::exact::shown;
use crate::plan::{Case, Plan};
use crate::{Change, Holder, Key, OrderId, Refusal, stock};

/// Orders that one yes calls off, at most.
const MAX_TOGETHER: usize = 20;

/// An order, and others with it. Of several, those that may not be called off stay as they are and the words say why; where that
/// is all of them, nothing is done.
pub(super) fn plan(
    case: &Case<'_>,
    (order, also): (&Order, &[OrderId]),
    reason: Option<&str>,
) -> Result<Plan, Refusal> {
    let policy = &case.policy.orders.cancel;
    let (mut free, mut kept) = (Vec::new(), Vec::new());
    for order in together(case, order, also)? {
        match allowed(case, order, (Event::Cancelled, policy)) {
            Ok(()) => free.push(order),
            Err(why) => kept.push((order, why)),
        }
    }
    if free.is_empty() {
        return Err(none_of(kept.into_iter().map(|(_, why)| why).collect()));
    }
    let reason = checked_reason(&policy.reasons, reason)?;
    let mut plan = Plan::default();
    for order in free {
        called_off(case, order, reason.as_deref(), &mut plan);
    }
    for (order, why) in kept {
        plan.say(format!("Order {} stays as it is.", order.id));
        plan.say(why.to_string());
    }
    Ok(plan)
}

/// The orders that are meant, each once. Each has to be the actor's.
fn together<'a>(case: &Case<'a>, order: &'a Order, also: &[OrderId]) -> Result<Vec<&'a Order>, Refusal> {
    let mut all = vec![order];
    for id in also {
        let other = case.actor.order(case.state, case.policy, id)?;
        if !all.iter().any(|known| known.id == other.id) {
            all.push(other);
        }
    }
    match all.len() {
        ..=MAX_TOGETHER => Ok(all),
        _ => Err(Refusal::TooManyOrders { most: MAX_TOGETHER }),
    }
}

fn none_of(mut why: Vec<Refusal>) -> Refusal {
    if why.len() == 1 { why.remove(0) } else { Refusal::NoneOfThese { why } }
}

fn called_off(case: &Case<'_>, order: &Order, reason: Option<&str>, plan: &mut Plan) {
    plan.tell(|mood| format!("Order {} {} cancelled.", order.id, mood.of("is", "would be")));
    if let Some(reason) = reason {
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
    cancel(case, order, reason.map(str::to_owned), None, plan);
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
    plan.called_off += 1;
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
