//! Price rules laid over the lines of a cart, one after the other.

use jiff::Timestamp;

use super::Cart;
use super::quote::AppliedRule;
use crate::exact::shares;
use crate::price_rule::{Basket, DeliveryTerms, FreeShipping, Part};
use crate::state::Redeemer;
use crate::{Item, Policy, PriceRule, State};

/// What rules have done to a cart.
pub(super) struct Discounts {
    /// For each line, what each rule took off.
    pub(super) lines: Vec<Vec<(String, i64)>>,
    /// Rules that worked.
    pub(super) applied: Vec<AppliedRule>,
    /// What they say of the delivery.
    pub(super) delivery: DeliveryTerms,
}

/// Lays every rule over the lines that holds for the basket.
pub(super) fn discounts(
    state: &State,
    policy: &Policy,
    cart: &Cart,
    basket: &Basket<'_>,
    gross: &[i64],
    now: Timestamp,
) -> Discounts {
    let count = basket.lines.len();
    let mut done =
        Discounts { lines: vec![Vec::new(); count], applied: Vec::new(), delivery: DeliveryTerms::default() };
    let mut left = gross.to_vec();
    let mut rules: Vec<&PriceRule> = policy.price_rules.iter().collect();
    rules.sort_by_key(|rule| rule.priority);
    for rule in rules {
        if is_due(state, cart, rule, now)
            && rule.when.holds(basket)
            && done.lay(rule, &basket.lines, &mut left)
            && rule.is_exclusive
        {
            break;
        }
    }
    done
}

/// Whether a rule has no uses left for whoever a cart is for.
pub(crate) fn is_used_up(state: &State, rule: &PriceRule, cart: &Cart) -> bool {
    let mail = cart.contact.as_ref().and_then(Redeemer::mail);
    let has_used = |most: u32| {
        let mut redeemers = Redeemer::of(&cart.owner, mail.as_ref());
        redeemers.any(|redeemer| state.rule_uses.by(&rule.id, &redeemer) >= most)
    };
    rule.max_uses.is_some_and(|most| state.rule_uses.total(&rule.id) >= most)
        || rule.max_uses_per_shopper.is_some_and(has_used)
}

fn is_due(state: &State, cart: &Cart, rule: &PriceRule, now: Timestamp) -> bool {
    let has_code = rule.coupon.is_none() || cart.coupons.iter().any(|code| rule.takes_coupon(code));
    rule.holds_at(now) && has_code && !is_used_up(state, rule, cart)
}

impl Discounts {
    /// Lays one rule over the lines that it works on, and says whether it did anything.
    fn lay(&mut self, rule: &PriceRule, lines: &[(&Item, u32)], left: &mut [i64]) -> bool {
        let fits: Vec<usize> =
            (0..lines.len()).filter(|place| rule.goods.includes(lines[*place].0)).collect();
        if fits.is_empty() {
            return false;
        }
        let part = |place: &usize| Part { quantity: lines[*place].1, left_minor: left[*place] };
        let parts: Vec<Part> = fits.iter().map(part).collect();
        let amounts = match (rule.deduct.amounts(&parts), rule.is_shared) {
            (own, false) => own,
            (own, true) => {
                let weights: Vec<i64> = parts.iter().map(|part| part.left_minor).collect();
                shares(own.iter().sum(), &weights)
            }
        };
        let mut total_minor = 0;
        for (place, amount) in fits.iter().zip(amounts).filter(|(_, amount)| *amount > 0) {
            left[*place] -= amount;
            total_minor += amount;
            self.lines[*place].push((rule.id.clone(), amount));
        }
        match rule.free_shipping {
            FreeShipping::No => {}
            FreeShipping::Cart => self.delivery.is_free = true,
            FreeShipping::Goods => {
                self.delivery.free_lines.extend(fits.iter().map(|place| *place as u32 + 1));
            }
        }
        self.delivery.off.extend(rule.delivery.iter().map(|discount| (rule.id.clone(), discount.clone())));
        let worked = total_minor > 0 || rule.free_shipping != FreeShipping::No || rule.delivery.is_some();
        if worked {
            let (id, title) = (rule.id.clone(), rule.title.clone());
            self.applied.push(AppliedRule { id, title, discount_minor: total_minor });
        }
        worked
    }
}
