//! `[identity]`: what people are known by.

use serde::{Deserialize, Serialize};

use super::Window;
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityPolicy {
    /// What points at an account in a conversation with the shop; empty: signing in only.
    #[serde(default)]
    pub shopper: Vec<Proving>,
    /// What a guest needs besides the number of an order; empty: guests see no orders of earlier visits.
    #[serde(default)]
    pub guest: Vec<Proving>,
    /// How often a guest may be wrong about orders before they are not heard for a while.
    #[serde(default = "max_guesses")]
    pub max_guesses: u32,
    /// How often all guests together may be wrong about one order before one detail is no longer enough: from then on a guest needs the
    /// e-mail address, the name and the postcode together. So nobody is locked out by others who guess, and they learn nothing.
    #[serde(default = "max_guesses_per_order")]
    pub max_guesses_per_order: u32,
    /// After this time a wrong try does not count any more.
    #[serde(default = "guesses_within")]
    pub guesses_within: Window,
}

impl Default for IdentityPolicy {
    fn default() -> Self {
        Self {
            shopper: Vec::new(),
            guest: Vec::new(),
            max_guesses: max_guesses(),
            max_guesses_per_order: max_guesses_per_order(),
            guesses_within: guesses_within(),
        }
    }
}

impl IdentityPolicy {
    pub(super) fn check(&self, check: &mut Check<'_>) {
        for (key, list) in [("identity.shopper", &self.shopper), ("identity.guest", &self.guest)] {
            let is_fine = list.iter().enumerate().all(|(place, one)| !list[..place].contains(one));
            check.require(is_fine, key, "the same word stands twice", "name each once");
        }
        let is_fine = self.max_guesses > 0;
        check.require(is_fine, "identity.max_guesses", "0 lets nobody be known", "allow one or more");
        let is_fine = self.max_guesses_per_order > 0;
        let key = "identity.max_guesses_per_order";
        check.require(is_fine, key, "0 lets nobody be known", "allow one or more");
    }
}

fn max_guesses() -> u32 {
    5
}

fn max_guesses_per_order() -> u32 {
    10
}

fn guesses_within() -> Window {
    Window::parse("1 hour").expect("a stretch of time")
}
