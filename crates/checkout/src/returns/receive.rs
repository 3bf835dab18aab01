//! The goods are back: the money moves or the new goods go, and what can be sold again goes on the shelf.

use super::{ItemCondition, Return, ReturnChange, ReturnKind, ReturnStatus, exchange, refund};
use crate::order::{Event, Order, noted};
use crate::plan::{Case, Plan};
use crate::stock::StockChange;
use crate::{Change, Refusal, ReturnId};

pub(super) fn plan(
    case: &Case<'_>,
    id: &ReturnId,
    (known, order): (&Return, &Order),
    restock: bool,
) -> Result<Plan, Refusal> {
    let mut plan = Plan::default();
    plan.tell(|mood| format!("The goods of return {id} {} back.", mood.of("are", "would be noted as")));
    if !known.is_settled {
        match known.kind {
            ReturnKind::Refund { .. } => refund::settle(case, id, order, known, &mut plan)?,
            ReturnKind::Exchange { .. } => exchange::settle(case, id, order, known, &mut plan)?,
        }
    }
    let sellable = known.items.iter().filter(|item| item.condition != Some(ItemCondition::Defective));
    for item in sellable.filter(|_| restock) {
        let variant = order.line(item.number).map(|line| &line.item.variant);
        if let Some(variant) = variant.filter(|variant| case.state.stock.contains_key(variant)) {
            let change = StockChange::Added(item.quantity);
            plan.push(Change::Stock { variant: variant.clone(), change });
        }
    }
    plan.push(Change::Return { id: id.clone(), change: ReturnChange::StatusSet(ReturnStatus::Received) });
    plan.push(noted(case, &order.id, Event::Returned));
    Ok(plan)
}
