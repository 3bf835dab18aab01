//! Whether pieces of an order may come back, by date, goods and condition, and what is kept of their money.

use super::{ItemCondition, ReturnItem};
use crate::exact::{Rounding, units_share};
use crate::order::{Order, OrderLine, pick};
use crate::plan::Case;
use crate::policy::ReturnRule;
use crate::{Refusal, State};
use commerce::VariantId;

/// The order's lines with only the pieces that the shopper has and that are not on their way back already.
pub(super) fn available(state: &State, order: &Order) -> Vec<OrderLine> {
    let mut lines = order.lines.clone();
    for line in &mut lines {
        let open = state
            .returns
            .values()
            .filter(|known| known.order == order.id && known.is_open() && !known.is_settled);
        let items = open.flat_map(|known| &known.items).filter(|item| item.number == line.number);
        let coming: u32 = items.map(|item| item.quantity).sum();
        let here = order.arrived(line).min(line.quantity).saturating_sub(line.returned);
        line.quantity = here.saturating_sub(coming);
    }
    lines
}

/// Takes pieces from what is available, if each may come back.
pub(super) fn take(
    case: &Case<'_>,
    order: &Order,
    left: &mut [OrderLine],
    variant: &VariantId,
    quantity: u32,
    condition: Option<ItemCondition>,
) -> Result<Vec<ReturnItem>, Refusal> {
    let mut items = Vec::new();
    let picked = pick(left, variant, quantity).map_err(|refusal| not_here(order, variant, refusal))?;
    for (number, quantity) in picked {
        let line = order.line(number).ok_or(Refusal::NotInOrder)?;
        may_come_back(case, order, line, condition)?;
        items.push(ReturnItem { number, quantity, condition });
    }
    Ok(items)
}

/// What was exchanged can come back once it is there.
fn not_here(order: &Order, variant: &VariantId, refusal: Refusal) -> Refusal {
    let coming = order.lines.iter().find(|line| {
        line.item.variant == *variant && line.in_place_of.is_some() && order.arrived(line) < line.quantity
    });
    match coming {
        Some(line) if refusal == Refusal::NotInOrder => Refusal::NotArrived { item: line.item.name() },
        _ => refusal,
    }
}

/// Refuses a line that may not come back in this condition at this time.
pub(super) fn may_come_back(
    case: &Case<'_>,
    order: &Order,
    line: &OrderLine,
    condition: Option<ItemCondition>,
) -> Result<(), Refusal> {
    let item = line.item.name();
    let Some(rule) = rule(case, line) else { return Err(Refusal::NotReturnable { item }) };
    let is_defective = condition == Some(ItemCondition::Defective);
    if rule.is_final_sale && !is_defective {
        return Err(Refusal::FinalSale { item });
    }
    if let Some(window) = rule.window {
        let is_open = order.arrived_at(line).is_some_and(|at| window.is_open(at, case.now));
        if !is_open {
            return Err(Refusal::TooLate { window, since: "it was delivered".to_owned() });
        }
    }
    match condition {
        _ if rule.conditions.is_empty() || is_defective => Ok(()),
        Some(condition) if rule.conditions.contains(&condition) => Ok(()),
        _ => Err(Refusal::ConditionNotTaken { item, taken: rule.conditions.clone() }),
    }
}

/// What goes back for pieces of a line when `before` of them are gone, and what is kept of it.
pub(super) fn refund_minor(case: &Case<'_>, line: &OrderLine, before: u32, item: &ReturnItem) -> (i64, i64) {
    let share = units_share(line.paid_minor, line.quantity, before, item.quantity);
    let fee = match rule(case, line) {
        Some(rule) if item.condition != Some(ItemCondition::Defective) => {
            rule.restocking_fee.of(share, Rounding::HalfUp)
        }
        _ => 0,
    };
    (share - fee, fee)
}

fn rule<'a>(case: &Case<'a>, line: &OrderLine) -> Option<&'a ReturnRule> {
    let rules = &case.policy.returns;
    rules.rules.iter().find(|rule| rules.is_offered && rule.goods.includes(&line.item))
}
