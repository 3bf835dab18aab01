//! A return for its money.

use std::collections::BTreeMap;

use super::{Return, ReturnChange, ReturnItem, ReturnKind, ReturnPick, eligible, kept};
use crate::order::{Event, Order, OrderChange, Tender, checked_reason, money, noted};
use crate::plan::{Case, Plan};
use crate::policy::Settle;
use crate::{Change, ItemCondition, MethodId, Refusal, ReturnId};

pub(super) fn plan(
    case: &Case<'_>,
    id: &ReturnId,
    order: &Order,
    picks: &[ReturnPick],
    refund_to: &MethodId,
    reason: Option<&str>,
) -> Result<Plan, Refusal> {
    let policy = &case.policy.returns;
    if !policy.is_offered {
        return Err(Refusal::ReturnsNotOffered);
    }
    if picks.is_empty() {
        return Err(Refusal::NothingToChange);
    }
    let reason = checked_reason(&policy.reasons, reason)?;
    let mut left = eligible::available(case.state, order);
    let mut items = Vec::new();
    for pick in picks {
        items.extend(eligible::take(case, order, &mut left, &pick.variant, pick.quantity, pick.condition)?);
    }
    let (to, method) = money::method(case, &order.owner, Some(order), &Tender::Saved(refund_to.clone()))?;
    if !order.may_receive(&policy.refund_to, &to, method.kind) {
        return Err(Refusal::RefundMethodNotAllowed { method: method.label });
    }
    let mut plan = Plan::default();
    let (left_minor, fee_minor) = tell(case, order, &items, &mut plan);
    let kept = kept::sums(case, order, &items, left_minor);
    let amount_minor = left_minor - kept.iter().map(|sum| sum.amount_minor).sum::<i64>();
    plan.at_stake_minor = amount_minor + gone_minor(case, order);
    could_refund(order, amount_minor)?;
    if fee_minor > 0 {
        let fee = order.money(fee_minor);
        plan.tell(|mood| format!("{fee} {} kept for restocking.", mood.of("is", "would be")));
    }
    for sum in &kept {
        plan.tell(|mood| sum.told(order, mood));
    }
    let (amount, time) = (order.money(amount_minor), policy_time(case, method.kind));
    plan.tell(|mood| format!("{amount} {} back to {} {time}.", mood.of("goes", "would go"), method.label));
    let label = match kept.iter().any(|sum| sum.pays_return) {
        true => Label::Kept,
        false => Label::of(policy.is_label_free),
    };
    tell_label(label, &mut plan);
    let kind = ReturnKind::Refund { to, fee_minor: Some(fee_minor), kept };
    let new = Return::requested(order.id.clone(), items, kind, reason);
    plan.push(Change::Return { id: id.clone(), change: ReturnChange::Requested(new.clone()) });
    plan.push(noted(case, &order.id, Event::ReturnRequested));
    if policy.settle == Settle::OnRequest {
        settle(case, id, order, &new, &mut plan)?;
    }
    Ok(plan)
}

/// Pays the money of a return back and notes its pieces as returned.
pub(super) fn settle(
    case: &Case<'_>,
    id: &ReturnId,
    order: &Order,
    known: &Return,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let ReturnKind::Refund { to, fee_minor, kept } = &known.kind else { return Ok(()) };
    let amounts = amounts(case, order, &known.items);
    let worth_minor: i64 = amounts.iter().map(|(_, amount, fee)| amount + fee).sum();
    let fee_minor = fee_minor.unwrap_or_else(|| amounts.iter().map(|(_, _, fee)| fee).sum());
    // What is kept was agreed; a share that is counted anew may be smaller by its last digit.
    let kept_minor = kept.iter().map(|sum| sum.amount_minor).sum::<i64>() + fee_minor;
    let amount_minor = (worth_minor - kept_minor).max(0);
    let (to, method) = money::method(case, &order.owner, Some(order), &Tender::Saved(to.clone()))?;
    if amount_minor > 0 {
        money::refund_to(case, order, (to, method.kind, method.label), amount_minor, plan)?;
    }
    known.note_returned(plan);
    let change = OrderChange::TotalMoved { by_minor: -amount_minor };
    plan.push(Change::Order { order: order.id.clone(), change });
    plan.push(Change::Return { id: id.clone(), change: ReturnChange::Settled });
    Ok(())
}

/// Each item with what goes back and what is kept, counted after what came back before.
pub(super) fn amounts(case: &Case<'_>, order: &Order, items: &[ReturnItem]) -> Vec<(ReturnItem, i64, i64)> {
    let mut gone: BTreeMap<u32, u32> = BTreeMap::new();
    let mut all = Vec::new();
    for item in items {
        let Some(line) = order.line(item.number) else { continue };
        let before = gone.entry(item.number).or_insert(line.returned);
        let (amount, fee) = eligible::refund_minor(case, line, *before, item);
        *before += item.quantity;
        all.push((item.clone(), amount, fee));
    }
    all
}

/// A sentence for each item with what it comes back for. Pieces that are the same are one, though their shares may differ by a cent.
fn tell(case: &Case<'_>, order: &Order, items: &[ReturnItem], plan: &mut Plan) -> (i64, i64) {
    let (mut total, mut fees) = (0, 0);
    let mut told: Vec<(String, u32, Vec<i64>)> = Vec::new();
    for (item, amount, fee) in amounts(case, order, items) {
        let name = order.line(item.number).map_or_else(String::new, |line| line.item.name());
        match told.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, pieces, worths)) => {
                *pieces += item.quantity;
                worths.push(amount + fee);
            }
            None => told.push((name, item.quantity, vec![amount + fee])),
        }
        total += amount;
        fees += fee;
    }
    for (name, pieces, worths) in told {
        let worth = joined(order, &worths);
        plan.tell(|mood| format!("{pieces} × {name} {} back for {worth}.", mood.of("comes", "would come")));
    }
    tell_condition(items.iter().map(|item| item.condition), plan);
    (total, fees)
}

/// Amounts one after the other: `$12.34, $12.33 and $12.33`.
fn joined(order: &Order, worths: &[i64]) -> String {
    let mut worths: Vec<String> = worths.iter().map(|minor| order.money(*minor).to_string()).collect();
    let last = worths.pop().unwrap_or_default();
    if worths.is_empty() { last } else { format!("{} and {last}", worths.join(", ")) }
}

/// Says in which condition goods come back, where that was said of all of them alike.
pub(super) fn tell_condition(said: impl Iterator<Item = Option<ItemCondition>>, plan: &mut Plan) {
    let mut said: Vec<Option<ItemCondition>> = said.collect();
    said.dedup();
    if let [Some(condition)] = said[..] {
        plan.say(format!("The condition is: {}.", condition.words()));
    }
}

/// What earlier returns and exchanges of an order sent back or will, so that what the staff looks at cannot be had in parts.
pub(super) fn gone_minor(case: &Case<'_>, order: &Order) -> i64 {
    let earlier = case.state.returns.values().filter(|known| known.order == order.id && known.counts());
    let worth = |item: &ReturnItem| {
        let line = order.line(item.number)?;
        Some(line.paid_minor * i64::from(item.quantity) / i64::from(line.quantity.max(1)))
    };
    earlier.flat_map(|known| &known.items).filter_map(worth).sum()
}

fn could_refund(order: &Order, amount_minor: i64) -> Result<(), Refusal> {
    let paid = order.secured_minor();
    if amount_minor <= paid {
        return Ok(());
    }
    Err(Refusal::RefundExceedsPaid { asked: order.money(amount_minor), paid: order.money(paid) })
}

fn policy_time(case: &Case<'_>, kind: crate::MethodKind) -> String {
    let time = case.policy.payment.refund_time(kind);
    match case.policy.returns.settle {
        Settle::OnRequest => time,
        Settle::OnReceipt => format!("{time} after the goods are back"),
    }
}

/// Who pays for the way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// The shop.
    Free,
    /// The shopper, out of the refund.
    Kept,
    /// The shopper, at the counter.
    Postage,
}

impl Label {
    /// What a policy says where nothing is kept for it.
    pub(super) fn of(is_free: bool) -> Self {
        if is_free { Self::Free } else { Self::Postage }
    }
}

/// Says how the goods come back.
pub(super) fn tell_label(label: Label, plan: &mut Plan) {
    plan.tell(|mood| {
        let get = mood.of("get", "would get");
        match label {
            Label::Free => format!("You {get} an e-mail with a free label and how to send it back."),
            Label::Kept => format!(
                "You {get} an e-mail with how it comes back; that {} paid with it.",
                mood.of("is", "would be")
            ),
            Label::Postage => {
                let is = mood.of("is", "would be");
                format!("You {get} an e-mail with how to send it back; the postage {is} yours.")
            }
        }
    });
}
