//! Charging an amount.

use commerce::Money;

use super::give_back::give_back_all;
use super::{Direction, Movement, MovementStatus, Tender, move_balance, movement_key};
use crate::order::{Order, OrderChange};
use crate::plan::{Case, Plan};
use crate::{Change, Method, MethodId, MethodKind, Owner, Refusal};

/// A charge that is to be made.
#[derive(Clone, Copy)]
pub(crate) struct Charge<'a> {
    pub(crate) order: &'a Order,
    pub(crate) amount_minor: i64,
    /// What tells it from other charges of the same request.
    pub(crate) name: &'a str,
    pub(crate) replaces: bool,
}

/// Charges an amount, and gives the label of the method, or of both where it is split. A gift card is charged at once and
/// must cover it.
pub(crate) fn charge(
    case: &Case<'_>,
    owner: &Owner,
    tender: &Tender,
    charge: Charge<'_>,
    plan: &mut Plan,
) -> Result<String, Refusal> {
    charge.order.not_replacing()?;
    let Tender::Split { part, amount, rest } = tender else {
        return charge_one(case, owner, tender, charge, plan);
    };
    let is_part =
        amount.currency == charge.order.currency && (1..charge.amount_minor).contains(&amount.amount_minor);
    // Two charges that replace others would replace each other.
    if !is_part || charge.replaces || part == rest {
        return Err(Refusal::SplitNotTaken);
    }
    let name = format!("{}-part", charge.name);
    let first = Charge { amount_minor: amount.amount_minor, name: &name, ..charge };
    let second = Charge { amount_minor: charge.amount_minor - amount.amount_minor, ..charge };
    let shown = (amount, Money::new(second.amount_minor, charge.order.currency));
    let first = charge_one(case, owner, part, first, plan)?;
    let second = charge_one(case, owner, rest, second, plan)?;
    Ok(format!("{first} ({}) and {second} ({})", shown.0, shown.1))
}

fn charge_one(
    case: &Case<'_>,
    owner: &Owner,
    tender: &Tender,
    charge: Charge<'_>,
    plan: &mut Plan,
) -> Result<String, Refusal> {
    let (id, method) = method(case, owner, Some(charge.order), tender)?;
    if !case.policy.payment.kinds.contains(&method.kind) {
        return Err(Refusal::KindNotTaken { method: method.label });
    }
    let mut status = MovementStatus::Authorising;
    if method.kind == MethodKind::GiftCard {
        covers(&method, charge.amount_minor, charge.order)?;
        move_balance(owner, &id, -charge.amount_minor, plan);
        status = MovementStatus::Captured;
    }
    let movement = Movement {
        key: movement_key(case, charge.name),
        method: id,
        kind: method.kind,
        label: method.label.clone(),
        direction: Direction::Charge,
        amount_minor: charge.amount_minor,
        status,
        of: None,
        replaces: charge.replaces,
    };
    plan.push(Change::Order { order: charge.order.id.clone(), change: OrderChange::Moved(movement.clone()) });
    if charge.replaces && movement.is_secured() {
        give_back_all(case, charge.order, Some(&movement.key), plan);
    }
    Ok(method.label)
}

/// Refuses where a gift card holds less than an amount.
pub(crate) fn covers(method: &Method, amount_minor: i64, order: &Order) -> Result<(), Refusal> {
    let balance = method.balance_minor.unwrap_or(0);
    if balance >= amount_minor {
        return Ok(());
    }
    Err(Refusal::GiftCardTooLow {
        method: method.label.clone(),
        balance: Money::new(balance, order.currency),
        needed: Money::new(amount_minor, order.currency),
    })
}

/// The method that a tender names: of the account, or one that the order was paid with.
pub(crate) fn method(
    case: &Case<'_>,
    owner: &Owner,
    order: Option<&Order>,
    tender: &Tender,
) -> Result<(MethodId, Method), Refusal> {
    match tender {
        Tender::Split { .. } => Err(Refusal::SplitNotTaken),
        Tender::Token { method, kind: MethodKind::GiftCard, .. } => {
            Err(Refusal::MethodNotFound { method: method.clone() })
        }
        Tender::Token { method, kind, label } => {
            let label = label.chars().filter(|c| !c.is_control()).take(60).collect();
            Ok((method.clone(), Method { kind: *kind, label, balance_minor: None }))
        }
        Tender::Saved(id) => {
            if let Some(method) = case.account(owner).and_then(|account| account.method(id).ok()) {
                return Ok((id.clone(), method.clone()));
            }
            let used = order
                .into_iter()
                .flat_map(|order| &order.movements)
                .find(|used| used.method == *id && used.kind != MethodKind::GiftCard);
            let used = used.ok_or_else(|| Refusal::MethodNotFound { method: id.clone() })?;
            Ok((id.clone(), Method { kind: used.kind, label: used.label.clone(), balance_minor: None }))
        }
    }
}
