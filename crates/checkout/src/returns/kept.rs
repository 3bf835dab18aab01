//! Sums that are kept of a refund: a label, cleaning, the freight that collects the goods.

use serde::{Deserialize, Serialize};

use super::{ItemCondition, ReturnItem};
use crate::order::Order;
use crate::plan::{Case, Mood};
use crate::policy::{KeptPer, KeptSum};

/// A sum that is kept, as it was agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What for, as a shopper reads it.
    pub what: String,
    /// How much, above zero.
    pub amount_minor: i64,
    /// Whether it pays the way back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pays_return: bool,
}

/// What is kept of a refund of so much for these items, in the order of the policy: never more than the refund.
pub(super) fn sums(case: &Case<'_>, order: &Order, items: &[ReturnItem], refund_minor: i64) -> Vec<Kept> {
    let mut left = refund_minor.max(0);
    let mut kept = Vec::new();
    for sum in &case.policy.returns.kept {
        let amount_minor = due(order, items, sum).min(left);
        if amount_minor > 0 {
            left -= amount_minor;
            kept.push(Kept { what: sum.what.clone(), amount_minor, pays_return: sum.pays_return });
        }
    }
    kept
}

/// What one sum comes to for these items.
fn due(order: &Order, items: &[ReturnItem], sum: &KeptSum) -> i64 {
    let is_meant = |item: &&ReturnItem| {
        let is_in = |condition| sum.conditions.is_empty() || sum.conditions.contains(&condition);
        match item.condition {
            Some(ItemCondition::Defective) => false,
            Some(condition) => is_in(condition),
            None => sum.conditions.is_empty(),
        }
    };
    let of_goods =
        |item: &&ReturnItem| order.line(item.number).is_some_and(|line| sum.goods.includes(&line.item));
    let pieces: u32 = items.iter().filter(is_meant).filter(of_goods).map(|item| item.quantity).sum();
    let times = match sum.per {
        KeptPer::Return => i64::from(pieces > 0),
        KeptPer::Piece => i64::from(pieces),
    };
    sum.amount.minor().saturating_mul(times)
}

impl Kept {
    /// The sentence that tells it.
    pub(super) fn told(&self, order: &Order, mood: Mood) -> String {
        let amount = order.money(self.amount_minor);
        format!("{amount} {} kept for {}.", mood.of("is", "would be"), self.what)
    }
}
