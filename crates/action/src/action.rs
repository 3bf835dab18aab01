//! The actions that shoppers can ask for: a closed list, with what they refer to still in words.

use serde::{Deserialize, Serialize};

/// Something that is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// More of something into the cart.
    Add(Reference),
    /// Something out of the cart.
    Remove(Reference),
    /// So many of something in the cart.
    SetQuantity(Reference),
    /// A discount code.
    AddCoupon {
        /// As it was written.
        code: String,
    },
    /// What is in the cart.
    ShowCart,
    /// On to paying.
    Checkout,
    /// The shopper's orders.
    ListOrders,
    /// How far an order is.
    ShowOrder(OrderReference),
    /// Calls an order off.
    Cancel(OrderReference),
    /// Sends something back for its money.
    Return {
        /// What.
        what: Reference,
        /// Why, in the shopper's words.
        reason: Option<String>,
    },
    /// Sends something back for another variant of it.
    Exchange {
        /// What.
        what: Reference,
        /// The options that are wanted, in the shopper's words.
        wanted: Vec<String>,
        /// Why, in the shopper's words.
        reason: Option<String>,
    },
    /// Tells when something costs so much or less.
    SetAlert {
        /// What.
        what: Reference,
        /// How much.
        at: Amount,
    },
}

impl Action {
    /// The same action for a variant with these options beside those that it names, or instead of them; `None` where options
    /// say nothing.
    pub fn with_options(&self, options: &[String], is_instead: bool) -> Option<Self> {
        let mut action = self.clone();
        let known = match &mut action {
            Self::Add(what)
            | Self::Remove(what)
            | Self::SetQuantity(what)
            | Self::Return { what, .. }
            | Self::SetAlert { what, .. } => &mut what.options,
            Self::Exchange { wanted, .. } => wanted,
            _ => return None,
        };
        if is_instead {
            known.clear();
        }
        known.extend(options.iter().cloned());
        Some(action)
    }
}

/// Something that somebody talks about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Which one.
    pub which: Which,
    /// Options that it is to have: `medium`, `blue`.
    #[serde(default)]
    pub options: Vec<String>,
    /// How many, where it was said.
    #[serde(default)]
    pub quantity: Option<i32>,
}

/// Which thing is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// What was last talked about: `it`, `that one`.
    It,
    /// The how many-th of those that were shown, counted from 1, among those of the name where one was said.
    Place(u32, Option<String>),
    /// The last of those that were shown.
    Last(Option<String>),
    /// What is called so.
    Named(String),
}

/// Which order is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderReference {
    /// The one that was talked about, else the newest.
    Mine,
    /// The one of this number.
    Number(String),
}

/// An amount of money as it was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// The digits.
    pub number: String,
    /// The code of its currency, where one was said.
    pub currency: Option<String>,
}
