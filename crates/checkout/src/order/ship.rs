//! A parcel leaves: only what is paid, only what is there.

use std::collections::BTreeMap;

use commerce::VariantId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Event, MovementStatus, Order, OrderChange, OrderLine, OrderStatus, Shipment, noted, pick};
use crate::plan::{Case, Plan};
use crate::policy::Capture;
use crate::stock::StockChange;
use crate::{Change, Holder, Refusal};

/// Pieces of a variant of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pick {
    /// Which variant.
    pub variant: VariantId,
    /// How many pieces; left out: one.
    #[serde(default = "one")]
    pub quantity: u32,
}

pub(super) fn plan(
    case: &Case<'_>,
    order: &Order,
    items: &[Pick],
    carrier: &str,
    tracking: &str,
) -> Result<Plan, Refusal> {
    if !case.actor.is_shop() {
        return Err(Refusal::StaffOnly);
    }
    if !may_leave(order) {
        return Err(Refusal::WrongStatus { order: order.id.clone(), status: order.status });
    }
    if order.secured_minor() < order.total_minor {
        return Err(Refusal::NotPaid { order: order.id.clone() });
    }
    let lines = parcel(order, items)?;
    let mut plan = Plan::default();
    for (variant, quantity) in pieces(order, &lines) {
        take(case, order, &variant, quantity, &mut plan)?;
    }
    let shipped: u32 = lines.iter().map(|(_, quantity)| quantity).sum();
    let open: u32 = order.unshipped().iter().map(|(_, quantity)| quantity).sum();
    let clean = |text: &str| text.chars().filter(|c| !c.is_control()).take(80).collect::<String>();
    let shipment = Shipment { carrier: clean(carrier), tracking: clean(tracking), lines, delivered_at: None };
    plan.tell(|mood| {
        let (leave, tracking) = (mood.of("leave", "would leave"), &shipment.tracking);
        format!("{shipped} of {open} open pieces of order {} {leave} as {tracking}.", order.id)
    });
    let status = match order.status {
        // What goods were exchanged for follows an order that has arrived, and has arrived it stays.
        OrderStatus::Delivered => OrderStatus::Delivered,
        _ if shipped == open => OrderStatus::Shipped,
        _ => OrderStatus::PartlyShipped,
    };
    for change in [OrderChange::Shipped(shipment), OrderChange::StatusSet(status)] {
        plan.push(Change::Order { order: order.id.clone(), change });
    }
    capture(case, order, &mut plan);
    plan.push(noted(case, &order.id, Event::Shipped));
    Ok(plan)
}

/// An order that has arrived may have goods that are still to leave: those that others were exchanged for.
fn may_leave(order: &Order) -> bool {
    match order.status {
        OrderStatus::Paid | OrderStatus::PartlyShipped => true,
        OrderStatus::Delivered => !order.unshipped().is_empty(),
        _ => false,
    }
}

/// Numbers of lines with pieces; all that is open where nothing is named.
fn parcel(order: &Order, items: &[Pick]) -> Result<Vec<(u32, u32)>, Refusal> {
    let mut open: Vec<OrderLine> = order.lines.clone();
    for line in &mut open {
        line.quantity = order.to_leave(line);
    }
    let mut lines = Vec::new();
    if items.is_empty() {
        lines.extend(open.iter().filter(|line| line.quantity > 0).map(|line| (line.number, line.quantity)));
    }
    for item in items {
        lines.extend(pick(&mut open, &item.variant, item.quantity)?);
    }
    if lines.is_empty() { Err(Refusal::NothingToChange) } else { Ok(lines) }
}

fn pieces(order: &Order, lines: &[(u32, u32)]) -> BTreeMap<VariantId, u32> {
    let mut pieces = BTreeMap::new();
    for (number, quantity) in lines {
        if let Some(line) = order.line(*number) {
            *pieces.entry(line.item.variant.clone()).or_insert(0) += quantity;
        }
    }
    pieces
}

fn take(
    case: &Case<'_>,
    order: &Order,
    variant: &VariantId,
    quantity: u32,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let Some(level) = case.state.stock.get(variant) else { return Ok(()) };
    let holder = Holder::Order(order.id.clone());
    let left = level.free_for(std::slice::from_ref(&holder), case.now);
    if left < quantity {
        let item = order.lines.iter().find(|line| line.item.variant == *variant);
        let item = item.map_or_else(String::new, |line| line.item.name());
        return Err(Refusal::OutOfStock { item, left });
    }
    let change = StockChange::Taken(holder, quantity);
    plan.push(Change::Stock { variant: variant.clone(), change });
    Ok(())
}

/// Takes what was only set aside.
fn capture(case: &Case<'_>, order: &Order, plan: &mut Plan) {
    if case.policy.payment.capture != Capture::AtShipping {
        return;
    }
    for charge in order.movements.iter().filter(|charge| charge.status == MovementStatus::Authorised) {
        let change = OrderChange::MovementSet { key: charge.key.clone(), status: MovementStatus::Capturing };
        plan.push(Change::Order { order: order.id.clone(), change });
    }
}

fn one() -> u32 {
    1
}
