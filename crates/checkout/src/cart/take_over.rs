//! Somebody signs in: what they had put into a cart before is in their account's cart afterwards.

use super::{Cart, CartChange, CartCommand, changed, limits, line, open_cart};
use crate::plan::{Case, Plan};
use crate::{CartId, Change, Holder, Refusal, stock};

/// Moves what the shop still sells and the limits allow; what cannot be had so often is said.
pub(super) fn plan(
    case: &Case<'_>,
    (id, cart): (&CartId, &Cart),
    from: &CartId,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    if !case.actor.is_shop() {
        return Err(Refusal::StaffOnly);
    }
    let old = open_cart(case, from)?;
    stock::release_all(case.state, plan, &Holder::Cart(from.clone()));
    let mut merged = cart.clone();
    for piece in &old.lines {
        let name = case.item(&piece.variant).map_or_else(|_| "An item".to_owned(), crate::Item::name);
        let has = merged.line(&piece.variant).map_or(0, |line| line.quantity);
        match line(case, id, &merged, &piece.variant, has.saturating_add(piece.quantity), None) {
            Ok(line) => {
                let change = CartChange::LineSet(line);
                merged.apply(&change);
                plan.push(Change::Cart { cart: id.clone(), change });
                plan.tell(|mood| {
                    format!("{} × {name} {} in your cart now.", piece.quantity, mood.of("is", "would be"))
                });
            }
            Err(refusal) => plan.say(format!("{name} did not come along: {refusal}")),
        }
        let change = CartChange::LineRemoved(piece.variant.clone());
        plan.push(Change::Cart { cart: from.clone(), change });
    }
    for code in &old.coupons {
        let command = CartCommand::AddCoupon { code: code.clone() };
        if limits::coupon(case, &merged, code).is_ok()
            && let Ok(change) = changed(case, id, &merged, &command)
        {
            merged.apply(&change);
            plan.push(Change::Cart { cart: id.clone(), change });
        }
        plan.push(Change::Cart { cart: from.clone(), change: CartChange::CouponDropped(code.clone()) });
    }
    Ok(())
}
