//! Ways to pay in words.

use checkout::order::Tender;
use checkout::tool::ToolName;
use checkout::{MethodId, MethodKind, OrderStatus};
use serde_json::json;
use store::StoreError;

use super::{Guide, Step};
use crate::Counter;
use crate::remembered::Remembered;
use crate::scene::Surroundings;

/// What kinds of ways to pay are called; the first is what a shopper is shown.
const KINDS: [(MethodKind, &[&str]); 4] = [
    (MethodKind::Card, &["card", "credit", "debit", "visa", "mastercard", "amex"]),
    (MethodKind::Wallet, &["wallet", "paypal"]),
    (MethodKind::Bank, &["bank transfer", "bank", "transfer"]),
    (MethodKind::Invoice, &["invoice"]),
];
/// Tokens that a provider's form gives begin so.
const TOKEN: &str = "tok_";

/// The question, with what the shop takes.
pub(super) fn question(counter: &Counter) -> String {
    let taken = KINDS.iter().filter(|(kind, _)| counter.policy.payment.kinds.contains(kind));
    let names: Vec<&str> = taken.map(|(_, names)| names[0]).collect();
    format!("How would you like to pay: {}?", names.join(" or "))
}

impl Guide {
    /// Pays the cart, or an order whose payment did not work.
    pub(super) async fn pay(
        &self,
        around: &Surroundings,
        text: &str,
        remembered: &Remembered,
    ) -> Result<Option<Step>, StoreError> {
        let Some(pay_with) = read(&self.counter, text) else { return Ok(None) };
        let has_goods = around.cart.as_ref().is_some_and(|(cart, _)| !cart.lines.is_empty());
        let unpaid = around.orders.iter().find(|order| {
            order.status == OrderStatus::Placed && remembered.order.as_ref() == Some(&order.id)
        });
        let call = match unpaid {
            Some(order) => (ToolName::RetryPayment, json!({ "order": order.id, "pay_with": pay_with })),
            None if has_goods => {
                (ToolName::PlaceOrder, json!({ "cart": around.cart_id, "pay_with": pay_with }))
            }
            None => return Ok(None),
        };
        self.call(&around.party, call, remembered).await.map(Some)
    }
}

/// What somebody pays with. The token of a form stands in the message; without one, the shop's provider gets the name of the
/// kind, which the test provider takes.
fn read(counter: &Counter, text: &str) -> Option<Tender> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    let taken = KINDS.iter().filter(|(kind, _)| counter.policy.payment.kinds.contains(kind));
    let named = |names: &[&str]| names.iter().any(|name| words.contains(name));
    let token = words.iter().find(|word| word.starts_with(TOKEN));
    let known = taken.clone().find(|(_, names)| named(names));
    let (kind, names) = known.or_else(|| token.and(taken.clone().next()))?;
    let token = token.map_or_else(|| format!("{TOKEN}{}", names[0].replace(' ', "_")), ToString::to_string);
    Some(Tender::Token { method: MethodId::parse(&token)?, kind: *kind, label: names[0].to_owned() })
}
