//! A return ends without its goods: the shopper keeps them, or the shop does not take them.

use super::{Return, ReturnChange, ReturnKind, ReturnStatus};
use crate::order::Order;
use crate::plan::{Case, Plan};
use crate::stock::{Hold, StockChange};
use crate::{Change, Holder, Refusal, ReturnId};

pub(super) fn plan(
    case: &Case<'_>,
    id: &ReturnId,
    (known, order): (&Return, &Order),
    end: ReturnStatus,
) -> Result<Plan, Refusal> {
    if known.is_settled {
        return Err(Refusal::ReturnSettled { id: id.clone() });
    }
    let mut plan = Plan::default();
    plan.tell(|mood| format!("Return {id} of order {} {} off.", order.id, mood.of("is", "would be")));
    if end == ReturnStatus::Withdrawn {
        for item in &known.items {
            let name = order.line(item.number).map_or_else(String::new, |line| line.item.name());
            plan.tell(|mood| format!("You {} {} × {name}.", mood.of("keep", "would keep"), item.quantity));
        }
    }
    if let ReturnKind::Exchange { lines, .. } = &known.kind {
        let mut fewer = std::collections::BTreeMap::new();
        for line in lines {
            *fewer.entry(&line.item.variant).or_insert(0) += line.quantity;
        }
        let holder = Holder::Order(order.id.clone());
        for (variant, quantity) in fewer {
            let level = case.state.stock.get(variant);
            let Some(hold) = level.and_then(|level| level.held.get(&holder)) else { continue };
            let left = hold.quantity.saturating_sub(quantity);
            let change = match left {
                0 => StockChange::Released(holder.clone()),
                _ => StockChange::Held(holder.clone(), Hold { quantity: left, ..*hold }),
            };
            plan.push(Change::Stock { variant: variant.clone(), change });
        }
    }
    plan.push(Change::Return { id: id.clone(), change: ReturnChange::StatusSet(end) });
    Ok(plan)
}
