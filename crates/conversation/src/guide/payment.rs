//! Ways to pay in words.

use action::WAYS_TO_PAY;
use checkout::order::Tender;
use checkout::tool::ToolName;
use checkout::{MethodId, MethodKind, OrderStatus};
use serde_json::json;
use store::StoreError;

use super::{Guide, Step, buy, naming};
use crate::Counter;
use crate::remembered::{Asking, Remembered};
use crate::scene::Surroundings;

/// The most words of what is meant as a way to pay.
const MAX_WORDS: usize = 5;
/// Tokens that a provider's form gives begin so.
const TOKEN: &str = "tok_";

/// The ways that a provider takes money by; a gift card is the shop's own, and named by its account.
fn ways() -> impl Iterator<Item = &'static (MethodKind, &'static [&'static str])> {
    WAYS_TO_PAY.iter().filter(|(kind, _)| *kind != MethodKind::GiftCard)
}

/// The question, with what the shop takes.
pub(super) fn question(counter: &Counter) -> String {
    let taken = ways().filter(|(kind, _)| counter.policy.payment.kinds.contains(kind));
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
        let Some(pay_with) = read(&self.counter, text) else {
            let again = || buy::ask(question(&self.counter), Some(Asking::Payment), remembered);
            return Ok(is_meant(text).then(again));
        };
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

/// Whether somebody tried to name a way to pay.
fn is_meant(text: &str) -> bool {
    let Some(named) = naming::names(text) else { return false };
    let known = |word: &String| ways().any(|(_, names)| naming::words(&names.join(" ")).contains(word));
    named.len() <= MAX_WORDS && named.iter().any(known)
}

/// What somebody pays with. The token of a form stands in the message; without one, the shop's provider gets the name of the
/// kind, which the test provider takes.
fn read(counter: &Counter, text: &str) -> Option<Tender> {
    let (tokens, named): (Vec<String>, Vec<String>) =
        naming::names(text)?.into_iter().partition(|word| word.starts_with(TOKEN));
    let mut taken = ways().filter(|(kind, _)| counter.policy.payment.kinds.contains(kind));
    let token = tokens.first();
    let (kind, names) = match named.is_empty() && token.is_some() {
        true => taken.next()?,
        false => taken.find(|(_, names)| naming::are_of(&named, &naming::words(&names.join(" "))))?,
    };
    let token = token.cloned().unwrap_or_else(|| format!("{TOKEN}{}", names[0].replace(' ', "_")));
    Some(Tender::Token { method: MethodId::parse(&token)?, kind: *kind, label: names[0].to_owned() })
}
