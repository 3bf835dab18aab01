//! Paying an order with something else: the new method is charged, and once that is sure the old one gets its money back.

use super::{Event, Order, Tender, allowed, money, noted};
use crate::Refusal;
use crate::plan::{Case, Plan};

pub(super) fn plan(case: &Case<'_>, order: &Order, pay_with: &Tender) -> Result<Plan, Refusal> {
    allowed(case, order, (Event::PaymentChanged, &case.policy.orders.change_payment))?;
    let (id, _) = money::method(case, &order.owner, Some(order), pay_with)?;
    if order.original_method() == Some(&id) {
        return Err(Refusal::SameMethod);
    }
    let mut plan = Plan::default();
    let charge = money::Charge { order, amount_minor: order.total_minor, name: "replace", replaces: true };
    let label = money::charge(case, &order.owner, pay_with, charge, &mut plan)?;
    plan.tell(|mood| {
        let (is, total) = (mood.of("is", "would be"), order.money(order.total_minor));
        format!("Order {} {is} paid with {label}: {total}.", order.id)
    });
    for charge in order.movements.iter().filter(|charge| charge.is_secured()) {
        let amount = order.money(order.refundable_minor(charge));
        let time = case.policy.payment.refund_time(charge.kind);
        plan.tell(|mood| {
            format!("{amount} {} back to {} {time}.", mood.of("goes", "would go"), charge.label)
        });
    }
    plan.push(noted(case, &order.id, Event::PaymentChanged));
    Ok(plan)
}
