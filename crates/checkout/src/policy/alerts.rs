//! `[alerts]`: how many prices somebody may watch.

use serde::{Deserialize, Serialize};

/// Price alerts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AlertPolicy {
    /// Alerts of one shopper at a time; 0 offers none.
    pub max_per_shopper: u32,
}

impl Default for AlertPolicy {
    fn default() -> Self {
        Self { max_per_shopper: 50 }
    }
}
