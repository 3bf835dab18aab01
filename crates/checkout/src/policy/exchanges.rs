//! `[exchanges]`: what may be exchanged for what. Windows and conditions are those of returns.

use serde::{Deserialize, Serialize};

use super::Settle;
use super::fault::Check;

/// What may be exchanged. Without the table nothing may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExchangePolicy {
    /// Whether exchanges are made at all. They are always for a variant of the same product.
    pub is_offered: bool,
    /// Whether an item may be exchanged for a new one of the very same variant.
    pub same_variant: bool,
    /// When a difference in price is charged or refunded.
    pub settle: Settle,
    /// Who pays for the label; left out: as for returns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_label_free: Option<bool>,
}

impl ExchangePolicy {
    pub(super) fn check(&self, check: &mut Check<'_>) {
        let is_fine = self.is_offered || !self.same_variant;
        check.require(
            is_fine,
            "exchanges.same_variant",
            "exchanges are not offered",
            "set is_offered = true",
        );
    }
}
