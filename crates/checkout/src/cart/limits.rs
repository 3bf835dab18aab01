//! How much a cart takes, and which codes.

use super::{Cart, CartChange};
use crate::plan::Case;
use crate::{Item, Policy, Refusal, State};
use commerce::VariantId;

/// Refuses more pieces of an item than the policy allows, counting what else is in the cart.
pub(super) fn quantity(
    policy: &Policy,
    state: &State,
    cart: &Cart,
    item: &Item,
    wanted: u32,
    instead_of: Option<&VariantId>,
) -> Result<(), Refusal> {
    let limits = &policy.cart;
    let is_new = cart.line(&item.variant).is_none() && instead_of.is_none();
    if is_new && cart.lines.len() >= limits.max_lines as usize {
        return Err(Refusal::CartFull { most: limits.max_lines });
    }
    if wanted > limits.max_quantity {
        return Err(Refusal::QuantityLimit { item: item.name(), most: limits.max_quantity });
    }
    for limit in limits.limits.iter().filter(|limit| limit.goods.includes(item)) {
        let others = cart.lines.iter().filter(|line| {
            line.variant != item.variant
                && Some(&line.variant) != instead_of
                && state.items.get(&line.variant).is_some_and(|other| limit.goods.includes(other))
        });
        let others: u32 = others.map(|line| line.quantity).sum();
        if others.saturating_add(wanted) > limit.max_quantity {
            return Err(Refusal::QuantityLimit { item: item.name(), most: limit.max_quantity });
        }
    }
    Ok(())
}

/// A code goes into the cart if a rule takes it now; whether the rule works depends on the cart at each moment.
pub(super) fn coupon(case: &Case<'_>, cart: &Cart, code: &str) -> Result<CartChange, Refusal> {
    let code = code.trim();
    let known = case.policy.price_rules.iter().find(|rule| rule.takes_coupon(code));
    let rule = known.filter(|rule| rule.is_active);
    let rule =
        rule.ok_or_else(|| Refusal::CouponUnknown { code_entered: code.chars().take(40).collect() })?;
    if !rule.holds_at(case.now) {
        return Err(Refusal::CouponNotNow { code_entered: code.to_owned() });
    }
    if cart.coupons.iter().any(|known| known.eq_ignore_ascii_case(code)) {
        return Err(Refusal::NothingToChange);
    }
    if cart.coupons.len() >= case.policy.cart.max_coupons as usize {
        return Err(Refusal::TooManyCoupons { most: case.policy.cart.max_coupons });
    }
    if super::discount::is_used_up(case.state, rule, cart) {
        return Err(Refusal::CouponUsed { code_entered: code.to_owned() });
    }
    Ok(CartChange::CouponAdded(code.to_owned()))
}
