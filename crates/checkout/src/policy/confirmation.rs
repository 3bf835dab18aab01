//! `[confirmation]`: what needs an explicit yes.

use serde::{Deserialize, Serialize};

use super::fault::Check;
use crate::tool;

/// What cannot be taken back always needs a yes to a summary; a shop may ask for more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationPolicy {
    /// Tools that need a yes as well, by name.
    #[serde(default)]
    pub also: Vec<String>,
}

impl ConfirmationPolicy {
    pub(super) fn check(&self, check: &mut Check<'_>) {
        for name in &self.also {
            let is_fine = tool::NAMES.contains(&name.as_str());
            check.require(
                is_fine,
                "confirmation.also",
                format!("there is no tool \"{name}\""),
                "use a tool's name",
            );
        }
    }
}
