//! Sending an order elsewhere. Where taxes or delivery are others there, the shop's policy says whether the difference is
//! settled or the change refused.

use super::{Event, Order, OrderChange, OrderLine, OrderStatus, allowed, noted, settle};
use crate::cart::{OrderTaxes, combined_rate, delivery_minor, order_taxes};
use crate::exact::shown;
use crate::plan::{Case, Plan};
use crate::{Address, Change, Refusal};

pub(super) fn plan(case: &Case<'_>, order: &Order, address: &Address) -> Result<Plan, Refusal> {
    let policy = &case.policy.orders.change_address;
    allowed(case, order, (Event::AddressChanged, policy))?;
    case.policy.checked(address)?;
    let mut plan = Plan::default();
    if order.address == *address {
        // Asking for what is so already is granted, and does not count as a change.
        plan.say(format!("Order {} goes to {} already.", order.id, address.one_line()));
        return Ok(plan);
    }
    plan.tell(|mood| {
        format!("Order {} {} to {}.", order.id, mood.of("goes", "would go"), address.one_line())
    });
    let tax = |at: &Address| -> Vec<_> {
        order.lines.iter().map(|line| combined_rate(&case.policy.tax, Some(at), &line.item)).collect()
    };
    let delivery = |at: &Address| delivery_minor(case.policy, order, at).ok();
    let is_other = order.address.country != address.country
        || tax(&order.address) != tax(address)
        || delivery(&order.address) != delivery(address);
    if is_other {
        if !policy.reprices || order.status != OrderStatus::Paid {
            return Err(Refusal::AddressChangesPrice);
        }
        reprice(case, order, address, &mut plan)?;
    }
    plan.push(Change::Order { order: order.id.clone(), change: OrderChange::AddressSet(address.clone()) });
    plan.push(noted(case, &order.id, Event::AddressChanged));
    Ok(plan)
}

/// Prices the delivery and the taxes for another place; what the goods cost stays.
fn reprice(case: &Case<'_>, order: &Order, address: &Address, plan: &mut Plan) -> Result<(), Refusal> {
    let delivery_net = delivery_minor(case.policy, order, address)?;
    let taxes = order_taxes(&case.policy.tax, address, &order.lines, delivery_net);
    let lines: Vec<OrderLine> = repriced_lines(case, order, address, &taxes);
    let on_top = |tax| if case.policy.tax.prices_include_tax { 0 } else { tax };
    let shipping_minor = delivery_net + on_top(taxes.delivery);
    let total: i64 = lines.iter().map(|line| line.paid_minor).sum();
    let was: i64 = order.lines.iter().map(|line| line.paid_minor).sum();
    let difference_minor = total - was + shipping_minor - order.shipping_minor;
    tell(order, &lines, shipping_minor, plan);
    let numbers = order.lines.iter().map(|line| line.number).collect();
    for change in
        [OrderChange::LinesReplaced { numbers, by: lines }, OrderChange::ShippingRepriced { shipping_minor }]
    {
        plan.push(Change::Order { order: order.id.clone(), change });
    }
    let method =
        order.original_method().cloned().ok_or_else(|| Refusal::NotPaid { order: order.id.clone() })?;
    settle(case, order, difference_minor, &method, plan)
}

fn repriced_lines(case: &Case<'_>, order: &Order, address: &Address, taxes: &OrderTaxes) -> Vec<OrderLine> {
    let line = |(line, tax): (&OrderLine, &i64)| OrderLine {
        tax_minor: *tax,
        tax_rate: combined_rate(&case.policy.tax, Some(address), &line.item),
        paid_minor: line.net_minor() + if case.policy.tax.prices_include_tax { 0 } else { *tax },
        ..line.clone()
    };
    order.lines.iter().zip(&taxes.lines).map(line).collect()
}

fn tell(order: &Order, lines: &[OrderLine], shipping_minor: i64, plan: &mut Plan) {
    let money = |minor| shown(minor, order.currency);
    let tax = |lines: &[OrderLine]| lines.iter().map(|line| line.tax_minor).sum::<i64>();
    let rows = [
        ("Taxes on the goods", tax(&order.lines), tax(lines)),
        ("Delivery", order.shipping_minor, shipping_minor),
    ];
    for (name, was, now) in rows.into_iter().filter(|(_, was, now)| was != now) {
        plan.say(format!("{name}: {} in place of {}.", money(now), money(was)));
    }
}
