//! Whether an order may still be changed.

use super::{Event, Order};
use crate::Refusal;
use crate::plan::Case;
use crate::policy::{ChangePolicy, Window};

/// Refuses a change that comes in the wrong state, too late, or after the last change that is allowed.
pub(super) fn allowed(
    case: &Case<'_>,
    order: &Order,
    (event, policy): (Event, &ChangePolicy),
) -> Result<(), Refusal> {
    if !policy.during.contains(&order.status) {
        return Err(Refusal::WrongStatus { order: order.id.clone(), status: order.status });
    }
    let is_closed = case.policy.orders.change_items.is_final && order.count(Event::ItemsChanged) > 0;
    if is_closed {
        return Err(Refusal::ItemsAlreadyChanged { order: order.id.clone() });
    }
    let is_open = |window: &Window| order.placed_at.is_some_and(|placed| window.is_open(placed, case.now));
    if let Some(window) = policy.within.filter(|window| !is_open(window)) {
        return Err(Refusal::TooLate { window, since: "you placed the order".to_owned() });
    }
    match policy.max_times {
        Some(most) if order.count(event) >= most => Err(Refusal::TooOften { order: order.id.clone(), most }),
        _ => Ok(()),
    }
}
