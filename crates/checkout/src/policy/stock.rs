//! `[stock]`: how long goods are held.

use serde::{Deserialize, Serialize};

use super::Window;

/// Holding goods for somebody who is about to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StockPolicy {
    /// From the beginning of the checkout, and again while a payment is under way.
    pub reserve_for: Window,
}

impl Default for StockPolicy {
    fn default() -> Self {
        Self { reserve_for: Window::parse("15 minutes").expect("a valid window") }
    }
}
