//! `[mandates]`: how far a standing order may go.

use serde::{Deserialize, Serialize};

use super::fault::Check;
use super::{Price, Window};

/// Standing orders. Without the table none is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MandatePolicy {
    /// Whether standing orders are taken.
    pub is_offered: bool,
    /// Whether a signed-in shopper's yes to the summary takes the place of a signature.
    pub by_yes: bool,
    /// The most that one may spend, delivery and taxes included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_total: Option<Price>,
    /// The most pieces that one may buy.
    pub max_quantity: u32,
    /// The longest time that one may wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_validity: Option<Window>,
}

impl MandatePolicy {
    pub(super) fn check(&self, check: &mut Check<'_>) {
        if !self.is_offered {
            return;
        }
        let caps = [("max_total", self.max_total.is_some()), ("max_validity", self.max_validity.is_some())];
        for (name, has) in caps {
            check.require(has, &format!("mandates.{name}"), "a standing order needs a cap", "add the key");
        }
        check.require(
            self.max_quantity > 0,
            "mandates.max_quantity",
            "nothing could be bought",
            "use 1 or more",
        );
        self.max_total.iter().for_each(|price| check.price(price, "mandates.max_total"));
    }
}
