//! The settings change.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::{Settings, State};

/// New settings, such as another set of tools. What is under way keeps the rules it began with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Configured {
    /// What the session runs under from here on.
    #[serde(with = "crate::settings::shared")]
    pub settings: Arc<Settings>,
}

impl Incoming for Configured {
    fn is_news(&self, state: &State) -> bool {
        self.settings != state.settings
    }

    fn apply(&self, state: &mut State) {
        state.settings = Arc::clone(&self.settings);
    }
}
