//! The settings change.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::{SharedSettings, State};

/// New settings, such as another set of tools. What is under way keeps the rules it began with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Configured {
    /// What the session runs under from here on.
    #[serde(default = "SharedSettings::apart", skip_serializing_if = "SharedSettings::is_apart")]
    pub settings: SharedSettings,
}

impl Incoming for Configured {
    fn is_news(&self, state: &State) -> bool {
        self.settings != state.settings
    }

    fn apply(&self, state: &mut State) {
        state.settings = self.settings.clone();
    }
}
