//! An exchange for another variant of the same product, with the difference in price. The new goods become lines of the
//! order that are still to leave; they are held until they do.

use super::refund::{Label, amounts, tell_condition, tell_label};
use super::{ExchangePick, Return, ReturnChange, ReturnKind, eligible};
use crate::order::{
    Event, Order, OrderChange, OrderLine, Swap, checked_reason, could_settle, noted,
    settle as settle_difference, swap_lines,
};
use crate::plan::{Case, Plan};
use crate::policy::Settle;
use crate::stock::{self, Hold};
use crate::{Change, Holder, MethodId, Refusal, ReturnId};

pub(super) fn plan(
    case: &Case<'_>,
    id: &ReturnId,
    order: &Order,
    picks: &[ExchangePick],
    settle_with: &MethodId,
    reason: Option<&str>,
) -> Result<Plan, Refusal> {
    let policy = &case.policy.exchanges;
    if !policy.is_offered {
        return Err(Refusal::ExchangesNotOffered);
    }
    let reason = checked_reason(&case.policy.returns.reasons, reason)?;
    let mut left = eligible::available(case.state, order);
    let mut rest = left.clone();
    let mut items = Vec::new();
    for pick in picks {
        items.extend(eligible::take(case, order, &mut rest, &pick.variant, pick.quantity, pick.condition)?);
    }
    let swaps: Vec<Swap> = picks.iter().map(swap).collect();
    let mut plan = Plan::default();
    let mut swapped = swap_lines(case, order, &mut left, &swaps, policy.same_variant, &mut plan)?;
    for (line, (old, _)) in swapped.lines.iter_mut().zip(&swapped.taken) {
        line.in_place_of = Some(*old);
    }
    let difference_minor = swapped.difference_minor;
    let label = could_settle(case, order, difference_minor, settle_with)?;
    let shown = order.money(difference_minor.abs());
    if policy.settle == Settle::OnReceipt {
        plan.tell(|mood| match difference_minor {
            1.. => format!("{label} {} charged {shown}.", mood.of("is", "would be")),
            0 => format!("The price {} the same.", mood.of("stays", "would stay")),
            ..=-1 => format!("{shown} {} back to {label}.", mood.of("goes", "would go")),
        });
    }
    tell_condition(items.iter().map(|item| item.condition), &mut plan);
    tell_label(Label::of(policy.is_label_free.unwrap_or(case.policy.returns.is_label_free)), &mut plan);
    let worth: i64 = amounts(case, order, &items).iter().map(|(_, amount, fee)| amount + fee).sum();
    plan.at_stake_minor = worth + super::refund::gone_minor(case, order);
    hold(case, order, &swapped.lines, &mut plan)?;
    let kind =
        ReturnKind::Exchange { lines: swapped.lines, difference_minor, settle_with: settle_with.clone() };
    let new = Return::requested(order.id.clone(), items, kind, reason);
    plan.push(Change::Return { id: id.clone(), change: ReturnChange::Requested(new.clone()) });
    plan.push(noted(case, &order.id, Event::ExchangeRequested));
    if policy.settle == Settle::OnRequest {
        settle(case, id, order, &new, &mut plan)?;
    }
    Ok(plan)
}

/// Moves the difference, notes the old pieces as returned, and adds the new ones to what is to leave.
pub(super) fn settle(
    case: &Case<'_>,
    id: &ReturnId,
    order: &Order,
    known: &Return,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let ReturnKind::Exchange { lines, difference_minor, settle_with } = &known.kind else { return Ok(()) };
    settle_difference(case, order, *difference_minor, settle_with, plan)?;
    known.note_returned(plan);
    let first = order.next_number();
    let new = lines
        .iter()
        .enumerate()
        .map(|(place, line)| OrderLine { number: first + place as u32, ..line.clone() });
    let change = OrderChange::LinesReplaced { numbers: Vec::new(), by: new.collect() };
    plan.push(Change::Order { order: order.id.clone(), change });
    plan.push(Change::Return { id: id.clone(), change: ReturnChange::Settled });
    Ok(())
}

/// Holds the new goods beside what is held for the order already.
fn hold(case: &Case<'_>, order: &Order, lines: &[OrderLine], plan: &mut Plan) -> Result<(), Refusal> {
    let holder = Holder::Order(order.id.clone());
    let mut wanted = std::collections::BTreeMap::new();
    for line in lines {
        *wanted.entry(&line.item.variant).or_insert(0) += line.quantity;
    }
    for (variant, more) in wanted {
        let level = case.state.stock.get(variant);
        let held = level.and_then(|level| level.held.get(&holder)).map_or(0, |hold| hold.quantity);
        let quantity = Hold { quantity: held + more, until: None };
        stock::hold(case, plan, variant, std::slice::from_ref(&holder), quantity)?;
    }
    Ok(())
}

fn swap(pick: &ExchangePick) -> Swap {
    Swap { variant: pick.variant.clone(), to: Some(pick.to.clone()), quantity: pick.quantity }
}
