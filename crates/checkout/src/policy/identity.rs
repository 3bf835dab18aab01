//! `[identity]`: what people are known by.

use serde::{Deserialize, Serialize};

use super::fault::Check;

/// What somebody must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proving {
    /// The e-mail address.
    Email,
    /// The full name and the postcode.
    NameAndPostcode,
}

/// What is asked of people who are not signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityPolicy {
    /// What points at an account in a conversation with the shop; empty: signing in only.
    #[serde(default)]
    pub shopper: Vec<Proving>,
    /// What a guest needs besides the number of an order; empty: guests see no orders of earlier visits.
    #[serde(default)]
    pub guest: Vec<Proving>,
}

impl IdentityPolicy {
    pub(super) fn check(&self, check: &mut Check<'_>) {
        for (key, list) in [("identity.shopper", &self.shopper), ("identity.guest", &self.guest)] {
            let is_fine = list.iter().enumerate().all(|(place, one)| !list[..place].contains(one));
            check.require(is_fine, key, "the same word stands twice", "name each once");
        }
    }
}
