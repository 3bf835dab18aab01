//! Giving an amount back: what is only set aside is taken for less, what was taken is refunded.

use commerce::Money;

use super::{Direction, Movement, MovementStatus, move_balance, movement_key};
use crate::order::{Order, OrderChange};
use crate::plan::{Case, Plan};
use crate::{Change, Key, MethodId, MethodKind, Refusal};

/// Pays a charge back, or so much of it as has not gone back yet and `most_minor` allows; says how much.
pub(crate) fn pay_back(
    case: &Case<'_>,
    order: &Order,
    charge: &Movement,
    most_minor: i64,
    plan: &mut Plan,
) -> i64 {
    let amount_minor = most_minor.min(order.refundable_minor(charge));
    if amount_minor <= 0 {
        return 0;
    }
    let to = (charge.method.clone(), charge.kind, charge.label.clone());
    refund(case, order, to, amount_minor, Some(&charge.key), plan);
    amount_minor
}

/// Lets every charge go back but one: void what is set aside, refund what is taken, together no more than came in. What
/// is still under way goes back when its answer comes.
pub(crate) fn give_back_all(case: &Case<'_>, order: &Order, but: Option<&Key>, plan: &mut Plan) {
    let is_kept = |charge: &&Movement| Some(&charge.key) != but && charge.direction == Direction::Charge;
    let mut left = order.captured_minor() - order.refunded_minor();
    for charge in order.movements.iter().filter(is_kept) {
        match charge.status {
            MovementStatus::Authorised => {
                let change =
                    OrderChange::MovementSet { key: charge.key.clone(), status: MovementStatus::Voiding };
                plan.push(Change::Order { order: order.id.clone(), change });
            }
            MovementStatus::Captured => left -= pay_back(case, order, charge, left, plan),
            _ => {}
        }
    }
}

/// Gives an amount back, with words for it: what is only set aside is taken for less, and what was taken goes to a method.
pub(crate) fn give_back(
    case: &Case<'_>,
    order: &Order,
    to: (MethodId, MethodKind, String),
    amount_minor: i64,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let (time, label) = (case.policy.payment.refund_time(to.1), to.2.clone());
    let lowered = refund_to(case, order, to, amount_minor, plan)?;
    for (label, minor) in &lowered {
        let less = order.money(*minor);
        plan.tell(|mood| format!("{label} {} charged {less} less.", mood.of("is", "would be")));
    }
    let back_minor = amount_minor - lowered.iter().map(|(_, minor)| minor).sum::<i64>();
    if back_minor > 0 {
        let back = order.money(back_minor);
        plan.tell(|mood| format!("{back} {} back to {label} {time}.", mood.of("goes", "would go")));
    }
    Ok(())
}

/// Refunds an amount to a method, as far as more was taken than went back. Money that is only set aside is never taken just
/// to go back: less of it is taken later. Gives the labels and amounts of what is taken for less.
pub(crate) fn refund_to(
    case: &Case<'_>,
    order: &Order,
    to: (MethodId, MethodKind, String),
    amount_minor: i64,
    plan: &mut Plan,
) -> Result<Vec<(String, i64)>, Refusal> {
    order.not_replacing()?;
    let taken_minor = order.captured_minor() - order.refunded_minor();
    let is_own = |charge: &&Movement| charge.method == to.0;
    let is_other = |charge: &&Movement| charge.method != to.0;
    let (mut left, mut room, mut lowered) = (amount_minor, taken_minor, Vec::new());
    lower(order, is_own, &mut left, &mut lowered, plan);
    let before_own = left;
    for charge in order.charges(MovementStatus::Captured).filter(is_own) {
        let part = left.min(room).min(order.refundable_minor(charge));
        if part > 0 {
            refund(case, order, to.clone(), part, Some(&charge.key), plan);
            left -= part;
            room -= part;
        }
    }
    // A provider pays back no more than it took; what is left goes to what else the order was paid with.
    let was_charged = left < before_own;
    lower(order, is_other, &mut left, &mut lowered, plan);
    if was_charged && to.1 != MethodKind::GiftCard {
        for charge in order.charges(MovementStatus::Captured).filter(is_other) {
            let part = pay_back(case, order, charge, left.min(room), plan);
            left -= part;
            room -= part;
        }
    }
    if left > room && amount_minor <= order.secured_minor() {
        return Err(Refusal::PaymentUnderWay { order: order.id.clone() });
    }
    if left > room {
        let paid = taken_minor + order.sum(|charge| charge.status == MovementStatus::Authorised);
        return Err(Refusal::RefundExceedsPaid {
            asked: Money::new(amount_minor, order.currency),
            paid: Money::new(paid, order.currency),
        });
    }
    if left > 0 {
        refund(case, order, to, left, None, plan);
    }
    Ok(lowered)
}

/// Takes less of what is set aside, up to an amount; a charge of which nothing is left is let go.
fn lower(
    order: &Order,
    which: impl Fn(&&Movement) -> bool,
    left: &mut i64,
    lowered: &mut Vec<(String, i64)>,
    plan: &mut Plan,
) {
    for charge in order.charges(MovementStatus::Authorised).filter(which) {
        let by_minor = charge.amount_minor.min(*left);
        if by_minor == 0 {
            continue;
        }
        let key = charge.key.clone();
        let change = match by_minor == charge.amount_minor {
            true => OrderChange::MovementSet { key, status: MovementStatus::Voiding },
            false => OrderChange::ChargeLowered { key, by_minor },
        };
        plan.push(Change::Order { order: order.id.clone(), change });
        *left -= by_minor;
        lowered.push((charge.label.clone(), by_minor));
    }
}

fn refund(
    case: &Case<'_>,
    order: &Order,
    (method, kind, label): (MethodId, MethodKind, String),
    amount_minor: i64,
    of: Option<&Key>,
    plan: &mut Plan,
) {
    let mut status = MovementStatus::Refunding;
    if kind == MethodKind::GiftCard {
        move_balance(&order.owner, &method, amount_minor, plan);
        status = MovementStatus::Refunded;
    }
    let name = format!("refund-{}", plan.changes.len());
    let movement = Movement {
        key: movement_key(case, &name),
        method,
        kind,
        label,
        direction: Direction::Refund,
        amount_minor,
        status,
        of: of.cloned(),
        replaces: false,
    };
    plan.push(Change::Order { order: order.id.clone(), change: OrderChange::Moved(movement) });
}
